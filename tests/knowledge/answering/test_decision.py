"""Which evidence is best, and how probable it is that it answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.decision import DecisionWeights, decision_weights
from knowledge.answering.evidence import Evidence
from knowledge.answering.signals import SIGNALS
from tests.knowledge.answering.evidence_made import evidence, query
from tests.knowledge.small_corpus import chunks_of, corpus_of

CORPUS = corpus_of(*chunks_of("Một câu."))
QUERY = query("Bãi xe mở cửa lúc mấy giờ?")
MADE = DecisionWeights({"logit": 1.0, "coverage": 2.0}, {"logit": 1.0, "ahead": 0.1}, -1, 0.5, 0.4)
SHIPPED = {reader: decision_weights(reader=reader) for reader in (True, False)}
LOGITS = st.floats(-700, 1e6)


def decided(*given: Evidence, weights: DecisionWeights = MADE) -> tuple[list[Evidence], float]:
    decision = weights.decide(QUERY, given, CORPUS)
    return list(decision.evidence), decision.probability


def test_evidence_is_ordered_by_its_score() -> None:
    low, high, middle = (evidence(logit=logit) for logit in (-1, 3, 1))
    covered = evidence(logit=0, coverage=0.75)
    found, _ = decided(low, high, middle, covered)
    assert [e.score for e in found] == [3, 1.5, 1, -1]
    assert [e.reading for e in found] == [e.reading for e in (high, covered, middle, low)]


def test_without_evidence_nothing_answers() -> None:
    assert decided() == ([], 0.0)


@given(st.lists(LOGITS, min_size=1, max_size=5))
def test_a_probability_comes_of_any_logits(logits: list[float]) -> None:
    for weights in (MADE, *SHIPPED.values()):
        found, probability = decided(*(evidence(logit=x) for x in logits), weights=weights)
        assert 0 <= probability <= 1
        assert len(found) == len(logits)


@given(st.floats(-20, 20), st.floats(0.01, 20), st.floats(-20, 20))
def test_a_higher_logit_is_never_less_probable(logit: float, more: float, other: float) -> None:
    for weights in (MADE, SHIPPED[True]):
        (_, lower), (_, higher) = (
            decided(evidence(logit=x), evidence(logit=min(other, logit)), weights=weights)
            for x in (logit, logit + more)
        )
        assert lower <= higher


@pytest.mark.parametrize(
    ("logits", "expected"),
    [
        ([2.0], {"ahead": 10, "highest": 2, "some": 2}),
        ([2.0, -1.0], {"ahead": 3, "highest": 2, "some": 2.0486}),
        ([50.0, 1.0], {"ahead": 10, "highest": 50, "some": 30}),
    ],
)
def test_the_best_is_judged_beside_its_rivals(
    logits: list[float], expected: dict[str, float]
) -> None:
    features = MADE.decide(QUERY, [evidence(logit=x) for x in logits], CORPUS).features
    assert {name: features[name] for name in expected} == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("reader", [True, False])
def test_shipped_weights_name_only_what_is_known(*, reader: bool) -> None:
    weights = SHIPPED[reader]
    one = evidence() if reader else replace(evidence(), reading=None)
    assert weights.choice.keys() <= one.features().keys()
    features = weights.decide(QUERY, [one], CORPUS).features
    assert weights.verdict.keys() <= features.keys()
    assert SIGNALS.keys() <= features.keys()
    assert 0 < weights.threshold < 1
    assert reader or not {"logit", "stretch", "highest", "some"} & {
        *weights.choice,
        *weights.verdict,
    }


@pytest.mark.parametrize(
    ("signal", "question", "passage", "value"),
    [
        ("missing_numbers", "Quyết định 990 ký ngày nào", "Quyết định 828 ký ngày 22/7.", 1.0),
        ("missing_numbers", "Quyết định 828 ký ngày nào", "Quyết định 828 ký ngày 22/7.", 0.0),
        ("missing_numbers", "Quyết định 828 hay 990?", "Quyết định 828.", 0.5),
        ("missing_numbers", "Ai ký quyết định?", "Quyết định 828.", 0.0),
    ],
)
def test_signals_tell_what_the_reader_cannot_know(
    signal: str, question: str, passage: str, value: float
) -> None:
    assert SIGNALS[signal](query(question), evidence(passage), CORPUS) == value
