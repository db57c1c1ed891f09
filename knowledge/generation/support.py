"""Whether a passage bears a sentence out, and whether that has to do with the question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import syllables
from knowledge.generation.claims import unsupported_claims
from knowledge.generation.content_words import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from embeddings.reader import Reader
    from knowledge.answering.answer import Answer
    from knowledge.generation.passages import Passage

_LEAST_WORDS = 2  # that state something; less is no sentence
_NEW = 0.1  # of a sentence's words, that neither statement nor passage has
_OWN = 0.6  # of its words, that the statement itself has: headings alone state nothing
_PIECE = re.compile(r"[,;:]\s+|\s+và\s+")
# Logits that a sentence may be read as less of an answer than the best statement. On the golden set
# 88 % of what extracted answers show lie above, and a quarter of instructions put into a document.
_BEHIND = 4.0


class Support:
    """Holds sentences against passages, for one question. A check takes some milliseconds.

    By rule: all that is claimed, and all but few of the words, must stand in one statement of the
    passage. By the reader (where there is one): the sentence must go some way to answer, so that
    what a passage says to whoever reads it isn't passed on.
    """

    def __init__(
        self, extracted: Answer, passages: Sequence[Passage], reader: Reader | None
    ) -> None:
        self._question = extracted.restored_question or extracted.question
        self._passages = {passage.number: passage for passage in passages}
        self._reader = reader
        self._best: float | None = None

    def citing(self, sentence: str, cited: Iterable[int]) -> Passage | None:
        """Return the first of the `cited` passages that bears `sentence` out, or None."""
        for number in cited:
            passage = self._passages.get(number)
            if passage and bearing(sentence, passage) and self._answers(passage, sentence):
                return passage
        return None

    def _answers(self, passage: Passage, sentence: str) -> bool:
        if self._reader is None:
            return True
        if self._best is None:
            texts = [(p.context, text) for p in self._passages.values() for text in p.statements]
            self._best = max(r.logit for r in self._reader.read(self._question, texts))
        (reading,) = self._reader.read(self._question, [(passage.context, sentence)])
        return reading.logit >= self._best - _BEHIND


def bearing(sentence: str, passage: Passage) -> str | None:
    """Return the statement of `passage` that bears `sentence` out, or None.

    A sentence that lists may take each of its parts from another item of a list.
    """
    if len(content(sentence)) < _LEAST_WORDS:
        return None
    for statement in passage.statements:
        if _bears(statement, sentence, passage):
            return statement
    items = [statement for statement in passage.statements if "\n" in statement]
    if not items:
        return None
    pieces = [piece for piece in _PIECE.split(sentence) if content(piece)]
    listed = all(any(_bears(item, piece, passage) for item in items) for piece in pieces)
    return "\n".join(items) if listed else None


def _bears(statement: str, sentence: str, passage: Passage) -> bool:
    words = content(sentence)
    own, near = set(syllables(statement)), set(syllables(passage.context))
    new = [word for word in words if word not in own | near]
    if len(new) > _NEW * len(words) or sum(word in own for word in words) < _OWN * len(words):
        return False
    if set(new) & set(syllables(passage.citation.quote)):  # taken from another statement
        return False
    return not unsupported_claims(sentence, statement, passage.context)
