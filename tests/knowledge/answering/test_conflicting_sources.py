"""When a second source is shown beside the best: tests/data/conflicts.yaml, asked of all of it."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from embeddings import Encoder, Reader
from knowledge import KnowledgeBase
from knowledge.answering.answer import Answer
from knowledge.answering.conflicting_sources import NEWER_FIRST, NOTICE
from tests.knowledge.answering.golden_cases import DATA

Ask = Callable[[str], Answer]
CASES: list[dict[str, Any]] = yaml.safe_load(DATA.joinpath("conflicts.yaml").read_text("utf-8"))
CONFLICTS = [case for case in CASES if case["conflict"]]
OTHERS = [case for case in CASES if not case["conflict"]]
FOUND = 13  # of the 16 conflicts; three are worded too differently


def asked(case: dict[str, Any]) -> str:
    return str(case["ask"])


@pytest.fixture(scope="module")
def ask(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("conflicts")
    articles = folder / "articles"
    articles.mkdir()
    for number, case in enumerate(CASES):
        for place, document in enumerate(case["documents"], 1):
            write(articles / f"{number:02}-{place}.md", **document)
    with KnowledgeBase(folder / "data", encoder, reader=reader) as base:
        base.reload(articles)
        yield cache(base.assistant().answer)


def write(file: Path, *, title: str, published: dt.date, text: str) -> None:
    head = f"---\ntitle: {title}\nsource: Tài liệu nội bộ\npublished: {published}\n---\n"
    file.write_text(f"{head}{text}\n", encoding="utf-8")


def titles(answer: Answer) -> list[str]:
    return [citation.title for citation in answer.citations]


@pytest.mark.parametrize("case", OTHERS, ids=asked)
def test_what_is_no_conflict_is_told_as_none(ask: Ask, case: dict[str, Any]) -> None:
    answer = ask(case["ask"])
    assert (answer.refused, answer.notice, len(answer.citations)) == (False, None, 1)


def test_most_conflicts_are_found_and_the_newer_document_comes_first(ask: Ask) -> None:
    found = 0
    for case in CONFLICTS:
        answer = ask(case["ask"])
        if len(answer.citations) == 1:
            continue
        found += 1
        one, two = case["documents"]
        expected = [one, two] if case["first"] == 1 else [two, one]
        assert answer.notice == NEWER_FIRST
        assert titles(answer) == [document["title"] for document in expected], case["ask"]
        for sentence, document in zip(answer.sentences, expected, strict=True):
            note = f" (theo “{document['title']}”, ngày {document['published']:%d/%m/%Y})"
            assert sentence.shown_note == note
    assert found >= FOUND


@pytest.fixture
def ask_of(
    tmp_path: Path, encoder: Encoder, reader: Reader
) -> Iterator[Callable[[str, str, str], Answer]]:
    """Asks a question of two documents, given with their front matter."""
    articles = tmp_path / "articles"
    articles.mkdir()
    with KnowledgeBase(tmp_path / "data", encoder, reader=reader) as base:

        def ask(one: str, two: str, question: str) -> Answer:
            for name, text in (("a.md", one), ("b.md", two)):
                articles.joinpath(name).write_text(text, encoding="utf-8")
            base.reload(articles)
            return base.assistant().answer(question)

        yield ask


def test_without_dates_the_better_evidence_comes_first(
    ask_of: Callable[[str, str, str], Answer],
) -> None:
    one = "---\ntitle: Nội quy nhà xe\n---\nNhà xe của cơ quan mở cửa lúc 6 giờ.\n"
    two = "---\ntitle: Thông báo nhà xe\n---\nNhà xe của cơ quan mở cửa lúc 7 giờ.\n"
    answer = ask_of(one, two, "Nhà xe của cơ quan mở cửa lúc mấy giờ?")
    assert answer.notice == NOTICE
    assert {sentence.note for sentence in answer.sentences} == {
        "theo “Nội quy nhà xe”",
        "theo “Thông báo nhà xe”",
    }
