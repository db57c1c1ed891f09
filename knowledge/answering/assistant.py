"""Answers questions with sentences of the articles, or refuses."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from embeddings.english import is_english
from knowledge.answering.alternatives import alternatives
from knowledge.answering.answer import Answer, AnswerSentence, AnswerTable, Topic
from knowledge.answering.conflicting_sources import conflict_in, named_source
from knowledge.answering.curated_answers import CuratedAnswers
from knowledge.answering.dated_statement import as_of
from knowledge.answering.decision import decision_weights
from knowledge.answering.enumeration import enumeration_at
from knowledge.answering.evidence import Evidence
from knowledge.answering.excerpt import MAX_ANSWER_CHARACTERS, Excerpt, Excerpter
from knowledge.answering.explanation import Explanation
from knowledge.answering.findings import Findings
from knowledge.answering.nearby_passages import Offer, nearby_passages
from knowledge.answering.nearness import is_near
from knowledge.answering.notices import NOT_FOUND, OFF_TOPIC, english_notice
from knowledge.articles.chunk import UnitKind
from knowledge.articles.chunker import DETAILS_HEADING, HEADING_SEPARATOR
from knowledge.entities.document_numbers import document_numbers
from knowledge.retrieval.hybrid import Hit
from knowledge.retrieval.labelled_parts import LabelledParts
from knowledge.retrieval.politeness import without_politeness
from knowledge.retrieval.shortlist import SHORTLIST, QuestionWords, shortlist
from knowledge.retrieval.typed_question import tidy_question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from embeddings.reader import Reader
    from knowledge.answering.context import Context
    from knowledge.answering.office import Office
    from knowledge.articles.chunk import Chunk
    from knowledge.index.citation import Citation
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import HybridRetrieval, Query
    from knowledge.retrieval.labelled_parts import LabelledPart

SEVERAL_PARTS = "Có {count} tài liệu có {part}. Anh/chị chọn tài liệu cần xem:"
BEGINNING = "phần đầu"
_PART_CHARACTERS = 1_600  # of a part that is asked for by its label; a chunk has no more
_PARTS = 6  # documents to choose from
_HITS = 8
_TOPICS = 3
_TOPIC_TITLE = 60
_BUSY = 3  # questions at once: of further ones fewer windows are read
_FEWER = 4
_IN_CONTEXT = 0.5  # of the threshold: who gives a context judges the answer by more
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Assistant:
    """Answers from one index version. Thread-safe; a call blocks for some milliseconds.

    Without a `reader` it chooses by what retrieval knows alone.
    """

    def __init__(
        self,
        corpus: Corpus,
        retrieval: HybridRetrieval,
        office: Office,
        reader: Reader | None = None,
    ) -> None:
        self.corpus = corpus
        self._retrieval = retrieval
        self.glossary = office.glossary
        self._reader = reader
        self._parts = LabelledParts(corpus)
        self._curated = CuratedAnswers(corpus, office.curated)
        self.weights = decision_weights(reader=reader is not None)
        self._asked = threading.Semaphore(_BUSY)

    @property
    def kb_version(self) -> str:
        """The index version that answers come from."""
        return self.corpus.manifest.version

    def answer(self, question: str, context: Context | None = None) -> Answer:
        """Return the answer to `question` or a refusal; a near one has the nearest topics.

        Of evidence that is as good, what fits `context` goes first, and a less probable answer is
        given: to be judged by what the conversation knows. Raises QuestionError when the question
        is empty, too long or holds no word.
        """
        begun = time.perf_counter()
        return self._answer(question, self.find(question, context=context), begun, context)

    def spelled(self, question: str) -> str:
        """Return `question` with abbreviations and diacritics written out."""
        return self._retrieval.spelled(question)[1]

    def examine(self, question: str, top_k: int) -> tuple[Answer, Findings]:
        """Return the answer with what led to it, `top_k` retrieved chunks among it; raises so."""
        begun = time.perf_counter()
        found = self.find(question, top_k)
        return self._answer(question, found, begun), found

    def offer(self, question: str, count: int) -> Offer:
        """Return the answer and the next best passages, up to `count` together; raises so.

        A refusal comes beside `count` passages.
        """
        answer, found = self.examine(question, count)
        quoted = {citation.chunk_id for citation in answer.citations}
        room = count if answer.refused else count - 1
        return Offer(answer, tuple(islice(nearby_passages(found, self.corpus, quoted), room)))

    def find(
        self, question: str, top_k: int = _HITS, *, context: Context | None = None
    ) -> Findings:
        """Return what the answer to `question` is made of; raises as `answer`."""
        asked = self.glossary.in_vietnamese(without_politeness(tidy_question(question)))
        query = self._retrieval.query(asked)
        retrieved = self._in_force(query.text, self._retrieval.search(query, max(top_k, _HITS)))
        hits = retrieved[:_HITS]
        read = self._with_details(query, hits)
        if context is not None:
            read = self._with_passages(query, read, context.passages)
        quiet = self._asked.acquire(blocking=False)
        try:
            candidates = shortlist(query, read, self.corpus, SHORTLIST if quiet else _FEWER)
            texts = [(c.window.context, c.window.text) for c in candidates]
            readings = self._reader.read(query.text, texts) if self._reader else [None] * len(texts)
        finally:
            if quiet:
                self._asked.release()
        evidence = [Evidence(c, r) for c, r in zip(candidates, readings, strict=True)]
        bonuses = context.bonuses(evidence, self.corpus) if context is not None else None
        decision = self.weights.decide(query, evidence, self.corpus, bonuses)
        return Findings(query, hits, retrieved, decision)

    def _answer(
        self, question: str, found: Findings, begun: float, context: Context | None = None
    ) -> Answer:
        chosen = self._chosen(found, self.weights.threshold * (_IN_CONTEXT if context else 1))
        notice: str | None = None
        topics: tuple[Topic, ...] = ()
        others: tuple[Topic, ...] = ()
        shown = Excerpt(())
        sure, curated = found.decision.probability, False
        words = QuestionWords(found.query.text, self.corpus)
        excerpter = Excerpter(self.corpus, words, self.weights.bold)
        parts = self._parts.find(found.query.text)
        if parts is not None:
            shown, notice, topics = self._of_parts(parts)
            sure = 1.0 if parts else 0.0
        elif sentences := self._curated.find(words, chosen):
            shown, curated, sure = Excerpt(sentences), True, 1.0
        elif named := excerpter.named(found.decision.evidence):
            shown, sure = named, 1.0
        elif chosen is not None:
            shown, notice = self._of_evidence(found, excerpter, words)
            if notice is None:
                others = _topics_of(alternatives(found.decision.evidence, words))
        refused = not shown.sentences and not topics
        if refused:
            near = parts is not None or is_near(words, found.hits, self.corpus)
            notice, topics = (NOT_FOUND, self._topics(found.hits)) if near else (OFF_TOPIC, ())
        if english := is_english(question):
            notice = english_notice(shown.sentences, notice)
        return Answer(
            question=question,
            sentences=shown.sentences,
            notice=notice,
            refused=refused,
            confidence=round(sure, 4),
            restored_question=found.query.restored,
            kb_version=self.kb_version,
            latency_ms=round((time.perf_counter() - begun) * 1000, 2),
            topics=topics,
            table=shown.table,
            alternatives=others,
            reasons=Explanation.of(
                found, self.weights, by_label=parts is not None, curated=curated
            ),
            english=english,
        )

    def refusal(self, answer: Answer) -> Answer:
        """Return the refusal in place of an answer that misses the point; it names near topics."""
        rows = (self.corpus.row_of.get(citation.chunk_id) for citation in answer.citations)
        topics = _topics_of(self.corpus.chunks[row] for row in rows if row is not None)
        return replace(
            answer,
            sentences=(),
            notice=NOT_FOUND,
            refused=True,
            table=None,
            topics=topics,
            alternatives=(),
        )

    def _chosen(self, found: Findings, threshold: float) -> Evidence | None:
        """Return the evidence that answers, None where none does."""
        sure = found.decision.probability >= threshold
        return found.decision.evidence[0] if sure else None

    def _of_evidence(
        self, found: Findings, excerpter: Excerpter, words: QuestionWords
    ) -> tuple[Excerpt, str | None]:
        """Return the best evidence, with that of a source that contradicts it."""
        evidence = found.decision.evidence
        conflict = conflict_in(evidence, words, self.corpus)
        if conflict is not None:
            both = [excerpter.of(one, evidence) for one in (conflict.first, conflict.second)]
            if all(one.table is None for one in both):
                named = (sentence for one in both for sentence in named_source(one.sentences))
                return Excerpt(tuple(named)), conflict.notice
        return excerpter.of(evidence[0], evidence), None

    def _of_parts(self, parts: list[LabelledPart]) -> tuple[Excerpt, str | None, tuple[Topic, ...]]:
        """Return the lines of the part that the question names, or the documents that have it."""
        if len(parts) > 1:
            choice = tuple(
                Topic(f"{part.title} – {part.chunk.title}", part.chunk.chunk_id) for part in parts
            )
            return (
                Excerpt(()),
                SEVERAL_PARTS.format(count=len(parts), part=parts[0].name),
                choice[:_PARTS],
            )
        if not parts:
            return Excerpt(()), None, ()
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
        return Excerpt(tuple(sentences)), f"{notice}:", ()

    def table(self, chunk_id: str, offset: int, count: int) -> AnswerTable | None:
        """Return `count` rows, from `offset` on, of the first table in a passage; None if gone."""
        row = self.corpus.row_of.get(chunk_id)
        chunk = None if row is None else self.corpus.chunks[row]
        units = () if chunk is None else chunk.sentences
        place = next((n for n, unit in enumerate(units) if unit.kind is UnitKind.ROW), None)
        if chunk is None or place is None:
            return None
        table = enumeration_at(self.corpus, chunk, place)
        return table.shown(table.members[offset : offset + count]) if table else None

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

    def _in_force(self, question: str, hits: list[Hit]) -> list[Hit]:
        """Return the hits without those of documents that another one has ended.

        All stay for a question that names such a document, or a year, and where nothing else would.
        """
        if not self.corpus.ended or _YEAR.search(question) or document_numbers(question):
            return hits
        kept = [hit for hit in hits if hit.chunk.article_id not in self.corpus.ended]
        return kept or hits

    def _with_details(self, query: Query, hits: list[Hit]) -> list[Hit]:
        """Return the hits, and number, date and signer of the documents that they are of."""
        found = {hit.chunk.chunk_id for hit in hits}
        more: list[Hit] = []
        for hit in hits:
            row = self.corpus.row_of[hit.chunk.chunk_id] - hit.chunk.ordinal
            details = self.corpus.chunks[row]
            if details.heading != DETAILS_HEADING or details.chunk_id in found:
                continue
            found.add(details.chunk_id)
            more.append(self._hit(query, row, hit.score))
        return hits + more

    def _with_passages(self, query: Query, hits: list[Hit], passages: Collection[str]) -> list[Hit]:
        """Return the hits, and those of `passages` that are not among them, ranked last."""
        found = {hit.chunk.chunk_id for hit in hits}
        rows = [self.corpus.row_of[name] for name in passages if name in self.corpus.row_of]
        least = min((hit.score for hit in hits), default=0.0)
        return hits + [
            self._hit(query, row, least)
            for row in rows
            if self.corpus.chunks[row].chunk_id not in found
        ]

    def _hit(self, query: Query, row: int, score: float) -> Hit:
        sentences, _ = self.corpus.vectors.of_sentences([row])
        similarities = sentences @ query.vector
        similarity = float(self.corpus.vectors.of_passages([row])[0] @ query.vector)
        return Hit(self.corpus.chunks[row], score, similarity, tuple(map(float, similarities)))

    def _topics(self, hits: list[Hit]) -> tuple[Topic, ...]:
        return _topics_of(hit.chunk for hit in hits)


def _topics_of(chunks: Iterable[Chunk]) -> tuple[Topic, ...]:
    """Return the headings of the first passages, each once."""
    topics: dict[tuple[str, str], Topic] = {}
    for chunk in chunks:
        topic = Topic(_topic_title(chunk), chunk.chunk_id, chunk.title)
        topics.setdefault((topic.article, topic.title), topic)
    return tuple(topics.values())[:_TOPICS]


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
