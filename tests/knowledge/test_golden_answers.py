"""Asks the golden questions of the shipped articles and of the office's own article.

Every question is a test of its own, so that each wrong answer shows; the shares over the whole set
must never sink.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from embeddings import Encoder
from knowledge import KnowledgeBase
from knowledge.answer import Answer
from tests.knowledge.golden_cases import (
    GOLDEN_FILES,
    REAL_FILE,
    SHIPPED_FILE,
    GoldenCase,
    read_cases,
    with_folded,
)

Ask = Callable[[str], Answer]
SHIPPED = Path(__file__).parents[2] / "knowledge" / "articles"
GOLDEN = read_cases(*GOLDEN_FILES)
MIN_SHARE = 0.97
MIN_ANSWERED, MIN_REFUSED = 120, 80
MAX_LINES = 400


def named(case: GoldenCase) -> str:
    return case.question


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Ask]:
    with KnowledgeBase(tmp_path_factory.mktemp("shipped"), encoder) as base:
        report = base.reload(SHIPPED)
        assert not report.failed
        assert len(report.added) == 10
        yield cache(base.assistant().answer)


@pytest.fixture(scope="module")
def real(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, real_articles: Path
) -> Iterator[Ask]:
    with KnowledgeBase(tmp_path_factory.mktemp("real"), encoder) as base:
        base.reload(real_articles)
        yield cache(base.assistant().answer)


@pytest.mark.parametrize("case", with_folded(read_cases(SHIPPED_FILE)), ids=named)
def test_shipped_articles_answer_what_was_asked_first(shipped: Ask, case: GoldenCase) -> None:
    answer = shipped(case.question)
    assert case.flaw(answer) is None
    assert answer.topics or not answer.refused


@pytest.mark.parametrize("case", GOLDEN, ids=named)
def test_shipped_articles_answer_or_refuse(shipped: Ask, case: GoldenCase) -> None:
    assert case.flaw(shipped(case.question)) is None


@pytest.mark.parametrize("case", with_folded(read_cases(REAL_FILE)), ids=named)
def test_real_article_answers_or_refuses(real: Ask, case: GoldenCase) -> None:
    assert case.flaw(real(case.question)) is None


@pytest.mark.parametrize("folded", [False, True], ids=["as typed", "without diacritics"])
@pytest.mark.parametrize("refused", [False, True], ids=["answered", "refused"])
def test_share_right_over_the_whole_golden_set(
    shipped: Ask, *, refused: bool, folded: bool
) -> None:
    asked = [
        case.folded() if folded else case
        for case in read_cases(SHIPPED_FILE, *GOLDEN_FILES)
        if case.refused is refused
    ]
    flaws = {case.question: case.flaw(shipped(case.question)) for case in asked}
    wrong = [f"{question} → {flaw}" for question, flaw in flaws.items() if flaw]
    share = 1 - len(wrong) / len(flaws)
    assert share >= MIN_SHARE, "\n".join([f"{share:.1%} of {len(flaws)} right", *wrong])


@pytest.mark.parametrize(("refused", "least"), [(False, MIN_ANSWERED), (True, MIN_REFUSED)])
def test_golden_set_is_large_and_a_third_is_typed_without_diacritics(
    *, refused: bool, least: int
) -> None:
    cases = [case for case in GOLDEN if case.refused is refused]
    assert len(cases) >= least
    assert sum(case.without_diacritics for case in cases) >= len(cases) / 3


def test_real_article_is_asked_enough() -> None:
    cases = read_cases(REAL_FILE)
    refused = sum(case.refused for case in cases)
    assert len(cases) - refused >= 30
    assert refused >= 20


@pytest.mark.parametrize("cases", [GOLDEN, read_cases(REAL_FILE)], ids=["shipped", "real"])
def test_golden_set_asks_nothing_twice(cases: list[GoldenCase]) -> None:
    questions = [case.question.casefold() for case in cases]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize("file", GOLDEN_FILES, ids=lambda file: file.stem)
def test_golden_file_is_short_and_expects_words_of_the_articles(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) < MAX_LINES
    written = "\n".join(path.read_text("utf-8") for path in SHIPPED.glob("*.md"))
    cases = read_cases(file)
    assert cases
    texts = {text for case in cases for group in case.contains for text in group}
    assert not [text for text in texts if text not in written]
