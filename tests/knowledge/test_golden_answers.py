from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from embeddings import Encoder
from embeddings.vietnamese import fold
from knowledge import Assistant, KnowledgeBase

DATA = Path(__file__).parents[1] / "data"
SHIPPED = Path(__file__).parents[2] / "knowledge" / "articles"


def cases(file: str) -> list[tuple[str, dict[str, Any]]]:
    """Every answered question of the file, as written and without diacritics."""
    golden = yaml.safe_load(DATA.joinpath(file).read_text(encoding="utf-8"))
    return [
        (typed, case)
        for case in golden["answered"]
        for question in case["ask"]
        for typed in dict.fromkeys([question, fold(question)])
    ]


def refused(file: str) -> list[str]:
    golden = yaml.safe_load(DATA.joinpath(file).read_text(encoding="utf-8"))
    return [typed for question in golden["refused"] for typed in (question, fold(question))]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Assistant]:
    with KnowledgeBase(tmp_path_factory.mktemp("shipped"), encoder) as base:
        report = base.reload(SHIPPED)
        assert not report.failed
        assert len(report.added) == 10
        yield base.assistant()


@pytest.fixture(scope="module")
def real(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, real_articles: Path
) -> Iterator[Assistant]:
    with KnowledgeBase(tmp_path_factory.mktemp("real"), encoder) as base:
        base.reload(real_articles)
        yield base.assistant()


def check(assistant: Assistant, question: str, case: dict[str, Any]) -> None:
    answer = assistant.answer(question)
    assert not answer.refused, answer
    missing = [wanted for wanted in case["contains"] if wanted not in answer.text]
    assert not missing, f"{missing} not in: {answer.text}"
    assert "title" not in case or answer.citations[0].title == case["title"]
    for citation in answer.citations:
        assert citation.quote in citation.passage
        assert citation.source


@pytest.mark.parametrize(("question", "case"), cases("golden_shipped.yaml"))
def test_shipped_articles_answer(shipped: Assistant, question: str, case: dict[str, Any]) -> None:
    check(shipped, question, case)


@pytest.mark.parametrize("question", refused("golden_shipped.yaml"))
def test_shipped_articles_refuse(shipped: Assistant, question: str) -> None:
    answer = shipped.answer(question)
    assert answer.refused, answer.text
    assert answer.topics


@pytest.mark.parametrize(("question", "case"), cases("golden_real_article.yaml"))
def test_real_article_answers(real: Assistant, question: str, case: dict[str, Any]) -> None:
    check(real, question, case)


@pytest.mark.parametrize("question", refused("golden_real_article.yaml"))
def test_real_article_refuses(real: Assistant, question: str) -> None:
    answer = real.answer(question)
    assert answer.refused, answer.text
