"""Fitting the decision, on questions whose truth is known."""

from dataclasses import replace

import pytest

from tests.knowledge.seeded import seeded
from training.fit import Asked, chosen, cross_validated, fit_choice, fit_verdict

NAMES = ("logit", "noise")
VERDICT = (*NAMES, "ahead")


def question(number: int) -> Asked:
    """Four windows; where something answers, it is the one of a high logit. Noise tells nothing."""
    rng = seeded(number)
    answerable = number % 3 > 0
    right = [answerable and n == number % 4 for n in range(4)]
    rows = tuple({"logit": rng.gauss(4 if r else 0, 1), "noise": rng.gauss(0, 100)} for r in right)
    verdicts = tuple({**row, "ahead": 0.0} for row in rows)
    return Asked(f"b{number % 10}", "date", answerable, rows, verdicts, tuple(right))


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [question(n) for n in range(200)]


def test_the_choice_goes_by_what_tells(asked: list[Asked]) -> None:
    weights = fit_choice(asked, NAMES)
    assert weights["logit"] > 1 > 100 * abs(weights["noise"])
    picked = [a.right[chosen(a, weights)[0]] for a in asked if a.answerable]
    assert sum(picked) > 0.9 * len(picked)


def test_the_verdict_goes_by_what_tells(asked: list[Asked]) -> None:
    weights, intercept = fit_verdict(asked, {"logit": 1.0}, VERDICT)
    assert weights["logit"] > 0.5 > 100 * abs(weights["noise"])
    assert intercept < 0


@pytest.mark.parametrize(
    ("logits", "expected"),
    [([1.0], (0, 10.0)), ([1.0, 4.0, 2.5], (1, 1.5)), ([90.0, 1.0], (0, 10.0))],
)
def test_the_highest_score_is_chosen(logits: list[float], expected: tuple[int, float]) -> None:
    rows = tuple({"logit": x} for x in logits)
    one = replace(question(1), choices=rows)
    assert chosen(one, {"logit": 1.0}) == expected


def test_bases_that_were_not_fitted_on_are_judged(asked: list[Asked]) -> None:
    outcome, probabilities = cross_validated(asked, NAMES, VERDICT)
    assert min(outcome.right, outcome.refused, outcome.separation) > 0.85
    assert 0.1 <= outcome.threshold <= 0.9
    assert len(probabilities) == len(asked)
    assert all(0 < p < 1 for p in probabilities)
    blind, _ = cross_validated(asked, ("noise",), ("noise",))
    assert blind.separation < 0.65
