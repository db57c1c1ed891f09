"""Records answers beside the conversation: nobody waits for it, and its failures stop nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.database.errors import DatabaseError
from bot.features.answer_log.answer_id import new_answer_id
from bot.features.answer_log.logged_answer import ChatKind, RecordedAnswer

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Callable, Sequence

    from bot.features.answer_log.question_wording import QuestionWording
    from bot.features.answer_log.store import Record
    from embeddings.encoder import FloatMatrix
    from knowledge import Answer

MOST_WAITING = 1000
"""Answers that may wait for a slow database; more are given up, each with a line in the log."""

_log = structlog.get_logger(__name__)


class QueryEncoder(Protocol):
    """What turns questions into vectors: `embeddings.Encoder` has it."""

    @property
    def model_id(self) -> str:
        """The stable identity of the model."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return one unit vector per query, shape (len(texts), dimension); blocks."""
        ...


class Recorder:
    """Takes answers and stores each in a task of its own; belongs to one event loop."""

    def __init__(
        self,
        record: Record,
        wording: QuestionWording,
        encoder: QueryEncoder,
        *,
        rng: random.Random,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._record = record
        self._wording = wording
        self._encoder = encoder
        self._rng = rng
        self._now = now
        self._waiting: dict[str, asyncio.Task[None]] = {}

    def new_answer_id(self) -> str:
        """Return an id for the next answer, to be put under it before it is sent."""
        return new_answer_id(self._rng)

    def remember(
        self, answer: Answer, *, answer_id: str, person_id: int | None, chat_kind: ChatKind
    ) -> None:
        """Begin to store an answer that was just shown; returns at once and raises nothing."""
        if len(self._waiting) >= MOST_WAITING:
            _log.error("answer_not_recorded", answer_id=answer_id, reason="too many are waiting")
            return
        storing = asyncio.get_running_loop().create_task(
            self._store(answer, answer_id, person_id, chat_kind, self._now())
        )
        self._waiting[answer_id] = storing
        storing.add_done_callback(lambda task: self._stored(answer_id, task))

    async def settled(self, answer_id: str) -> None:
        """Wait until the answer is stored, if it is on its way: votes may overtake it."""
        if (storing := self._waiting.get(answer_id)) is not None:
            await asyncio.wait([storing])

    async def close(self) -> None:
        """Wait until everything taken is stored or given up."""
        while self._waiting:
            await asyncio.wait(list(self._waiting.values()))

    async def _store(
        self,
        answer: Answer,
        answer_id: str,
        person_id: int | None,
        chat_kind: ChatKind,
        shown_at: dt.datetime,
    ) -> None:
        recorded = RecordedAnswer.of(
            answer,
            answer_id=answer_id,
            shown_at=shown_at,
            person_id=person_id,
            chat_kind=chat_kind,
            normalised=self._wording.normalised(answer.question, answer.restored_question),
        )
        vector = None
        if recorded.refused:  # gaps are grouped by their vectors
            matrix = await asyncio.to_thread(self._encoder.encode_queries, [recorded.normalised])
            vector = self._encoder.model_id, matrix[0]
        await self._record.add(recorded, vector)

    def _stored(self, answer_id: str, task: asyncio.Task[None]) -> None:
        self._waiting.pop(answer_id, None)
        if task.cancelled():
            _log.error("answer_not_recorded", answer_id=answer_id, reason="cancelled")
            return
        error = task.exception()
        if isinstance(error, DatabaseError):
            _log.error("answer_not_recorded", answer_id=answer_id, reason=str(error))
        elif error is not None:
            _log.error("answer_not_recorded", answer_id=answer_id, exc_info=error)
