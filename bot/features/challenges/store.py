"""Challenges in the database: planned before a poll is sent, answered while it is open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, select, update

from bot.database.errors import DataConflictError
from bot.database.statements import insert_or_ignore
from bot.features.challenges.challenge import (
    ON_THE_WAY,
    Answered,
    AskedQuestion,
    Challenge,
    ChallengeState,
    NewChallenge,
    Outcome,
)
from bot.features.challenges.errors import ChallengeRunningError
from bot.features.challenges.tables import ChallengeAnswerRow, ChallengeQuestionRow, ChallengeRow
from knowledge.quiz.scoring import score_indexes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.person import Identity
    from bot.database import Database


class ChallengeStore:
    """Keeps challenges, their questions and answers. All methods raise DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, new: NewChallenge, now: dt.datetime) -> Challenge:
        """Keep a new challenge; raises ChallengeRunningError when the chat has one."""
        row = ChallengeRow(
            chat_id=new.chat_id,
            thread_id=new.thread_id,
            topic=new.topic,
            state=ChallengeState.RUNNING,
            started_by=new.started_by,
            seconds=new.seconds,
            started_at=now,
        )
        try:
            async with self._database.transaction() as session:
                session.add(row)
                await session.flush()
                session.add_all(
                    ChallengeQuestionRow(
                        challenge_id=row.id,
                        position=position,
                        question_id=question.question_id,
                        content_hash=question.content_hash,
                        option_order=list(question.option_order),
                        correct=list(question.correct),
                    )
                    for position, question in enumerate(new.plan)
                )
        except DataConflictError as error:
            raise ChallengeRunningError from error
        return row.as_value(Challenge)

    async def get(self, challenge_id: int) -> Challenge | None:
        """Return a challenge, or None when there is none of that number."""
        async with self._database.session() as session:
            row = await session.get(ChallengeRow, challenge_id)
            return None if row is None else row.as_value(Challenge)

    async def running_in(self, chat_id: int) -> Challenge | None:
        """Return the challenge that a chat has now."""
        wanted = select(ChallengeRow).where(
            ChallengeRow.chat_id == chat_id, ChallengeRow.state == ChallengeState.RUNNING
        )
        async with self._database.session() as session:
            row = await session.scalar(wanted)
            return None if row is None else row.as_value(Challenge)

    async def move(self, old: int, new: int, now: dt.datetime) -> list[int]:
        """Let the challenges of one chat be those of another, which took its place.

        Harmless when they are. Returns those ended by it: should both chats have one, the newer
        goes on.
        """
        running = ChallengeRow.state == ChallengeState.RUNNING
        async with self._database.transaction() as session:
            begun_there = select(ChallengeRow.id).where(ChallengeRow.chat_id == new, running)
            ended: list[int] = []
            if old != new and await session.scalar(begun_there) is not None:
                ended = list(
                    await session.scalars(
                        update(ChallengeRow)
                        .where(ChallengeRow.chat_id == old, running)
                        .values(state=ChallengeState.STOPPED, ended_at=now)
                        .returning(ChallengeRow.id)
                    )
                )
            await session.execute(
                update(ChallengeRow).where(ChallengeRow.chat_id == old).values(chat_id=new)
            )
            return ended

    async def unfinished(self, ended_after: dt.datetime) -> list[Challenge]:
        """Return those that run, and those ended since then whose outcome nobody has seen."""
        wanted = (
            select(ChallengeRow)
            .where(
                (ChallengeRow.state == ChallengeState.RUNNING)
                | (~ChallengeRow.announced & (ChallengeRow.ended_at > ended_after))
            )
            .order_by(ChallengeRow.id)
        )
        async with self._database.session() as session:
            return [row.as_value(Challenge) for row in await session.scalars(wanted)]

    async def last_sign_of(self, challenge_id: int) -> dt.datetime | None:
        """Return when a challenge last moved: its beginning, or the end of its last poll."""
        async with self._database.session() as session:
            closes_at = await session.scalar(
                select(ChallengeQuestionRow.closes_at)
                .where(
                    ChallengeQuestionRow.challenge_id == challenge_id,
                    ChallengeQuestionRow.closes_at.is_not(None),
                )
                .order_by(ChallengeQuestionRow.position.desc())
                .limit(1)
            )
            row = await session.get(ChallengeRow, challenge_id)
            return closes_at or (None if row is None else row.started_at)

    async def length(self, challenge_id: int) -> int:
        """Return how many questions a challenge has."""
        counted = select(func.count()).where(ChallengeQuestionRow.challenge_id == challenge_id)
        async with self._database.session() as session:
            return await session.scalar(counted) or 0

    async def current(self, challenge_id: int) -> AskedQuestion | None:
        """Return the question that is open or comes next; None when all are over."""
        wanted = (
            select(ChallengeQuestionRow)
            .where(ChallengeQuestionRow.challenge_id == challenge_id, ~ChallengeQuestionRow.over)
            .order_by(ChallengeQuestionRow.position)
            .limit(1)
        )
        async with self._database.session() as session:
            row = await session.scalar(wanted)
            return None if row is None else row.as_value(AskedQuestion)

    async def asked(
        self, question: AskedQuestion, poll_id: str, message_id: int, seconds: int, now: dt.datetime
    ) -> None:
        """Note that a question's poll was sent just now and stays open for `seconds`."""
        await self._change_question(
            question,
            poll_id=poll_id,
            message_id=message_id,
            asked_at=now,
            closes_at=now + dt.timedelta(seconds=seconds) + ON_THE_WAY,
        )

    async def knows_poll(self, poll_id: str) -> bool:
        """Tell whether a poll belongs to a challenge."""
        known = select(ChallengeQuestionRow.position).where(ChallengeQuestionRow.poll_id == poll_id)
        async with self._database.session() as session:
            return await session.scalar(known) is not None

    async def close(self, question: AskedQuestion) -> None:
        """Take no more answers to a question; one without a poll is left out."""
        await self._change_question(question, over=True)

    async def answer(
        self, poll_id: str, person: Identity, option_ids: Iterable[int], now: dt.datetime
    ) -> bool:
        """Keep an answer that arrived at `now`; return whether the poll is a challenge's.

        `option_ids` are the poll's. Only a person's first answer counts; none of the options takes
        it back. What comes once the question is closed, or for an ended challenge, changes nothing.
        """
        return await self._answer(ChallengeQuestionRow.poll_id == poll_id, person, option_ids, now)

    async def answer_to(
        self,
        question: AskedQuestion,
        person: Identity,
        option_ids: Iterable[int],
        now: dt.datetime,
    ) -> bool:
        """Keep an answer, as `answer` does, to a question that another poll of it asked."""
        this = and_(
            ChallengeQuestionRow.challenge_id == question.challenge_id,
            ChallengeQuestionRow.position == question.position,
        )
        return await self._answer(this, person, option_ids, now)

    async def open_questions(self) -> list[tuple[AskedQuestion, int]]:
        """Return the questions of running challenges that are open, with each one's length."""
        lengths = (
            select(ChallengeQuestionRow.challenge_id, func.count().label("length"))
            .group_by(ChallengeQuestionRow.challenge_id)
            .subquery()
        )
        found = (
            select(ChallengeQuestionRow, lengths.c.length)
            .join(lengths, lengths.c.challenge_id == ChallengeQuestionRow.challenge_id)
            .join(ChallengeRow, ChallengeRow.id == ChallengeQuestionRow.challenge_id)
            .where(
                ChallengeRow.state == ChallengeState.RUNNING,
                ~ChallengeQuestionRow.over,
                ChallengeQuestionRow.closes_at.is_not(None),
            )
        )
        async with self._database.session() as session:
            rows = await session.execute(found)
            return [(row.as_value(AskedQuestion), length) for row, length in rows]

    async def _answer(
        self,
        which: ColumnElement[bool],
        person: Identity,
        option_ids: Iterable[int],
        now: dt.datetime,
    ) -> bool:
        async with self._database.transaction() as session:
            row = await session.scalar(
                select(ChallengeQuestionRow)
                .where(which)
                .with_for_update()  # so that no answer slips in after the question was closed
            )
            if row is None:
                return False
            if not await _is_open(session, row):
                return True
            order = row.option_order
            chosen = sorted(order[i] for i in set(option_ids) if 0 <= i < len(order))
            if not chosen:
                await session.execute(
                    delete(ChallengeAnswerRow).where(
                        ChallengeAnswerRow.challenge_id == row.challenge_id,
                        ChallengeAnswerRow.position == row.position,
                        ChallengeAnswerRow.person_id == person.id,
                    )
                )
                return True
            await session.execute(
                insert_or_ignore(
                    session,
                    ChallengeAnswerRow,
                    challenge_id=row.challenge_id,
                    position=row.position,
                    person_id=person.id,
                    name=person.short_name,
                    chosen=chosen,
                    correct=score_indexes(row.correct, chosen).correct,
                    seconds=_seconds(row, now),
                    answered_at=now,
                )
            )
            return True

    async def end(self, challenge_id: int, state: ChallengeState, now: dt.datetime) -> bool:
        """End a running challenge; False when it had ended already."""
        async with self._database.transaction() as session:
            changed = await session.scalar(
                update(ChallengeRow)
                .where(ChallengeRow.id == challenge_id, ChallengeRow.state == "running")
                .values(state=state, ended_at=now)
                .returning(ChallengeRow.id)
            )
            return changed is not None

    async def note_announced(self, challenge_id: int) -> None:
        """Note that the outcome was sent, or can't be."""
        async with self._database.transaction() as session:
            await session.execute(
                update(ChallengeRow).where(ChallengeRow.id == challenge_id).values(announced=True)
            )

    async def outcome(self, challenge_id: int) -> Outcome | None:
        """Return what a challenge adds up to; None when there is none of that number."""
        async with self._database.session() as session:
            row = await session.get(ChallengeRow, challenge_id)
            if row is None:
                return None
            questions = ChallengeQuestionRow.challenge_id == challenge_id
            counted = await session.execute(
                select(func.count(), func.count(ChallengeQuestionRow.poll_id)).where(questions)
            )
            planned, asked = counted.one()
            answers = await session.scalars(
                select(ChallengeAnswerRow)
                .where(ChallengeAnswerRow.challenge_id == challenge_id)
                .order_by(ChallengeAnswerRow.position, ChallengeAnswerRow.answered_at)
            )
            return Outcome(
                row.as_value(Challenge),
                planned,
                asked,
                tuple(one.as_value(Answered) for one in answers),
            )

    async def _change_question(self, question: AskedQuestion, **values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(
                update(ChallengeQuestionRow)
                .where(
                    ChallengeQuestionRow.challenge_id == question.challenge_id,
                    ChallengeQuestionRow.position == question.position,
                )
                .values(**values)
            )


def _seconds(row: ChallengeQuestionRow, now: dt.datetime) -> float:
    """Return how long an answer took: never less than no time, nor more than there was.

    The clock may have been put back or on since the question was asked.
    """
    if row.asked_at is None or row.closes_at is None:
        return 0.0
    taken = min(now, row.closes_at) - row.asked_at
    return max(0.0, taken.total_seconds())


async def _is_open(session: AsyncSession, row: ChallengeQuestionRow) -> bool:
    """Tell whether answers count: Telegram closes the poll, and the runner the question.

    The clock is not asked: it may have been put on, and the answers were given in time.
    """
    if row.over or row.closes_at is None:
        return False
    state = await session.scalar(
        select(ChallengeRow.state).where(ChallengeRow.id == row.challenge_id)
    )
    return state is ChallengeState.RUNNING
