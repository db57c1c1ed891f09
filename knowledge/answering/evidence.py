"""Ranks the sentences of retrieved chunks as evidence for a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from embeddings.vietnamese import syllables
from knowledge.answering.question import SHORT_QUESTION, Focus, QuestionKind
from knowledge.answering.spans import answer_spans, formula_spans, new_spans
from knowledge.answering.statement import (
    asks_document_date,
    complement_span,
    dates_only_the_decision,
    reach_back,
    states_document_date,
)

if TYPE_CHECKING:
    from knowledge.answering.coverage import QuestionCoverage
    from knowledge.answering.question import AnalysedQuestion
    from knowledge.articles.chunk import Chunk, Sentence
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Hit, Query

# How much worse a sentence may be that holds a date, a figure … when one is asked for.
_FORM_MARGINS = {
    QuestionKind.DATE: 3.0,
    QuestionKind.DURATION: 3.0,
    QuestionKind.COUNT: 3.0,
    QuestionKind.DOCUMENT: 3.0,
    QuestionKind.PERSON: 1.0,
}
_CLAUSE_END = re.compile(r"[,;:]\s")
_MEMBERS = re.compile(r",.*(?:,| và )")
_OWN_HEADING = 0.8  # of the question, in a heading that asks the same
_REMEMBERED = 4096  # texts whose syllables are remembered, some 10 MB
_HEDGE = "Theo một nguồn"
_SAYS_WHAT = frozenset({QuestionKind.DEFINITION, QuestionKind.OTHER})


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much each feature counts in a sentence's score."""

    similarity: float = 0.7
    coverage: float = 6.0
    passage: float = 0.5
    kind: float = 1.2
    formula: float = 4.0
    complement: float = 3.0
    focus: float = 1.0
    heading: float = 1.5
    own_heading: float = 2.0
    document_date: float = 2.0
    decision: float = -3.0
    hedge: float = -0.5


_WEIGHTS = _Weights()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with what speaks for it.

    `similarity` is its cosine to the question, `coverage` the share of the question that it covers
    itself, `context_coverage` the share covered with its whole passage, title and heading.
    """

    chunk: Chunk
    position: int
    score: float
    similarity: float
    coverage: float
    context_coverage: float
    has_kind: bool

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.chunk.sentences[self.position]


class EvidenceRanker:
    """Orders the sentences of hits by how well they answer the question."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._syllables = lru_cache(maxsize=_REMEMBERED)(syllables)

    def rank(
        self, query: Query, question: AnalysedQuestion, coverage: QuestionCoverage, hits: list[Hit]
    ) -> list[Evidence]:
        """Return all sentences of `hits`, best evidence first."""
        scorer = _Scorer(question, coverage)
        ranked: list[Evidence] = []
        top = hits[0].score if hits else 0.0
        every = np.array([s for hit in hits for s in hit.sentence_similarities], dtype=np.float32)
        scores = iter(self._corpus.sentence_statistics.standardise(query.vector, every).tolist())
        for hit in hits:
            standard = list(islice(scores, len(hit.chunk.sentences)))
            context = coverage.of(self._syllables(hit.chunk.embedded_text))
            shared = scorer.of_passage(hit.score - top, self._syllables(hit.chunk.heading))
            earlier: list[list[str]] = []
            for position, sentence in enumerate(hit.chunk.sentences):
                tokens = self._syllables(sentence.text)
                covered = coverage.of(tokens)
                similarity = standard[position]
                if position and (reach := reach_back(sentence.text)):
                    before = list(chain.from_iterable(earlier[-reach:]))
                    both = coverage.of([*before, *tokens])
                    if both > coverage.of(before):  # read with the sentences before, it says more
                        covered = both
                        similarity = max(similarity, (standard[position - 1] + similarity) / 2)
                earlier.append(tokens)
                score, has_kind = scorer.of_sentence(sentence.text, tokens, similarity, covered)
                ranked.append(
                    Evidence(
                        hit.chunk,
                        position,
                        shared + score,
                        hit.sentence_similarities[position],
                        covered,
                        context,
                        has_kind,
                    )
                )
        ranked.sort(key=lambda evidence: -evidence.score)
        return _form_first(ranked, question)


class _Scorer:
    """Scores sentences for one question."""

    def __init__(self, question: AnalysedQuestion, coverage: QuestionCoverage) -> None:
        self._question, self._coverage = question, coverage
        self._of_document = asks_document_date(question)
        self._counts = (
            question.kind is QuestionKind.COUNT and len(question.content) <= SHORT_QUESTION
        )
        self._lists = question.kind is QuestionKind.LIST and not question.formulas
        named = question.kind is QuestionKind.PERSON and any(
            word == "tên"
            for _, word in question.content  # "tên gì"
        )
        what = question.kind in _SAYS_WHAT and not question.is_yes_no
        self._says_what = self._lists or named or what

    def of_passage(self, lead: float, heading: list[str]) -> float:
        """Return what all sentences of a passage have; `lead` is its score above the best's."""
        covered = self._coverage.of(heading)
        own = covered >= _OWN_HEADING
        return _WEIGHTS.passage * lead + _WEIGHTS.heading * covered + _WEIGHTS.own_heading * own

    def of_sentence(
        self, text: str, tokens: list[str], similarity: float, covered: float
    ) -> tuple[float, bool]:
        """Return a sentence's own score, and whether it holds the form that is asked for."""
        question, coverage = self._question, self._coverage
        has_kind = bool(new_spans(text, question))
        if has_kind and self._counts:
            has_kind = _counts_what_is_asked(text, question, coverage)
        focused = bool(question.focus.places) and coverage.holds(question.focus, tokens)
        formulas = sum(bool(formula_spans(text, *formula)) for formula in question.formulas)
        signed = self._of_document and has_kind and states_document_date(text)
        score = (
            _WEIGHTS.similarity * similarity
            + _WEIGHTS.coverage * covered
            + _WEIGHTS.kind * has_kind
            + _WEIGHTS.formula * formulas
            + _WEIGHTS.complement * (self._says_what and self._has_complement(text))
            + _WEIGHTS.focus * focused
            + _WEIGHTS.document_date * signed
            + _WEIGHTS.decision * dates_only_the_decision(text, question)
            + _WEIGHTS.hedge * text.startswith(_HEDGE)
        )
        return score, has_kind

    def _has_complement(self, text: str) -> bool:
        span = complement_span(text, self._coverage)
        if span is None:
            return False
        return not self._lists or _MEMBERS.search(text[slice(*span)]) is not None


def _counts_what_is_asked(
    text: str, question: AnalysedQuestion, coverage: QuestionCoverage
) -> bool:
    """Tell whether a clause of `text` holds both a figure and the noun after "bao nhiêu"."""
    if not question.focus.is_phrase:
        return True
    noun = Focus(question.focus.places[:1])
    return any(
        answer_spans(clause, question.kind) and coverage.holds(noun, syllables(clause))
        for clause in _CLAUSE_END.split(text)
    )


def _form_first(ranked: list[Evidence], question: AnalysedQuestion) -> list[Evidence]:
    """Move the best sentence that holds a date, figure … to the front when one was asked for."""
    margin = _FORM_MARGINS.get(question.kind)
    if margin is None or not ranked or ranked[0].has_kind:
        return ranked
    for evidence in ranked:
        if evidence.has_kind and evidence.score >= ranked[0].score - margin:
            return [evidence, *(other for other in ranked if other is not evidence)]
    return ranked
