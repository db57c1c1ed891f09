"""Passages beside an answer: what else was found for a question, each with its best words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.answering.answer import AnswerSentence
from knowledge.answering.dated_statement import as_of
from knowledge.retrieval.windows import window_around

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knowledge.answering.answer import Answer
    from knowledge.answering.findings import Findings
    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.windows import Window


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to a question that may not be typed to its end: the answer, and passages."""

    answer: Answer
    passages: tuple[AnswerSentence, ...]


def nearby_passages(
    found: Findings, corpus: Corpus, besides: Collection[str]
) -> Iterator[AnswerSentence]:
    """Yield the best words of each passage, the best first, without the passages `besides`.

    They are those that were read with the question where any were, else those nearest to it.
    """
    windows = {evidence.chunk.chunk_id: evidence for evidence in reversed(found.decision.evidence)}
    nearest = {hit.chunk.chunk_id: hit.sentence_similarities for hit in found.retrieved}
    for chunk in found.ranked:
        if chunk.chunk_id in besides:
            continue
        if (evidence := windows.get(chunk.chunk_id)) is not None:
            window = evidence.candidate.window
        else:
            window = _nearest_window(chunk, nearest[chunk.chunk_id])
        citation = corpus.citation(chunk, window.text)
        yield AnswerSentence(window.text, (), citation, as_of(window.text, citation))


def _nearest_window(chunk: Chunk, similarities: tuple[float, ...]) -> Window:
    return window_around(chunk, max(range(len(similarities)), key=similarities.__getitem__))
