"""The answer log in the database: answers go in, people mark them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.database.once import first_time
from bot.features.answer_log.logged_answer import (
    Feedback,
    LoggedAnswer,
    LoggedPassage,
    Reason,
    Vote,
)
from bot.features.answer_log.tables import AnswerRow, FeedbackRow, PassageRow, QuestionVectorRow
from bot.office_time import office_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt
    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database
    from bot.features.answer_log.shown_keyboards import AnswerPlace
    from bot.office_time import Period

DOUBLE_PRESS = dt.timedelta(seconds=2)
"""A second press of one button within this time is a trembling hand, not a change of mind."""

_BATCH = 200
"""Answers read at one go for an export: nobody waits longer for the event loop than they take."""


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """One answer with what people think of it.

    `person` numbers the people of an export from 1: it tells who asked twice, not who. None for
    people who were erased.
    """

    answer: LoggedAnswer
    person: int | None
    up: int
    down: int
    reasons: tuple[Reason, ...]
    handled_at: dt.datetime | None


class AnswerLog:
    """Every answer that was shown. All methods raise DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        answer: LoggedAnswer,
        vector: tuple[str, npt.NDArray[np.float32]] | None = None,
        place: AnswerPlace | None = None,
    ) -> None:
        """Keep an answer, and its place if it stands in a message; harmless when it is kept.

        `vector` is the model's id and the vector of the normalised question.
        """
        chat_id, message_id = place or (None, None)
        columns = dataclasses.asdict(answer)
        answer_id, passages = columns.pop("answer_id"), columns.pop("passages")
        async with self._database.transaction() as session:
            if not await first_time(session, f"answer {answer_id}"):
                return
            session.add(
                AnswerRow(
                    id=answer_id,
                    day=office_day(answer.shown_at),
                    chat_id=chat_id,
                    message_id=message_id,
                    **columns,
                )
            )
            await session.flush()
            session.add_all(
                PassageRow(answer_id=answer_id, ordinal=ordinal, **passage)
                for ordinal, passage in enumerate(passages)
            )
            if vector is not None:
                session.add(vector_row(answer_id, *vector))

    async def answer(self, answer_id: str) -> LoggedAnswer | None:
        """Return the answer with that id, or None when there is none (any more)."""
        async with self._database.session() as session:
            row = await session.get(AnswerRow, answer_id)
            if row is None:
                return None
            passages = await _passages(session, AnswerRow.id == answer_id)
            return _logged(row, passages[answer_id])

    async def answers(self, period: Period) -> list[ExportedAnswer]:
        """Return the answers of `period` from the oldest to the newest.

        They are read some at a time: the event loop and the database are others' in between.
        """
        found: list[ExportedAnswer] = []
        numbers: dict[int | None, int | None] = {None: None}
        in_period = AnswerRow.day.between(period.first, period.last)
        oldest_first = AnswerRow.shown_at, AnswerRow.id
        async with self._database.session() as session:
            wanted = select(AnswerRow.id).where(in_period).order_by(*oldest_first)
            ids = (await session.scalars(wanted)).all()
        for start in range(0, len(ids), _BATCH):
            these = AnswerRow.id.in_(ids[start : start + _BATCH])
            async with self._database.session() as session:
                batch = select(AnswerRow).where(these).order_by(*oldest_first)
                found += await _exported(session, (await session.scalars(batch)).all(), numbers)
        return found

    async def vote(
        self, answer_id: str, person_id: int, vote: Vote, now: dt.datetime
    ) -> Feedback | None:
        """Count a press of 👍 or 👎: a first vote, a change, or taking the same one back.

        Returns None when the answer is not kept (any more).
        """
        async with self._database.transaction() as session:
            if not await _lock_answer(session, answer_id):
                return None
            if not await first_time(session, "vote"):
                return await _feedback(session, answer_id, person_id)
            row = await _feedback_of(session, answer_id, person_id)
            repeated = False
            if row is None:
                session.add(
                    FeedbackRow(answer_id=answer_id, person_id=person_id, vote=vote, changed_at=now)
                )
            elif row.vote is vote and now - row.changed_at < DOUBLE_PRESS:
                repeated = True
            else:
                row.vote = None if row.vote is vote else vote
                row.reason = None
                row.changed_at = now
            await session.flush()
            return await _feedback(session, answer_id, person_id, repeated=repeated)

    async def answer_at(self, place: AnswerPlace) -> str | None:
        """Return the id of the answer that a message shows now, None when it shows none."""
        there = AnswerRow.chat_id == place.chat_id, AnswerRow.message_id == place.message_id
        latest = select(AnswerRow.id).where(*there).order_by(AnswerRow.shown_at.desc()).limit(1)
        async with self._database.session() as session:
            found: str | None = await session.scalar(latest)
            return found

    async def react(
        self, answer_id: str, person_id: int, old: Vote | None, new: Vote | None, now: dt.datetime
    ) -> Feedback | None:
        """Count a reaction in the place of an `old` one: it is the person's vote, whatever was.

        Without a new one, the vote that the old one gave is taken back. Returns None when nothing
        changes, or the answer is not kept (any more).
        """
        async with self._database.transaction() as session:
            if not await _lock_answer(session, answer_id):
                return None
            row = await _feedback_of(session, answer_id, person_id)
            before = None if row is None else row.vote
            if before is new or (new is None and before is not old):
                return None
            if row is None:
                row = FeedbackRow(answer_id=answer_id, person_id=person_id)
                session.add(row)
            row.vote, row.reason, row.changed_at = new, None, now
            await session.flush()
            return await _feedback(session, answer_id, person_id)

    async def give_reason(
        self, answer_id: str, person_id: int, reason: Reason, now: dt.datetime
    ) -> Feedback | None:
        """Note why the person marked the answer down; without a 👎 of theirs nothing changes.

        Returns None when the answer is not kept (any more).
        """
        async with self._database.transaction() as session:
            if not await _lock_answer(session, answer_id):
                return None
            row = await _feedback_of(session, answer_id, person_id)
            if row is not None and row.vote is Vote.DOWN:
                row.reason = reason
                row.changed_at = now
                await session.flush()
            return await _feedback(session, answer_id, person_id)

    async def feedback(self, answer_id: str, person_id: int) -> Feedback | None:
        """Return what people think of an answer; None when it is not kept (any more)."""
        async with self._database.session() as session:
            if await session.get(AnswerRow, answer_id) is None:
                return None
            return await _feedback(session, answer_id, person_id)


