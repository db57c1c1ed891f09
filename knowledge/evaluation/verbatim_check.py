"""Checks that every sentence of an answer stands word for word in a passage that it cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answering.answer import Answer

EXAMPLES = 20
_CUT_LEFT, _CUT_RIGHT = "… ", " …"
_ITEM = "- "


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence of an answer that no cited passage holds, and the question it answers."""

    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class VerbatimScores:
    """How many sentences of answers were checked, how many no cited passage holds, and the first.

    `unsupported` must be 0.
    """

    sentences: int
    unsupported: int
    examples: tuple[Unsupported, ...]


class VerbatimCheck:
    """Counts the sentences of answers, and those that are not in a cited passage."""

    def __init__(self) -> None:
        self._sentences = 0
        self._unsupported = 0
        self._examples: list[Unsupported] = []

    def add(self, answer: Answer) -> None:
        """Check the sentences of one answer."""
        self._sentences += len(answer.sentences)
        found = unsupported(answer)
        self._unsupported += len(found)
        room = EXAMPLES - len(self._examples)
        self._examples.extend(Unsupported(answer.question, text) for text in found[:room])

    def scores(self) -> VerbatimScores:
        """Return what was counted so far."""
        return VerbatimScores(self._sentences, self._unsupported, tuple(self._examples))


def unsupported(answer: Answer) -> list[str]:
    """Return the sentences of `answer` that no passage it cites holds word for word.

    Our own marks don't count: the dots where a sentence was cut, and the dash before an item of a
    list that is shown under the line that leads to it.
    """
    passages = [citation.passage for citation in answer.citations]
    return [
        sentence.text
        for sentence in answer.sentences
        if not any(_holds(passage, sentence.text) for passage in passages)
    ]


def _holds(passage: str, shown: str) -> bool:
    if _has(passage, shown):
        return True
    text = shown.removeprefix(_CUT_LEFT).removesuffix(_CUT_RIGHT)
    lead, item, rest = text.partition(f"\n{_ITEM}")
    if item:
        return text in passage or (_has(passage, lead) and _has(passage, rest))
    return _has(passage, text)


def _has(passage: str, text: str) -> bool:
    return bool(text.strip()) and text in passage
