"""The golden questions of tests/data, and what is wrong with an answer to one of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.answering.answer import Answer

DATA = Path(__file__).parents[2] / "data"
GOLDEN_FILES = tuple(sorted(DATA.joinpath("golden").glob("*.yaml")))
SHIPPED_FILE = DATA / "golden_shipped.yaml"
UNSEEN_OPEN_FILE = DATA / "golden_unseen_open.yaml"
UNSEEN_CLOSED_FILE = DATA / "golden_unseen_closed.yaml"
REAL_FILE = DATA / "golden_real_article.yaml"


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """A question as typed, and what its answer must show; nothing says that it must be refused.

    `contains` holds groups of texts: one text of each group must be shown.
    """

    question: str
    contains: tuple[tuple[str, ...], ...] = ()
    title: str | None = None

    @property
    def refused(self) -> bool:
        return not self.contains

    @property
    def without_diacritics(self) -> bool:
        return self.question.isascii()

    def flaw(self, answer: Answer) -> str | None:
        """Say what is wrong with the answer; None when it is right."""
        if self.refused:
            return None if answer.refused else f"should be refused: {answer.text}"
        if answer.refused:
            return f"refused instead of {self.contains}"
        missing = [
            group for group in self.contains if not any(text in answer.text for text in group)
        ]
        if missing:
            return f"{missing} not in: {answer.text}"
        if self.title is not None and answer.citations[0].title != self.title:
            return f"cites {answer.citations[0].title!r} instead of {self.title!r}"
        for citation in answer.citations:
            if citation.quote not in citation.passage or not citation.source:
                return f"quotes {citation.quote!r}, which isn't in {citation.passage!r}"
        return None


def read_cases(*files: Path) -> list[GoldenCase]:
    """Every question of the files, in their order."""
    return [case for file in files for case in _cases(yaml.safe_load(file.read_text("utf-8")))]


def _cases(golden: dict[str, Any]) -> list[GoldenCase]:
    answered = [
        GoldenCase(question, _groups(_several(entry["contains"])), entry.get("title"))
        for entry in golden.get("answered", [])
        for question in _several(entry["ask"])
    ]
    return answered + [GoldenCase(question) for question in golden.get("refused", [])]


def _groups(contains: list[str | list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((part,) if isinstance(part, str) else tuple(part) for part in contains)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
