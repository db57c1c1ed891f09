"""More of what an answer was taken from."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from embeddings.vietnamese import plain
from knowledge.answering.answer import AnswerSentence

if TYPE_CHECKING:
    from knowledge.answering.answer import Answer
    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus


def more_of(corpus: Corpus, answer: Answer) -> Answer | None:
    """Return the passage of an answer in full or, where it was shown so, the next of its article.

    None at the end of the article, and where the passage is gone.
    """
    if not answer.citations:
        return None
    row = corpus.row_of.get(answer.citations[0].chunk_id)
    if row is None:
        return None
    if _is_shown(corpus.chunks[row], answer):
        row += 1
        if row == len(corpus.chunks) or corpus.chunks[row].ordinal == 0:
            return None
    chunk = corpus.chunks[row]
    passage = AnswerSentence(chunk.text, (), corpus.citation(chunk))
    return dataclasses.replace(
        answer,
        sentences=(passage,),
        notice=None,
        topics=(),
        table=None,
        refused=False,
        generated=False,
        understood=None,
        alternatives=(),
    )


def _is_shown(chunk: Chunk, answer: Answer) -> bool:
    text = plain(answer.text)
    return all(plain(unit.text) in text for unit in chunk.sentences)
