"""Asks the golden questions of the shipped articles and of the office's own article.

The shares right must never sink below what was reached.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from embeddings import Encoder, Reader
from knowledge import KnowledgeBase
from knowledge.answering.answer import Answer
from tests.knowledge.answering.golden_cases import (
    GOLDEN_FILES,
    REAL_FILE,
    SHIPPED_FILE,
    UNSEEN_CLOSED_FILE,
    UNSEEN_OPEN_FILE,
    GoldenCase,
    read_cases,
)

Ask = Callable[[str], Answer]
SHIPPED = Path(__file__).parents[3] / "knowledge" / "articles" / "office"
GOLDEN = read_cases(*GOLDEN_FILES)
MIN_ANSWERED, MIN_REFUSED = 120, 80
MAX_LINES = 400


def named(case: GoldenCase) -> str:
    return case.question


@pytest.fixture(scope="module")
def shipped(
    shipped_data: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Ask]:
    data_dir = shutil.copytree(shipped_data, tmp_path_factory.mktemp("shipped") / "data")
    with KnowledgeBase(data_dir, encoder, reader=reader) as base:
        yield cache(base.assistant().answer)


@pytest.fixture(scope="module")
def real(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader, real_articles: Path
) -> Iterator[Ask]:
    with KnowledgeBase(tmp_path_factory.mktemp("real"), encoder, reader=reader) as base:
        base.reload(real_articles)
        yield cache(base.assistant().answer)


# Shares of right answers and of right refusals that were reached; the goal is 0.92 of each. The
# sets of `golden`, `golden_shipped` and of the real article were looked at while the product was
# made; the unseen ones were written from the articles alone, the closed half opened at the end.
TUNED = (0.85, 0.79)
REAL = (0.72, 0.76)
UNSEEN = {UNSEEN_OPEN_FILE: (0.62, 0.86), UNSEEN_CLOSED_FILE: (0.69, 0.94)}
REFUSED = pytest.mark.parametrize("refused", [False, True], ids=["answered", "refused"])


@REFUSED
def test_share_right_of_the_shipped_articles_never_sinks(shipped: Ask, *, refused: bool) -> None:
    """Of every second question: all of them take most of a minute."""
    cases = read_cases(SHIPPED_FILE, *GOLDEN_FILES)[::2]
    check_share(shipped, cases, TUNED, refused=refused)


@REFUSED
def test_share_right_of_the_real_article_never_sinks(real: Ask, *, refused: bool) -> None:
    check_share(real, read_cases(REAL_FILE), REAL, refused=refused)


@REFUSED
@pytest.mark.parametrize("file", UNSEEN, ids=lambda file: file.stem)
def test_share_right_of_unseen_questions_never_sinks(
    shipped: Ask, file: Path, *, refused: bool
) -> None:
    check_share(shipped, read_cases(file), UNSEEN[file], refused=refused)


@pytest.mark.parametrize(("stem", "least", "most"), [("near", 0.88, 1.0), ("far", 0.0, 0.12)])
def test_refusals_tell_the_near_from_the_far(
    shipped: Ask, stem: str, least: float, most: float
) -> None:
    file = next(file for file in GOLDEN_FILES if file.stem == f"refused_{stem}")
    answers = [shipped(case.question) for case in read_cases(file)]
    refused = [answer for answer in answers if answer.refused]
    assert least <= sum(bool(answer.topics) for answer in refused) / len(refused) <= most


def check_share(
    ask: Ask, cases: list[GoldenCase], shares: tuple[float, float], *, refused: bool
) -> None:
    """Fail, naming every wrong answer, when a smaller share is right than the one reached."""
    flaws = {
        case.question: case.flaw(ask(case.question)) for case in cases if case.refused is refused
    }
    wrong = [f"{question} → {flaw}" for question, flaw in flaws.items() if flaw]
    share = 1 - len(wrong) / len(flaws)
    assert share >= shares[refused], "\n".join([f"{share:.1%} of {len(flaws)} right", *wrong])


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
