"""Answers questions with sentences of the articles, or refuses."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from embeddings.vietnamese import has_diacritics
from knowledge.answering import conflicting_sources
from knowledge.answering.answer import Answer, AnswerSentence, AnswerTable, Topic
from knowledge.answering.coverage import QuestionCoverage
from knowledge.answering.decision import ANSWER_THRESHOLD, calibration_for, confidence
from knowledge.answering.evidence import Evidence, EvidenceRanker
from knowledge.answering.excerpt import MAX_ANSWER_CHARACTERS, Excerpter
from knowledge.answering.labelled_parts import LabelledParts, label_form
from knowledge.answering.mottos import Mottos
from knowledge.answering.question import (
    AnalysedQuestion,
    QuestionKind,
    analyse,
    without_politeness,
)
from knowledge.answering.statement import as_of
from knowledge.answering.tables import MOST_ROWS, TableReader, table_at
from knowledge.articles.chunk import UnitKind
from knowledge.articles.chunker import HEADING_SEPARATOR
from knowledge.entities.document_numbers import document_numbers
from knowledge.retrieval.typed_question import tidy_question

if TYPE_CHECKING:
    from knowledge.answering.labelled_parts import LabelledPart
    from knowledge.answering.office import Office, UnstatedFact
    from knowledge.answering.tables import TableReading
    from knowledge.articles.chunk import Chunk
    from knowledge.index.citation import Citation
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Hit, HybridRetrieval, Query

REFUSAL = "Tài liệu hiện có không nêu điều này."
SEVERAL_PARTS = "Có {count} tài liệu có {part}. Anh/chị chọn tài liệu cần xem:"
BEGINNING = "phần đầu"
_PART_CHARACTERS = 1_600  # of a part that is asked for by its label; a chunk has no more
_PARTS = 6  # documents to choose from
_HITS = 8
_EQUAL = 1e-6
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CONSIDERED = 24
_COMPARED = 4
_TOPICS = 3
_TOPIC_TITLE = 60
_SECOND_SENTENCE_KINDS = frozenset(
    {QuestionKind.DEFINITION, QuestionKind.OTHER, QuestionKind.REASON, QuestionKind.LIST}
)
_SECOND_SENTENCE_MARGIN = 0.8
# A part that is named is itself the answer when its text is asked for, not a date or name in it.
_TEXT_KINDS = frozenset({QuestionKind.DEFINITION, QuestionKind.OTHER, QuestionKind.LIST})


@dataclass(frozen=True, slots=True)
class _Findings:
    """What was found for one question: the evidence, best first, and how sure the best is.

    The evidence comes from `hits`, the best of the `retrieved`.
    """

    question: AnalysedQuestion
    query: Query
    excerpter: Excerpter
    hits: list[Hit]
    retrieved: list[Hit]
    evidence: list[Evidence]
    confidence: float


class Assistant:
    """Answers from one index version. Thread-safe; a call blocks for some milliseconds."""

    def __init__(self, corpus: Corpus, retrieval: HybridRetrieval, office: Office) -> None:
        self.corpus = corpus
        self._retrieval = retrieval
        self.glossary = office.glossary
        self._unstated_facts = office.unstated
        self._ranker = EvidenceRanker(corpus)
        self._tables = TableReader(corpus)
        self._parts = LabelledParts(corpus)
        self._mottos = Mottos(corpus, self.glossary)
        self._calibration = calibration_for(corpus.manifest.space.model_id)

    @property
    def kb_version(self) -> str:
        """The index version that answers come from."""
        return self.corpus.manifest.version

    def answer(self, question: str) -> Answer:
        """Return the answer to `question` or a refusal with the nearest topics.

        Raises QuestionError when the question is empty, too long or holds no word.
        """
        begun = time.perf_counter()
        return self._answer(question, self._find(tidy_question(question)), begun)

    def examine(self, question: str, top_k: int) -> tuple[Answer, list[Chunk], list[str]]:
        """Return the answer with what led to it, for evaluation.

        That is the `top_k` best chunks, and the sentences in order of evidence. Raises as `answer`.
        """
        begun = time.perf_counter()
        found = self._find(tidy_question(question), top_k)
        answer = self._answer(question, found, begun)
        ranked = [evidence.sentence.text for evidence in found.evidence]
        return answer, [hit.chunk for hit in found.retrieved], ranked

    def _answer(self, question: str, found: _Findings, begun: float) -> Answer:
        notice: str | None = None
        table: AnswerTable | None = None
        topics: tuple[Topic, ...] = ()
        fact = self._unstated(found)
        asks_for_text = found.question.kind in _TEXT_KINDS
        parts = self._parts.find(found.query.text) if asks_for_text else None
        if parts is not None:
            sentences, notice, topics = self._of_parts(parts)
            sure = 1.0 if parts else 0.0
        elif (reading := self._read_table(found)) is not None:
            sentences, table = self._of_table(reading, found.question)
            sure = max(found.confidence, reading.coverage)
        elif fact is not None:
            sentences = self._related(fact)
            notice = fact.notice if sentences else None
            sure = 1.0 if sentences else 0.0
        elif found.confidence >= ANSWER_THRESHOLD:
            sentences, notice = self._sentences(found)
            sure = found.confidence
        else:
            sentences, sure = [], found.confidence
        refused = not sentences and not topics
        return Answer(
            question=question,
            sentences=tuple(sentences),
            notice=REFUSAL if refused else notice,
            refused=refused,
            confidence=round(sure, 4),
            restored_question=found.query.restored,
            kb_version=self.kb_version,
            latency_ms=round((time.perf_counter() - begun) * 1000, 2),
            topics=topics or (self._topics(found.hits) if refused else ()),
            table=table,
        )

    def _of_parts(
        self, parts: list[LabelledPart]
    ) -> tuple[list[AnswerSentence], str | None, tuple[Topic, ...]]:
        """Return the lines of the part that the question names, or the documents that have it."""
        if len(parts) > 1:
            choice = tuple(
                Topic(f"{part.title} – {part.chunk.title}", part.chunk.chunk_id) for part in parts
            )
            return [], SEVERAL_PARTS.format(count=len(parts), part=parts[0].name), choice[:_PARTS]
        if not parts:
            return [], None, ()
        sentences: list[AnswerSentence] = []
        notice = f"{parts[0].title} ({parts[0].chunk.title})"
        room = _PART_CHARACTERS
        for chunk, start, end in parts[0].lines:
            text = chunk.text[start:end]
            room -= len(text)
            if sentences and room < 0:
                notice = f"{notice}, {BEGINNING}"
                break
            citation = self.corpus.citation(chunk, text)
            sentences.append(AnswerSentence(text, (), citation, as_of(text, citation)))
        return sentences, f"{notice}:", ()

    def _read_table(self, found: _Findings) -> TableReading | None:
        """Return what a table answers, unless a sentence says more of what is asked."""
        bare = not has_diacritics(found.query.typed)
        reading = self._tables.read(found.question, found.hits, bare=bare)
        best = found.evidence[0].coverage if found.evidence else 0.0
        says_as_much = reading is not None and reading.coverage >= best - _EQUAL
        return reading if says_as_much else None

    def _of_table(
        self, reading: TableReading, question: AnalysedQuestion
    ) -> tuple[list[AnswerSentence], AnswerTable | None]:
        """Return the rows that answer, and the table that several of them are shown as."""
        rows = [
            AnswerSentence(
                row.unit.text,
                reading.highlights(row, question),
                self.corpus.citation(row.chunk, row.unit.text),
            )
            for row in reading.rows[:MOST_ROWS]
        ]
        if len(rows) == 1:
            return rows, None
        return rows, reading.table.shown(reading.rows[:MOST_ROWS])

    def table(self, chunk_id: str, offset: int, count: int) -> AnswerTable | None:
        """Return `count` rows, from `offset` on, of the first table in a passage; None if gone."""
        row = self.corpus.row_of.get(chunk_id)
        units = () if row is None else self.corpus.chunks[row].sentences
        unit = next((unit for unit in units if unit.kind is UnitKind.ROW), None)
        if row is None or unit is None:
            return None
        table = table_at(self.corpus, self.corpus.chunks[row], unit)
        return table.shown(table.rows[offset : offset + count])

    def topic(self, chunk_id: str) -> Answer | None:
        """Return the beginning of the passage `chunk_id` as an answer, or None if it is gone."""
        begun = time.perf_counter()
        row = self.corpus.row_of.get(chunk_id)
        if row is None:
            return None
        chunk = self.corpus.chunks[row]
        end = max(
            (s.end for s in chunk.sentences if s.end <= MAX_ANSWER_CHARACTERS),
            default=MAX_ANSWER_CHARACTERS,
        )
        quote = chunk.text[:end]
        shown = quote if end >= len(chunk.text) else f"{quote} …"
        citation = self.corpus.citation(chunk, quote)
        sentence = AnswerSentence(shown, (), citation, as_of(quote, citation))
        return Answer(
            question=_topic_title(chunk),
            sentences=(sentence,),
            notice=None,
            refused=False,
            confidence=1.0,
            restored_question=None,
            kb_version=self.kb_version,
            latency_ms=round((time.perf_counter() - begun) * 1000, 2),
        )

    def citation(self, chunk_id: str) -> Citation | None:
        """Return the citation of the whole passage `chunk_id`, or None if it is gone."""
        row = self.corpus.row_of.get(chunk_id)
        return None if row is None else self.corpus.citation(self.corpus.chunks[row])

    def _find(self, typed: str, top_k: int = _HITS) -> _Findings:
        query = self._retrieval.query(self.glossary.expand(without_politeness(typed)))
        retrieved = self._in_force(query.text, self._retrieval.search(query, max(top_k, _HITS)))
        hits = retrieved[:_HITS]
        question = self._mottos.asked(analyse(query.text), hits, mended=query.restored is not None)
        coverage = QuestionCoverage(
            question, self.corpus, self.glossary, bare=not has_diacritics(query.typed)
        )
        evidence = self._ranker.rank(query, question, coverage, hits)[:_CONSIDERED]
        sure = 0.0
        if question.content and evidence:
            (hit,) = (hit for hit in hits if hit.chunk is evidence[0].chunk)
            sure = confidence(question, coverage, evidence[0], hit, self._calibration)
        return _Findings(
            question, query, Excerpter(question, coverage), hits, retrieved, evidence, sure
        )

    def _in_force(self, question: str, hits: list[Hit]) -> list[Hit]:
        """Return the hits without those of documents that another one has ended.

        All stay for a question that names such a document, or a year, and where nothing else would.
        """
        if not self.corpus.ended or _YEAR.search(question) or document_numbers(question):
            return hits
        kept = [hit for hit in hits if hit.chunk.article_id not in self.corpus.ended]
        return kept or hits

    def _sentences(self, found: _Findings) -> tuple[list[AnswerSentence], str | None]:
        """Return the answering sentences, and the notice that sources differ where they do."""
        best = found.evidence[0]
        answer = [self._sentence(found, best)]
        if answer[0].text.endswith(":") and (led := _led_in(best)):
            return [*answer, *(self._led_in(found, evidence) for evidence in led)], None
        if found.question.formulas:
            answer.extend(self._missing_members(found, answer))
            return answer, None
        rest = [e for e in found.evidence[1:] if e.sentence.text != best.sentence.text]
        if motto := conflicting_sources.differing_motto(answer[0].text, rest):
            return [*answer, self._sentence(found, *motto)], conflicting_sources.NOTICE
        other = None
        if found.question.kind in conflicting_sources.VALUE_KINDS:
            values = [(e, _value(self._sentence(found, e))) for e in rest[:_COMPARED]]
            other = conflicting_sources.differing_value(best, _value(answer[0]), values)
        if other is not None:
            return [*answer, self._sentence(found, other)], conflicting_sources.NOTICE
        if found.question.kind in _SECOND_SENTENCE_KINDS and rest:
            second = rest[0]
            close = second.score >= best.score - _SECOND_SENTENCE_MARGIN
            extra = self._sentence(found, second)
            room = MAX_ANSWER_CHARACTERS - len(answer[0].text)
            fresh = extra.citation.quote not in answer[0].text
            if answer[0].citation.quote in extra.citation.quote:
                return ([extra] if close else answer), None
            if close and fresh and second.coverage >= best.coverage and len(extra.text) <= room:
                answer.append(extra)
        return answer, None

    def _led_in(self, found: _Findings, evidence: Evidence) -> AnswerSentence:
        """Return a line behind a colon; an item as it stands, without its lead-in again."""
        unit, text = evidence.sentence, evidence.chunk.text
        if unit.kind is not UnitKind.ITEM:
            return self._sentence(found, evidence)
        line = text[text.rfind("\n", 0, unit.start) + 1 : unit.end]
        citation = self.corpus.citation(evidence.chunk, line)
        return AnswerSentence(line, (), citation, as_of(line, citation))

    def _missing_members(
        self, found: _Findings, answer: list[AnswerSentence]
    ) -> list[AnswerSentence]:
        """Return sentences for the mottos of the question that `answer` does not spell out."""
        wanted = sum(count for count, _ in found.question.formulas)
        shown = {_folded_text(text) for text in _highlighted(answer)}
        extra: list[AnswerSentence] = []
        for evidence in found.evidence[1:]:
            if len(shown) >= wanted:
                break
            sentence = self._sentence(found, evidence)
            fresh = {_folded_text(text) for text in _highlighted([sentence])} - shown
            if fresh:
                shown |= fresh
                extra.append(sentence)
        return extra

    def _unstated(self, found: _Findings) -> UnstatedFact | None:
        """Return the fact that the question asks for and no hit states, or None."""
        for fact in self._unstated_facts:
            if fact.is_asked(found.question):
                stated = any(fact.is_stated(hit.chunk.text) for hit in found.hits)
                return None if stated else fact
        return None

    def _related(self, fact: UnstatedFact) -> list[AnswerSentence]:
        """Return the answers to the questions that are related to `fact`."""
        sentences: list[AnswerSentence] = []
        for text in fact.related:
            found = self._find(text)
            stated = [evidence for evidence in found.evidence if evidence.has_kind]
            if found.confidence >= ANSWER_THRESHOLD and stated:
                sentences.append(self._sentence(found, stated[0]))
        return list({sentence.text: sentence for sentence in sentences}.values())

    def _sentence(
        self, found: _Findings, evidence: Evidence, focus: str | None = None
    ) -> AnswerSentence:
        excerpt = found.excerpter.of(evidence, focus)
        text, highlights = excerpt.shown()
        citation = self.corpus.citation(evidence.chunk, excerpt.text)
        return AnswerSentence(text, highlights, citation, as_of(text, citation))

    def _topics(self, hits: list[Hit]) -> tuple[Topic, ...]:
        topics: dict[str, Topic] = {}
        for hit in hits:
            title = _topic_title(hit.chunk)
            topics.setdefault(title, Topic(title, hit.chunk.chunk_id))
        return tuple(topics.values())[:_TOPICS]


def _led_in(evidence: Evidence) -> list[Evidence]:
    """Return what a unit leads in by its colon: the lines or items behind it, up to its like."""
    text, units = evidence.chunk.text, evidence.chunk.sentences
    like = label_form(text, evidence.sentence.start)
    led: list[Evidence] = []
    room = MAX_ANSWER_CHARACTERS - len(evidence.sentence.text)
    for position in range(evidence.position + 1, len(units)):
        unit = units[position]
        room -= len(unit.text)
        ends = led and led[-1].sentence.kind is not unit.kind
        if ends or room < 0 or unit.text.endswith(":"):
            break
        if unit.kind is UnitKind.ITEM and like and label_form(text, unit.start) == like:
            break
        led.append(replace(evidence, position=position))
    return led


def _topic_title(chunk: Chunk) -> str:
    """Return the nearest heading; without one, the beginning of the passage."""
    if chunk.heading:
        return chunk.heading.rsplit(HEADING_SEPARATOR, 1)[-1]
    words = chunk.text.split()
    title = ""
    for word in words:
        if len(title) + len(word) > _TOPIC_TITLE:
            return f"{title.rstrip(' ,;:')}…"
        title = f"{title} {word}".strip()
    return title


def _highlighted(sentences: list[AnswerSentence]) -> list[str]:
    return [s.text[start:end] for s in sentences for start, end in s.highlights]


def _value(sentence: AnswerSentence) -> str:
    return " ".join(_highlighted([sentence]))


def _folded_text(text: str) -> str:
    return " ".join(text.lower().split())
