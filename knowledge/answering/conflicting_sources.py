"""Finds a second source that says otherwise of the very same thing, so that both can be shown."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables, syllables
from knowledge.articles.chunker import DETAILS_HEADING
from knowledge.entities.values import differ, values_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.answer import AnswerSentence
    from knowledge.answering.evidence import Evidence
    from knowledge.index.citation import Citation
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.shortlist import QuestionWords

NOTICE = "Các tài liệu ghi khác nhau, tôi nêu cả hai:"
NEWER_FIRST = "Các tài liệu ghi khác nhau, tôi nêu bản mới hơn trước:"
_SURE = 0.5  # of both stretches
_BEHIND = 2.5  # of the score by which evidence is chosen
_ASKED = 0.5  # of the question's words, by their weight, that stand in the unit itself
_SAME = 0.85  # of those that stand in one unit which stand in the other, too
_TITLE = 90  # characters of a title
_ABOUT_ITSELF = re.compile(r"(?<!\w)này(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two pieces of evidence that can't both hold, the newer or amending one first, if any is."""

    first: Evidence
    second: Evidence
    notice: str


def conflict_in(
    evidence: Sequence[Evidence], words: QuestionWords, corpus: Corpus
) -> Conflict | None:
    """Return the best evidence with that of another article which contradicts it; None without.

    Both answer the question in their own words, nearly as well, by a value of the same kind, and
    speak of the same thing: the units differ in the value and in words that one of them adds, but
    have no word in the place of another ("buổi sáng", "buổi chiều").
    """
    best, *others = evidence
    for other in others:
        if best.score - other.score > _BEHIND:
            return None
        if best.chunk.article_id != other.chunk.article_id and _contradict(best, other, words):
            return _ordered(best, other, corpus)
    return None


def named_source(sentences: Sequence[AnswerSentence]) -> tuple[AnswerSentence, ...]:
    """Return the sentences with a note of which document of which day says so behind the last."""
    *before, last = sentences
    return (*before, replace(last, note=_name(last.citation)))


def _contradict(best: Evidence, other: Evidence, words: QuestionWords) -> bool:
    if DETAILS_HEADING in {best.chunk.heading, other.chunk.heading}:
        return False  # of its own number, date and signer each document speaks for itself
    pair = _Unit.of(best), _Unit.of(other)
    if any(unit is None for unit in pair):
        return False
    one, two = (unit for unit in pair if unit is not None)
    if not differ(values_in(one.stretch), values_in(two.stretch)):
        return False
    asked = [folded_syllables(unit.text) for unit in (one, two)]
    both = words.coverage(asked[0] & asked[1])
    if both < max(_ASKED, _SAME * max(map(words.coverage, asked))):
        return False
    return not _exchanged(one.rest, two.rest)


def _exchanged(one: list[str], two: list[str]) -> bool:
    """Tell whether a word of one text stands where the other has another."""
    steps = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return any(step == "replace" for step, *_ in steps)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a piece of evidence says by itself; `rest` are its syllables without the stretch."""

    text: str
    stretch: str
    rest: list[str]

    @classmethod
    def of(cls, evidence: Evidence) -> _Unit | None:
        """Return the units that the stretch is of; None without a stretch that is sure.

        None also where a document speaks of itself: "Quyết định này có hiệu lực từ …".
        """
        if evidence.stretch is None or evidence.stretch_probability < _SURE:
            return None
        units = evidence.chunk.sentences
        begin, end = units[evidence.positions[0]].start, units[evidence.positions[-1]].end
        start, stop = evidence.stretch
        text = evidence.chunk.text
        whole = text[begin:end]
        if _ABOUT_ITSELF.search(whole):
            return None
        rest = syllables(f"{text[begin:start]} {text[stop:end]}")
        return cls(whole, text[start:stop], rest)


def _ordered(best: Evidence, other: Evidence, corpus: Corpus) -> Conflict:
    mine, theirs = (corpus.article(one.chunk) for one in (best, other))
    if mine.number and any(each.number == mine.number for each in theirs.amends):
        return Conflict(other, best, NEWER_FIRST)
    if theirs.number and any(each.number == theirs.number for each in mine.amends):
        return Conflict(best, other, NEWER_FIRST)
    if mine.published and theirs.published and mine.published != theirs.published:
        if theirs.published > mine.published:
            best, other = other, best
        return Conflict(best, other, NEWER_FIRST)
    return Conflict(best, other, NOTICE)


def _name(citation: Citation) -> str:
    """Return "theo “Quy chế …”, số 12/QĐ-VP, ngày 03/02/2024", as far as it is known."""
    parts = [f"theo “{textwrap.shorten(citation.title, _TITLE, placeholder='…')}”"]
    if citation.number and citation.number not in citation.title:
        parts.append(f"số {citation.number}")
    if citation.published:
        parts.append(f"ngày {_day(citation.published)}")
    return ", ".join(parts)


def _day(written: str) -> str:
    try:
        return f"{dt.date.fromisoformat(written):%d/%m/%Y}"
    except ValueError:
        return written