async def _exported(
    session: AsyncSession, rows: Sequence[AnswerRow], numbers: dict[int | None, int | None]
) -> list[ExportedAnswer]:
    """Return answers with what people think of them; who is new is given the next number."""
    ids = [row.id for row in rows]
    passages = await _passages(session, AnswerRow.id.in_(ids))
    votes: defaultdict[str, list[FeedbackRow]] = defaultdict(list)
    for cast in await session.scalars(
        select(FeedbackRow)
        .where(FeedbackRow.answer_id.in_(ids), FeedbackRow.vote.is_not(None))
        .order_by(FeedbackRow.id)
    ):
        votes[cast.answer_id].append(cast)
    return [
        ExportedAnswer(
            answer=_logged(row, passages[row.id]),
            person=numbers.setdefault(row.person_id, len(numbers)),
            up=sum(cast.vote is Vote.UP for cast in votes[row.id]),
            down=sum(cast.vote is Vote.DOWN for cast in votes[row.id]),
            reasons=tuple(cast.reason for cast in votes[row.id] if cast.reason is not None),
            handled_at=row.handled_at,
        )
        for row in rows
    ]


def vector_row(answer_id: str, model_id: str, vector: npt.NDArray[np.float32]) -> QuestionVectorRow:
    """Return the vector of a question as it is stored."""
    return QuestionVectorRow(
        answer_id=answer_id, model_id=model_id, vector=vector.astype("<f2").tobytes()
    )


def _logged(row: AnswerRow, passages: list[LoggedPassage]) -> LoggedAnswer:
    return row.as_value(LoggedAnswer, answer_id=row.id, passages=tuple(passages))


async def _passages(
    session: AsyncSession, wanted: ColumnElement[bool]
) -> defaultdict[str, list[LoggedPassage]]:
    """Return what the wanted answers quote, by the answer."""
    passages: defaultdict[str, list[LoggedPassage]] = defaultdict(list)
    for row in await session.scalars(
        select(PassageRow)
        .join(AnswerRow, AnswerRow.id == PassageRow.answer_id)
        .where(wanted)
        .order_by(PassageRow.answer_id, PassageRow.ordinal)
    ):
        passages[row.answer_id].append(row.as_value(LoggedPassage))
    return passages


async def _lock_answer(session: AsyncSession, answer_id: str) -> bool:
    """Let one vote on the answer through at a time; False when it is not kept (any more)."""
    wanted = select(AnswerRow.id).where(AnswerRow.id == answer_id).with_for_update()
    return await session.scalar(wanted) is not None


async def _feedback_of(session: AsyncSession, answer_id: str, person_id: int) -> FeedbackRow | None:
    return await session.scalar(
        select(FeedbackRow).where(
            FeedbackRow.answer_id == answer_id, FeedbackRow.person_id == person_id
        )
    )


async def _feedback(
    session: AsyncSession, answer_id: str, person_id: int, *, repeated: bool = False
) -> Feedback:
    given = select(FeedbackRow).where(FeedbackRow.answer_id == answer_id)
    rows = (await session.scalars(given)).all()
    own = next((row for row in rows if row.person_id == person_id), None)
    votes = Counter(row.vote for row in rows)
    return Feedback(
        own=None if own is None else own.vote,
        reason=None if own is None else own.reason,
        up=votes[Vote.UP],
        down=votes[Vote.DOWN],
        repeated=repeated,
    )
