"""Logs answers beside the conversation: nobody waits for it, and its failures stop nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.database.errors import DatabaseError
from bot.database.once import chance
from bot.features.answer_log.logged_answer import ChatKind, LoggedAnswer, new_answer_id
from bot.telegram.handling import goes_on

if TYPE_CHECKING:
    import datetime as dt

    from bot.feature import Core
    from bot.features.answer_log.shown_keyboards import AnswerPlace
    from bot.features.answer_log.store import AnswerLog
    from knowledge import Answer

MOST_WAITING = 1000
"""Answers that may wait for a slow database; more are given up, each with a line in the log."""

_log = structlog.get_logger(__name__)


class Recorder:
    """Takes answers and stores each in a task of its own; belongs to one event loop."""

    def __init__(self, core: Core, answer_log: AnswerLog) -> None:
        self._answer_log = answer_log
        self._glossary = core.base.office.glossary
        self._encoder = core.base.encoder
        self._rng = core.rng
        self._now = core.now
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._askers: dict[str, int] = {}

    def new_answer_id(self) -> str:
        """Return an id for the next answer, to be put under it before it is sent.

        Where a question is answered again after a kill, it is the same: maybe it was sent.
        """
        return new_answer_id(chance(self._rng))

    def remember(
        self,
        answer: Answer,
        *,
        answer_id: str,
        person_id: int | None,
        chat_kind: ChatKind,
        place: AnswerPlace | None = None,
    ) -> None:
        """Begin to store an answer that was just shown; returns at once and raises nothing."""
        if len(self._waiting) >= MOST_WAITING:
            _log.error("answer_not_recorded", answer_id=answer_id, reason="too many are waiting")
            return
        storing = asyncio.get_running_loop().create_task(
            self._store(answer, answer_id, person_id, chat_kind, self._now(), place)
        )
        self._waiting[answer_id] = storing
        goes_on(storing)
        if person_id is not None:
            self._askers[answer_id] = person_id
        storing.add_done_callback(lambda task: self._stored(answer_id, task))

    async def settled(self, answer_id: str) -> None:
        """Wait until the answer is stored, if it is on its way: votes may overtake it."""
        if (storing := self._waiting.get(answer_id)) is not None:
            await asyncio.wait([storing])

    async def settled_of(self, person_id: int) -> bool:
        """Wait until a person's answers are stored; tell whether any was on its way."""
        theirs = [self._waiting[key] for key, asker in self._askers.items() if asker == person_id]
        if theirs:
            await asyncio.wait(theirs)
        return bool(theirs)

    async def all_settled(self) -> None:
        """Wait until every answer that was shown so far is stored."""
        if self._waiting:
            await asyncio.wait(list(self._waiting.values()))

    async def answer_at(self, place: AnswerPlace) -> str | None:
        """Return the id of the answer that a message shows now, None when it shows none."""
        await self.all_settled()  # the answer may be on its way, and its id is what is wanted
        return await self._answer_log.answer_at(place)

    async def question(self, answer_id: str) -> str | None:
        """Return what was asked, written out as it was understood after the turns before.

        None when it is not kept (any more). Raises DatabaseError.
        """
        await self.settled(answer_id)
        answer = await self._answer_log.answer(answer_id)
        return answer.normalised or None if answer is not None else None

    async def close(self) -> None:
        """Wait until everything taken is stored or given up."""
        while self._waiting:
            await asyncio.wait(list(self._waiting.values()))

    async def _store(  # noqa: PLR0913, PLR0917 -- what is stored
        self,
        answer: Answer,
        answer_id: str,
        person_id: int | None,
        chat_kind: ChatKind,
        shown_at: dt.datetime,
        place: AnswerPlace | None,
    ) -> None:
        logged = LoggedAnswer.of(
            answer,
            answer_id=answer_id,
            shown_at=shown_at,
            person_id=person_id,
            chat_kind=chat_kind,
            glossary=self._glossary,
        )
        vector = None
        if logged.refused:  # gaps are grouped by their vectors
            matrix = await asyncio.to_thread(self._encoder.encode_queries, [logged.normalised])
            vector = self._encoder.model_id, matrix[0]
        await self._answer_log.add(logged, vector, place)

    def _stored(self, answer_id: str, task: asyncio.Task[None]) -> None:
        self._waiting.pop(answer_id, None)
        self._askers.pop(answer_id, None)
        if task.cancelled():
            _log.error("answer_not_recorded", answer_id=answer_id, reason="cancelled")
            return
        error = task.exception()
        if isinstance(error, DatabaseError):
            _log.error("answer_not_recorded", answer_id=answer_id, reason=str(error))
        elif error is not None:
            _log.error("answer_not_recorded", answer_id=answer_id, exc_info=error)
