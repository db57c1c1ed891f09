"""What is shown of the evidence: whole units, their lead-in, or the list or table they are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.answering.answer import AnswerSentence, AnswerTable
from knowledge.answering.dated_statement import as_of
from knowledge.answering.enumeration import MOST_ROWS, enumeration_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.sentences import Span
    from knowledge.answering.enumeration import Enumeration, Member
    from knowledge.answering.evidence import Evidence
    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.shortlist import QuestionWords

MAX_ANSWER_CHARACTERS = 700
LINES_LEFT = "còn {count} dòng"
_SURE = 0.5  # of a stretch: less sure ones are shown with their neighbours
_RIVAL = 1.0  # of the score: a member this near answers as well
_NAMED = 0.9  # of the question, in the name of a list or table
_NAMED_AMONG = 3  # pieces of evidence
# A sentence that begins with what the one before it names.
_POINTS_BACK = re.compile(r"(?:\w+ ){0,4}(?:này|đó|ấy|trên đây|nói trên)\b", re.IGNORECASE)
_CUT = " …"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentences that answer, in order; rows that are to be shown as a table have one."""

    sentences: tuple[AnswerSentence, ...]
    table: AnswerTable | None = None


class Excerpter:
    """Makes excerpts of evidence; a stretch that is at least `bold` probable is highlighted."""

    def __init__(self, corpus: Corpus, words: QuestionWords, bold: float) -> None:
        self._corpus, self._words, self._bold = corpus, words, bold

    def of(self, evidence: Evidence, others: Sequence[Evidence] = ()) -> Excerpt:
        """Return what is shown of `evidence`, at most MAX_ANSWER_CHARACTERS long.

        Of a list or table all is shown where `others` show that more of its members answer as well.
        """
        chunk, positions = evidence.chunk, evidence.positions
        enumeration = enumeration_at(self._corpus, chunk, positions[0])
        if enumeration is not None:
            return self._of_members(enumeration, evidence, others)
        last = chunk.sentences[positions[-1]]
        if last.text.endswith(":") and positions[-1] + 1 < len(chunk.sentences):
            led = enumeration_at(self._corpus, chunk, positions[-1] + 1)
            if led is not None:
                lead = [self._shown(chunk, last.start, last.end, evidence)]
                return self._of_all(led, lead, led.members)
        first, final = self._whole(evidence)
        units = chunk.sentences
        return Excerpt((self._shown(chunk, units[first].start, units[final].end, evidence),))

    def named(self, evidence: Sequence[Evidence]) -> Excerpt | None:
        """Return the list or table that the question names without asking anything, or None.

        "Danh sách đội trực" is no question, but the name of a table: all of it is wanted.
        """
        if self._words.asks:
            return None
        for one in evidence[:_NAMED_AMONG]:
            place = one.positions[0]
            enumeration = enumeration_at(self._corpus, one.chunk, place)
            if enumeration is None or self._words.coverage(enumeration.name_words) < _NAMED:
                continue
            member = enumeration.member_of(one.chunk, one.chunk.sentences[place])
            meant = enumeration.meant(self._words, member, sure=False)
            if len(meant) > 1:
                return self._of_all(enumeration, self._lead(enumeration), meant)
        return None

    def _whole(self, evidence: Evidence) -> tuple[int, int]:
        """Return the first and last unit of what can be understood by itself, in the window."""
        window, positions, units = (
            evidence.candidate.window,
            evidence.positions,
            evidence.chunk.sentences,
        )
        if evidence.stretch_probability < _SURE:
            return window.first, window.last
        first = positions[0]
        while first > window.first and _POINTS_BACK.match(units[first].text):
            first -= 1
        return first, positions[-1]

    def _of_members(
        self, enumeration: Enumeration, evidence: Evidence, others: Sequence[Evidence]
    ) -> Excerpt:
        """Return the item or row that was read, or all that the question means."""
        chunk, positions = evidence.chunk, evidence.positions
        touched = [chunk.sentences[n] for n in positions]
        own = [m for m in enumeration.members if m.chunk.chunk_id == chunk.chunk_id]
        read = [m for m in own if set(m.units) & set(touched)]
        units = {unit for member in enumeration.members for unit in member.units}
        rivals = [o for o in others if o is not evidence and o.sentence in units - set(touched)]
        near = any(rival.score >= evidence.score - _RIVAL for rival in rivals)
        sure = evidence.stretch_probability >= _SURE and len(read) == 1 and not near
        meant = enumeration.meant(self._words, read[0], sure=sure)
        if len(meant) < len(read):
            meant = tuple(read)
        lead = self._lead(enumeration)
        if enumeration.is_table or len(meant) > 1:
            # of a whole list nothing stands out
            told = evidence if len(meant) == len(read) else None
            return self._of_all(enumeration, lead, meant, told)
        room = MAX_ANSWER_CHARACTERS - sum(len(s.text) for s in lead)
        end = max(read[0].units[-1].end, touched[-1].end)
        return Excerpt((*lead, self._shown(chunk, read[0].start, end, evidence, room)))

    def _lead(self, enumeration: Enumeration) -> list[AnswerSentence]:
        """Return the line that leads a list in; a table's caption goes without saying."""
        text = enumeration.lead
        if enumeration.is_table or not text or len(text) > MAX_ANSWER_CHARACTERS // 2:
            return []
        citation = self._corpus.citation(enumeration.members[0].chunk, text)
        return [AnswerSentence(text, (), citation, as_of(text, citation))]

    def _of_all(
        self,
        enumeration: Enumeration,
        lead: list[AnswerSentence],
        members: Sequence[Member],
        evidence: Evidence | None = None,
    ) -> Excerpt:
        """Return members line by line as far as they fit, and how many lines are left."""
        if enumeration.is_table:
            rows = members[:MOST_ROWS]
            shown = [self._member(row, evidence) for row in rows]
            return Excerpt(tuple(shown), enumeration.shown(rows) if len(rows) > 1 else None)
        shown = list(lead)
        room = MAX_ANSWER_CHARACTERS - sum(len(s.text) + 1 for s in shown)
        for number, member in enumerate(members):
            room -= len(member.text) + 1
            if room < 0 and number:
                left = LINES_LEFT.format(count=len(members) - number)
                last = shown[-1]
                shown[-1] = AnswerSentence(last.text, last.highlights, last.citation, left)
                break
            shown.append(self._member(member, evidence))
        return Excerpt(tuple(shown))

    def _member(self, member: Member, evidence: Evidence | None = None) -> AnswerSentence:
        return self._shown(member.chunk, member.start, member.units[-1].end, evidence)

    def _shown(
        self,
        chunk: Chunk,
        start: int,
        end: int,
        evidence: Evidence | None,
        room: int = MAX_ANSWER_CHARACTERS,
    ) -> AnswerSentence:
        """Return a range of a passage, with the stretch in bold that the reader is sure of."""
        stretch = None
        if evidence is not None and evidence.chunk.chunk_id == chunk.chunk_id:
            stretch = evidence.stretch
        begin, finish = _cut(chunk.text, (start, end), stretch or (start, start), room)
        quote = chunk.text[begin:finish]
        before = "… " if begin > start else ""
        text = f"{before}{quote}{_CUT if finish < end else ''}"
        citation = self._corpus.citation(chunk, quote)
        highlights: tuple[Span, ...] = ()
        if stretch and evidence and evidence.stretch_probability >= self._bold:
            words = next((u.start for u in chunk.sentences if u.end > start), start)  # not a label
            low, high = max(stretch[0], begin, words), min(stretch[1], finish)
            if low < high:
                shift = len(before) - begin
                highlights = ((low + shift, high + shift),)
        return AnswerSentence(text, highlights, citation, as_of(text, citation))


def _cut(text: str, whole: Span, keep: Span, room: int) -> Span:
    """Return the part of `whole` that fits into `room`, around `keep`, cut between words."""
    start, end = whole
    if end - start <= room:
        return whole
    room -= 2 * len(_CUT)
    begin = max(start, min(keep[0] - room // 3, end - room))
    finish = min(end, begin + room)
    if begin > start:
        begin = text.find(" ", begin) + 1 or begin
    if finish < end:
        finish = max(text.rfind(" ", begin, finish), begin + 1)
    return begin, finish
