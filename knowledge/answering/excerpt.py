"""Cuts the part of a passage that answers, and finds in it what was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.sentences import Span, quoted_spans
from embeddings.vietnamese import fold, syllable_spans, syllables
from knowledge.answering.question import QuestionKind
from knowledge.answering.spans import (
    answer_spans,
    formula_spans,
    outside_question,
)
from knowledge.answering.statement import complement_span, reach_back

if TYPE_CHECKING:
    from knowledge.answering.coverage import QuestionCoverage
    from knowledge.answering.evidence import Evidence
    from knowledge.answering.question import AnalysedQuestion
    from knowledge.articles.chunk import Chunk

MAX_ANSWER_CHARACTERS = 600
_EXCERPT = 270
_LIST = 460
_ENOUGH = 140  # an excerpt of this length only grows by clauses that hold words of the question
_CLAUSE_END = re.compile(r"(?<=[,;:])\s+|(?<=[”\"])\s+(?=\w)")
# A difference takes more than one sentence to tell.
_COMPARES = re.compile(
    r"\b(?:khac (?:nhau|gi|voi)|giong (?:nhau|gi|voi)|so (?:voi|sanh)|phan biet)\b"
)
_PLACED = re.compile(r"(?:^|\W)(?:ở|tại|về|từ)\s+$")  # what leads to the name of a place
_MIN_LISTED = 3  # dates that make a list of days
_SHORT_REST = 60
_ITEM = 90  # a longer clause is no item of an enumeration
_LEAD = 8  # syllables before a quotation that announce it


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a chunk's text, word for word, with the ranges in it that answer."""

    text: str
    highlights: tuple[Span, ...]
    cut_left: bool
    cut_right: bool
    lead: str = ""

    def shown(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text with dots where a sentence was cut, and the ranges in that text.

        An item of a list comes after the line that leads to it.
        """
        left = f"{self.lead}\n- " if self.lead else "… " if self.cut_left else ""
        right = " …" if self.cut_right else ""
        shift = len(left)
        moved = tuple((start + shift, end + shift) for start, end in self.highlights)
        return f"{left}{self.text}{right}", moved


class Excerpter:
    """Makes excerpts for one question."""

    def __init__(self, question: AnalysedQuestion, coverage: QuestionCoverage) -> None:
        self._question = question
        self._coverage = coverage

    def of(self, evidence: Evidence, focus: str | None = None) -> Excerpt:
        """Return the excerpt that answers: a sentence, a cut of a long one, or a whole list.

        `focus` is a part of the sentence to set in bold instead of what the question asks for.
        """
        chunk = evidence.chunk
        if _is_item(chunk, evidence.position) and not self._wants_list():
            return self._item(evidence)
        start, end = self._unit(evidence)
        text = chunk.text[start:end]
        if focus is not None and (place := text.find(focus)) >= 0:
            highlights = [(place, place + len(focus))]
        else:
            highlights = self._highlights(text)
        enumerates = self._question.kind is QuestionKind.LIST and not self._question.formulas
        limit = MAX_ANSWER_CHARACTERS if "\n" in text else _LIST if enumerates else _EXCERPT
        if len(text) <= limit:
            left, right = 0, len(text)
        else:
            left, right = self._window(text, highlights, limit)
        return Excerpt(
            text=text[left:right],
            highlights=tuple(
                (a - left, b - left) for a, b in highlights if left <= a and b <= right
            ),
            cut_left=left > 0,
            cut_right=right < len(text),
        )

    def _wants_list(self) -> bool:
        return self._question.kind is QuestionKind.LIST or bool(self._question.formulas)

    def _item(self, evidence: Evidence) -> Excerpt:
        """Return one item of a list under its introduction."""
        chunk, first = evidence.chunk, evidence.position
        while first > 0 and _is_item(chunk, first):
            first -= 1
        before = chunk.sentences[first].text
        text = evidence.sentence.text
        return Excerpt(
            text=text,
            highlights=tuple(self._highlights(text)) or ((0, len(text)),),
            cut_left=False,
            cut_right=False,
            lead=before if before.endswith(":") else "",
        )

    def _unit(self, evidence: Evidence) -> Span:
        """Return the range of the chunk's text that must be read together."""
        chunk, position = evidence.chunk, evidence.position
        sentences = chunk.sentences
        first = last = position
        if _is_item(chunk, position):
            while first > 0 and _is_item(chunk, first):
                first -= 1
            last = _last_item(chunk, position)
        elif evidence.sentence.text.endswith(":"):
            last = _last_item(chunk, position + 1)
        elif reach := reach_back(evidence.sentence.text):
            first = max(0, position - reach)
        elif _COMPARES.search(fold(self._question.text.lower())):
            last = self._to_the_end(chunk, position)
        start, end = sentences[first].start, sentences[last].end
        if end - start > MAX_ANSWER_CHARACTERS and first != last and not self._wants_list():
            return sentences[position].start, sentences[position].end
        return start, end

    def _to_the_end(self, chunk: Chunk, position: int) -> int:
        """Return the last sentence of the passage that still fits, from `position` on."""
        last = position
        for later in range(position + 1, len(chunk.sentences)):
            if chunk.sentences[later].end - chunk.sentences[position].start > _LIST:
                break
            last = later
        return last

    def _highlights(self, text: str) -> list[Span]:
        question = self._question
        members = [
            span for count, word in question.formulas for span in formula_spans(text, count, word)
        ]
        if members:
            return sorted(set(members))
        if question.kind is QuestionKind.LIST:
            return self._listed(text)
        if spans := answer_spans(text, question.kind):
            return self._nearest(text, spans)
        if question.kind in {QuestionKind.DEFINITION, QuestionKind.OTHER}:
            complement = complement_span(text, self._coverage)
            return [complement] if complement else self._near_quotes(text)
        return []

    def _listed(self, text: str) -> list[Span]:
        """Return the dates of a list of days, or the items of a list."""
        dates = answer_spans(text, QuestionKind.DATE)
        if len(dates) >= _MIN_LISTED and any(t == "ngày" for _, t in self._question.content):
            return dates
        counted = self._counted(text, answer_spans(text, QuestionKind.COUNT))
        if counted:
            return counted
        complement = complement_span(text, self._coverage)
        return [complement] if complement else []

    def _near_quotes(self, text: str) -> list[Span]:
        """Return the first quotation that the question's words lead up to or mostly make up."""
        places = syllable_spans(text)
        matched = {position for position, _ in self._coverage.positions(syllables(text))}
        for start, end in outside_question(text, quoted_spans(text), self._question):
            before = [n for n, (_, b) in enumerate(places) if b <= start][-_LEAD:]
            inside = [n for n, (a, b) in enumerate(places) if start <= a and b <= end]
            if matched & set(before) or 2 * len(matched & set(inside)) >= len(inside):
                return [(start, end)]
        return []

    def _nearest(self, text: str, spans: list[Span]) -> list[Span]:
        """Return the candidate that stands closest to the question's words (all counted nouns)."""
        tokens, places = syllables(text), syllable_spans(text)
        matched = self._coverage.positions(tokens)
        spans = outside_question(text, spans, self._question)
        if not spans or not matched:
            return spans[:1]
        if self._question.kind is QuestionKind.COUNT and (counted := self._counted(text, spans)):
            return counted
        inside = {
            span: [n for n, (a, b) in enumerate(places) if span[0] <= a and b <= span[1]]
            for span in spans
        }
        if self._question.kind is QuestionKind.PLACE:
            spans = [span for span in spans if _PLACED.search(text[: span[0]])] or spans
        return [max(spans, key=lambda span: _closeness(inside[span], matched))]

    def _counted(self, text: str, spans: list[Span]) -> list[Span]:
        """Return the counts with the nouns of the question after them: "7 chương trình"."""
        places = syllable_spans(text)
        matched = {position for position, _ in self._coverage.positions(syllables(text))}
        counted: list[Span] = []
        for start, end in spans:
            last = following = max((n for n, (_, b) in enumerate(places) if b <= end), default=-1)
            while following + 1 in matched:
                following += 1
            if following > last >= 0:
                counted.append((start, places[following][1]))
        return counted

    def _window(self, text: str, highlights: list[Span], limit: int) -> Span:
        """Return the run of clauses of at most `limit` characters that holds the most."""
        clauses = _clauses(text)
        covered = [self._coverage.of(syllables(text[start:end])) for start, end in clauses]
        needed = [
            n
            for n, (start, end) in enumerate(clauses)
            if any(a < end and start < b for a, b in highlights)
        ] or [max(range(len(clauses)), key=lambda n: covered[n])]
        first, last = needed[0], needed[-1]

        def length(left: int, right: int) -> int:
            return clauses[right][1] - clauses[left][0]

        def label(n: int) -> bool:
            return text[slice(*clauses[n])].endswith(":")

        while True:
            short = length(first, last) < _ENOUGH and not self._question.formulas
            ends_list = text[slice(*clauses[last])].endswith(";")
            worth: list[tuple[float, int]] = []
            if first > 0 and (short or covered[first - 1] or label(first - 1)):
                worth.append((covered[first - 1], first - 1))
            if last + 1 < len(clauses) and not self._question.formulas:
                item = limit > _EXCERPT and length(last + 1, last + 1) <= _ITEM and not ends_list
                if item or short or covered[last + 1]:
                    worth.append((covered[last + 1] + item, last + 1))
            worth = [
                (value, n) for value, n in worth if length(min(first, n), max(last, n)) <= limit
            ]
            if not worth:
                break
            _, chosen = max(worth)
            first, last = min(first, chosen), max(last, chosen)
        return self._rounded(text, clauses[first][0], clauses[last][1])

    def _rounded(self, text: str, left: int, right: int) -> Span:
        """Return the range, with what would be a short rest of the sentence taken in."""
        if not self._question.formulas:
            left = 0 if left <= _SHORT_REST else left
            right = len(text) if len(text) - right <= _SHORT_REST else right
        return left, right if right == len(text) else _without_joint(text, left, right)


def _is_item(chunk: Chunk, position: int) -> bool:
    start = chunk.sentences[position].start
    return start >= 2 and chunk.text[start - 2 : start] == "- "


def _last_item(chunk: Chunk, position: int) -> int:
    while position < len(chunk.sentences) and _is_item(chunk, position):
        position += 1
    return position - 1


def _closeness(own: list[int], matched: list[tuple[int, float]]) -> float:
    if not own:
        return 0.0
    return sum(
        weight / (1 + min(abs(position - own[0]), abs(position - own[-1])))
        for position, weight in matched
        if not own[0] <= position <= own[-1]
    )


def _clauses(text: str) -> list[Span]:
    """Return the parts between commas, semicolons and colons; a quotation stays whole."""
    quotes = quoted_spans(text)
    breaks = [
        match.span()
        for match in _CLAUSE_END.finditer(text)
        if not any(start <= match.start() < end for start, end in quotes)
    ]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return list(zip(starts, ends, strict=True))


def _without_joint(text: str, left: int, right: int) -> int:
    while right > left and text[right - 1] in ",;: ":
        right -= 1
    return right
