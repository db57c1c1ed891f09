"""What stands so far of an answer that is written in place of an extracted one."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from embeddings.vietnamese import plain
from knowledge.answering.answer import AnswerSentence
from knowledge.answering.dated_statement import as_of
from knowledge.generation.completeness import tells_all
from knowledge.generation.draft import Draft, Ending
from knowledge.generation.sentence_cutter import MOST_CHARACTERS
from knowledge.generation.support import Support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.reader import Reader
    from knowledge.answering.answer import Answer
    from knowledge.generation.passages import Passage
    from knowledge.generation.sentence_cutter import WrittenSentence

MOST_SENTENCES = 8


class Attempt:
    """Takes written sentences one by one; those that stand make up the answer."""

    def __init__(
        self, extracted: Answer, passages: Sequence[Passage], reader: Reader | None
    ) -> None:
        self._extracted = extracted
        self._support = Support(extracted, passages, reader)
        self._dropped = 0
        self._begun = time.perf_counter()
        self._sentences: list[AnswerSentence] = []

    @property
    def is_long(self) -> bool:
        """Whether no more is wanted."""
        return len(self._sentences) >= MOST_SENTENCES

    async def takes(self, written: WrittenSentence) -> bool:
        """Tell whether a sentence is new and stands; one that doesn't stand is counted."""
        if any(plain(written.text) == plain(other.text) for other in self._sentences):
            return False
        passage = None
        if len(written.text) <= MOST_CHARACTERS:
            # the reader takes milliseconds, in which other people are answered
            passage = await asyncio.to_thread(self._support.citing, written.text, written.cited)
        if passage is None:
            self._dropped += 1
            return False
        citation = passage.citation
        note = as_of(written.text, citation)
        self._sentences.append(AnswerSentence(written.text, (), citation, note))
        return True

    @property
    def draft(self) -> Draft:
        """What may be shown now."""
        return Draft(self._answer, self._dropped)

    def result(self, ending: Ending, error: BaseException | None) -> Draft:
        """Return the last draft: what was written, or else the extracted answer."""
        if self._sentences and tells_all(self._extracted, self._sentences):
            return Draft(self._answer, self._dropped, Ending.WRITTEN, error)
        if ending is Ending.WRITTEN:
            ending = Ending.UNSUPPORTED
        return Draft(self._extracted, self._dropped, ending, error)

    @property
    def _answer(self) -> Answer:
        took = (time.perf_counter() - self._begun) * 1000
        return replace(
            self._extracted,
            sentences=tuple(self._sentences),
            latency_ms=round(self._extracted.latency_ms + took, 2),
            generated=True,
        )
