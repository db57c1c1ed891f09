"""Quizzes and their attempts in the database: what a restart finds again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, literal, or_, select, update

from bot.database.once import first_time
from bot.features.quizzes.cards import write_review
from bot.features.quizzes.session import AskedAttempt, Attempt, NewQuiz, QuizSession
from bot.features.quizzes.tables import (
    OPEN_ATTEMPTS,
    AttemptRow,
    AttemptState,
    QuizSessionRow,
    ReviewCardRow,
    SessionKind,
    SessionState,
)
from knowledge.quiz.schedule import ReviewCard
from knowledge.quiz.selection import QuestionHistory

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database
    from bot.features.quizzes.cards import Review
    from bot.features.quizzes.session import NextQuestion
    from knowledge.quiz.scoring import Score

_OPEN_SESSIONS = (SessionState.RUNNING, SessionState.PAUSED)
_IS_RUNNING = QuizSessionRow.state == literal(
    SessionState.RUNNING, QuizSessionRow.state.type, literal_execute=True
)
"""Spelt out in the statement: a database uses the index of the running quizzes only then."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as it is stored; `chosen` are the bank's indexes, `seconds` since asking."""

    attempt: Attempt
    chosen: tuple[int, ...]
    score: Score
    seconds: float | None
    review: Review


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """What followed an answer: the next attempt, stored but not sent, or None at the end."""

    following: Attempt | None


class QuizStore:
    """Stores quizzes. One person's quizzes change one at a time: the caller sees to that."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, quiz: NewQuiz, now: dt.datetime) -> QuizSession:
        """Store a running quiz; the one that was running is paused.

        An unfinished quiz of the same kind and topic is given up for it. One that the same update
        began before the program was killed is returned as it is now.
        """
        row = QuizSessionRow(
            person_id=quiz.person_id,
            kind=quiz.kind,
            topic=quiz.topic,
            state=SessionState.RUNNING,
            chat_id=quiz.person_id,  # of a private chat, both are the same number
            questions=list(quiz.questions),
            started_at=now,
        )
        own = update(QuizSessionRow).where(QuizSessionRow.person_id == quiz.person_id)
        unfinished = own.where(QuizSessionRow.state.in_(_OPEN_SESSIONS))
        same = (
            QuizSessionRow.kind == quiz.kind,
            QuizSessionRow.topic.is_not_distinct_from(quiz.topic),
        )
        async with self._database.transaction() as session:
            if not await first_time(session, "quiz"):
                begun = select(QuizSessionRow).where(
                    QuizSessionRow.person_id == quiz.person_id, *same
                )
                latest = begun.order_by(QuizSessionRow.id.desc()).limit(1)
                return (await session.scalars(latest)).one().as_value(QuizSession)
            await session.execute(
                unfinished.where(*same).values(state=SessionState.ABANDONED, ended_at=now)
            )
            await session.execute(unfinished.values(state=SessionState.PAUSED))
            session.add(row)
            await session.flush()
        return row.as_value(QuizSession)

    async def session(self, session_id: int) -> QuizSession | None:
        """Return a quiz, unless its person was erased."""
        async with self._database.session() as session:
            row = await session.get(QuizSessionRow, session_id)
            return None if row is None or row.person_id is None else row.as_value(QuizSession)

    async def current(self, person_id: int) -> QuizSession | None:
        """Return the person's running quiz, or else the one that was begun last and is paused."""
        found = await self._quizzes(
            select(QuizSessionRow)
            .where(QuizSessionRow.person_id == person_id, QuizSessionRow.state.in_(_OPEN_SESSIONS))
            .order_by(QuizSessionRow.state.desc(), QuizSessionRow.id.desc())
            .limit(1)
        )
        return found[0] if found else None

    async def unfinished_path(self, person_id: int, topic: str) -> QuizSession | None:
        """Return the person's unfinished quiz of a topic of the path."""
        found = await self._quizzes(
            select(QuizSessionRow).where(
                QuizSessionRow.person_id == person_id,
                QuizSessionRow.kind == SessionKind.PATH,
                QuizSessionRow.topic == topic,
                QuizSessionRow.state.in_(_OPEN_SESSIONS),
            )
        )
        return found[0] if found else None

    async def run(self, session: QuizSession) -> None:
        """Let a paused quiz run; the one that was running is paused."""
        async with self._database.transaction() as database:
            await _run_quiz(database, session)

    async def pause(self, person_id: int) -> bool:
        """Pause the person's running quiz; tell whether there was one."""
        async with self._database.transaction() as session:
            changed = await session.execute(
                update(QuizSessionRow)
                .where(
                    QuizSessionRow.person_id == person_id,
                    QuizSessionRow.state == SessionState.RUNNING,
                )
                .values(state=SessionState.PAUSED)
                .returning(QuizSessionRow.id)
            )
            return changed.first() is not None

    async def go_on(
        self, session: QuizSession, following: NextQuestion | None, now: dt.datetime
    ) -> Attempt | None:
        """Store the attempt at the next question before its poll is sent; without one, finish."""
        async with self._database.transaction() as database:
            return await _go_on(database, session, following, now)

    async def attempts(self, session_id: int) -> tuple[Attempt, ...]:
        """Return the attempts of a quiz in the order of asking."""
        async with self._database.session() as session:
            rows = await session.scalars(
                select(AttemptRow)
                .where(AttemptRow.session_id == session_id)
                .order_by(AttemptRow.position)
            )
            return tuple(row.as_value(Attempt) for row in rows)

    async def mark_resent(self, attempt_id: int) -> None:
        """Note that the attempt gets another poll: the one before may still be answered."""
        await self._change(attempt_id, sent_again=True)

    async def mark_asked(
        self, attempt_id: int, poll_id: str, message_id: int, now: dt.datetime
    ) -> None:
        """Note the poll that asks an attempt."""
        await self._change(
            attempt_id,
            state=AttemptState.ASKED,
            poll_id=poll_id,
            message_id=message_id,
            asked_at=now,
        )

    async def drop(self, attempt_id: int) -> None:
        """Delete an attempt that cannot be asked any more and was not answered."""
        async with self._database.transaction() as session:
            await session.execute(
                delete(AttemptRow).where(
                    AttemptRow.id == attempt_id, AttemptRow.state.in_(OPEN_ATTEMPTS)
                )
            )

    async def asked_by_poll(self, poll_id: str, person_id: int) -> AskedAttempt | None:
        """Return the person's attempt that a poll asks, or None."""
        async with self._database.session() as session:
            known = select(AttemptRow.id).where(AttemptRow.poll_id == poll_id)
            asked = await _read_asked(session, known)
            return None if asked is None or asked.session.person_id != person_id else asked

    async def unconfirmed(self, person_id: int) -> tuple[tuple[QuizSession, Attempt], ...]:
        """Return a person's awaited attempts that may have a poll whose id nobody knows.

        They were never seen to be sent, or were sent a second time: both polls show the same
        options in the same order.
        """
        found = (
            select(QuizSessionRow, AttemptRow)
            .join(AttemptRow, AttemptRow.session_id == QuizSessionRow.id)
            .where(
                QuizSessionRow.person_id == person_id,
                QuizSessionRow.state.in_(_OPEN_SESSIONS),
                AttemptRow.state.in_(OPEN_ATTEMPTS),
                or_(AttemptRow.state == AttemptState.PREPARED, AttemptRow.sent_again.is_(True)),
            )
            .order_by(AttemptRow.id)
        )
        async with self._database.session() as session:
            return tuple(
                (quiz.as_value(QuizSession), attempt.as_value(Attempt))
                for quiz, attempt in await session.execute(found)
            )

    async def asked(self, attempt_id: int) -> AskedAttempt | None:
        """Return an attempt with its quiz, unless its person was erased."""
        async with self._database.session() as session:
            this = select(AttemptRow.id).where(AttemptRow.id == attempt_id)
            return await _read_asked(session, this)

    async def knows_poll(self, poll_id: str) -> bool:
        """Tell whether a poll belongs to a quiz, whosever it is."""
        async with self._database.session() as session:
            found = await session.scalar(select(AttemptRow.id).where(AttemptRow.poll_id == poll_id))
            return found is not None

    async def open_attempts(
        self, *, asked_after: dt.datetime | None = None, asked_before: dt.datetime | None = None
    ) -> tuple[tuple[QuizSession, Attempt], ...]:
        """Return the awaited attempts of running quizzes, those never seen to be sent included.

        The bounds are for the moment of asking (of preparing, where there is none).
        """
        moment = func.coalesce(AttemptRow.asked_at, AttemptRow.prepared_at)
        found = (
            select(QuizSessionRow, AttemptRow)
            .join(AttemptRow, AttemptRow.session_id == QuizSessionRow.id)
            .where(
                _IS_RUNNING,
                QuizSessionRow.person_id.is_not(None),
                AttemptRow.state.in_(OPEN_ATTEMPTS),
            )
        )
        if asked_after is not None:
            found = found.where(moment >= asked_after)
        if asked_before is not None:
            found = found.where(moment < asked_before)
        async with self._database.session() as session:
            awaited = [
                (quiz.as_value(QuizSession), attempt.as_value(Attempt))
                for quiz, attempt in await session.execute(found)
            ]
        # ordered here: SQLite would read all attempts there are rather than sort a few
        return tuple(sorted(awaited, key=lambda pair: pair[1].id))

    async def without_question(self, since: dt.datetime) -> tuple[QuizSession, ...]:
        """Return the running quizzes that no question is open of, though one ought to be.

        Of those that were begun, or answered last, since a moment.
        """
        attempts = select(AttemptRow.id).where(AttemptRow.session_id == QuizSessionRow.id)
        recent = or_(
            QuizSessionRow.started_at >= since,
            attempts.where(AttemptRow.answered_at >= since).exists(),
        )
        return await self._quizzes(
            select(QuizSessionRow)
            .where(
                _IS_RUNNING,
                QuizSessionRow.person_id.is_not(None),
                ~attempts.where(AttemptRow.state.in_(OPEN_ATTEMPTS)).exists(),
                recent,
            )
            .order_by(QuizSessionRow.id)
        )

    async def untold(self, since: dt.datetime, before: dt.datetime) -> tuple[QuizSession, ...]:
        """Return the quizzes that ended from `since` to `before` and whose results wait."""
        return await self._quizzes(
            select(QuizSessionRow)
            .where(
                ~QuizSessionRow.told,
                QuizSessionRow.person_id.is_not(None),
                QuizSessionRow.ended_at.between(since, before),
            )
            .order_by(QuizSessionRow.id)
        )

    async def mark_told(self, session_id: int) -> None:
        """Note that the result of a quiz was sent."""
        async with self._database.transaction() as session:
            await session.execute(
                update(QuizSessionRow).where(QuizSessionRow.id == session_id).values(told=True)
            )

    async def answer(
        self, session: QuizSession, answer: GivenAnswer, following: NextQuestion | None
    ) -> TakenAnswer | None:
        """Store an answer, what it does to the review card, and the attempt that follows.

        Without a following question the quiz is finished; a paused one runs again. All is stored
        or nothing. None if the attempt was answered before: only the first answer counts.
        """
        values = {
            "state": AttemptState.ANSWERED,
            "chosen": list(answer.chosen),
            "correct": answer.score.correct,
            "score": answer.score.share,
            "seconds": answer.seconds,
        }
        now = answer.review.at
        async with self._database.transaction() as database:
            if not await _close_attempt(database, answer.attempt.id, answer.review, values):
                return None
            if session.state is SessionState.PAUSED:  # answering an open question is going on
                await _run_quiz(database, session)
            return TakenAnswer(await _go_on(database, session, following, now))

    async def expire(self, attempt: Attempt, review: Review) -> bool:
        """Store that the time is over, as a wrong answer; tell whether none came before."""
        values = {"state": AttemptState.EXPIRED, "correct": False, "score": 0.0}
        async with self._database.transaction() as database:
            return await _close_attempt(database, attempt.id, review, values)

    async def history(self, person_id: int) -> dict[str, QuestionHistory]:
        """Return what a person answered so far, by question."""
        async with self._database.session() as session:
            rows = await session.execute(
                select(AttemptRow.question_id, AttemptRow.correct, AttemptRow.answered_at)
                .where(AttemptRow.person_id == person_id, AttemptRow.answered_at.is_not(None))
                .order_by(AttemptRow.id)
            )
            found: dict[str, QuestionHistory] = {}
            for question_id, correct, answered_at in rows:
                if answered_at is None:
                    continue
                before = found.get(question_id)
                times = 1 if before is None else before.times + 1
                found[question_id] = QuestionHistory(times, bool(correct), answered_at)
            return found

    async def best_scores(self, person_ids: Collection[int]) -> dict[int, dict[str, float]]:
        """Return the best scores of the finished quizzes of the path, by person and topic."""
        async with self._database.session() as session:
            rows = await session.execute(
                select(
                    QuizSessionRow.person_id, QuizSessionRow.topic, func.max(QuizSessionRow.score)
                )
                .where(
                    QuizSessionRow.person_id.in_(person_ids),
                    QuizSessionRow.kind == SessionKind.PATH,
                    QuizSessionRow.state == SessionState.FINISHED,
                    QuizSessionRow.topic.is_not(None),
                )
                .group_by(QuizSessionRow.person_id, QuizSessionRow.topic)
            )
            found: dict[int, dict[str, float]] = {person_id: {} for person_id in person_ids}
            for person_id, topic, score in rows:
                if person_id is not None and topic is not None and score is not None:
                    found[person_id][topic] = score
            return found

    async def last_activity(self, person_ids: Collection[int]) -> dict[int, dt.datetime]:
        """Return when people answered a question last; who never did is left out."""
        async with self._database.session() as session:
            rows = await session.execute(
                select(AttemptRow.person_id, func.max(AttemptRow.answered_at))
                .where(AttemptRow.person_id.in_(person_ids))
                .group_by(AttemptRow.person_id)
            )
            return {
                person_id: last
                for person_id, last in rows
                if person_id is not None and last is not None
            }

    async def _quizzes(self, which: Select[QuizSessionRow]) -> tuple[QuizSession, ...]:
        async with self._database.session() as session:
            return tuple(row.as_value(QuizSession) for row in await session.scalars(which))

    async def _change(self, attempt_id: int, **values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(
                update(AttemptRow)
                .where(AttemptRow.id == attempt_id, AttemptRow.state.in_(OPEN_ATTEMPTS))
                .values(**values)
            )


async def _read_asked(database: AsyncSession, which: Select[int]) -> AskedAttempt | None:
    """Return the attempt that `which` selects the id of, with its quiz, at one go.

    None if there is none, or if its person was erased.
    """
    this = which.scalar_subquery()
    quiz = select(AttemptRow.session_id).where(AttemptRow.id == this).scalar_subquery()
    rows = await database.execute(
        select(QuizSessionRow, AttemptRow, ReviewCardRow, AttemptRow.id == this)
        .join(AttemptRow, AttemptRow.session_id == QuizSessionRow.id)
        .outerjoin(
            ReviewCardRow,
            and_(
                AttemptRow.id == this,
                ReviewCardRow.person_id == AttemptRow.person_id,
                ReviewCardRow.question_id == AttemptRow.question_id,
            ),
        )
        .where(QuizSessionRow.id == quiz, QuizSessionRow.person_id.is_not(None))
        .order_by(AttemptRow.position)
    )
    found = rows.all()
    attempts = tuple(row.as_value(Attempt) for _, row, _, _ in found)
    for (session, _, card, is_this), attempt in zip(found, attempts, strict=True):
        if is_this:
            value = None if card is None else card.as_value(ReviewCard)
            return AskedAttempt(session.as_value(QuizSession), attempts, attempt, value)
    return None


async def _go_on(
    database: AsyncSession, session: QuizSession, following: NextQuestion | None, now: dt.datetime
) -> Attempt | None:
    if following is not None:
        return await _prepare_attempt(database, session, following, now)
    await _finish_quiz(database, session.id, now)
    return None


async def _prepare_attempt(
    database: AsyncSession, session: QuizSession, following: NextQuestion, now: dt.datetime
) -> Attempt:
    """Store an attempt whose poll is still to be sent."""
    question = following.question
    before = await database.scalar(
        select(AttemptRow.id)
        .where(
            AttemptRow.person_id == session.person_id,
            AttemptRow.question_id == question.question_id,
            AttemptRow.content_hash == question.content_hash,
        )
        .limit(1)
    )
    row = AttemptRow(
        session_id=session.id,
        person_id=session.person_id,
        position=following.position,
        question_id=question.question_id,
        content_hash=question.content_hash,
        topic=question.topic,
        option_order=list(following.option_order),
        right=list(question.correct),
        state=AttemptState.PREPARED,
        chat_id=session.chat_id,
        prepared_at=now,
        first=before is None,
    )
    database.add(row)
    await database.flush()
    return row.as_value(Attempt)


async def _close_attempt(
    database: AsyncSession, attempt_id: int, review: Review, values: Mapping[str, object]
) -> bool:
    """Store how an attempt ended, with its review; False if it had ended before."""
    changed = await database.execute(
        update(AttemptRow)
        .where(AttemptRow.id == attempt_id, AttemptRow.state.in_(OPEN_ATTEMPTS))
        .values(answered_at=review.at, **values)
        .returning(AttemptRow.id)
    )
    if changed.first() is None:
        return False
    await write_review(database, review)
    return True


async def _run_quiz(database: AsyncSession, session: QuizSession) -> None:
    """Let a paused quiz run; the one that was running is paused."""
    mine = update(QuizSessionRow).where(QuizSessionRow.person_id == session.person_id)
    await database.execute(
        mine.where(
            QuizSessionRow.state == SessionState.RUNNING, QuizSessionRow.id != session.id
        ).values(state=SessionState.PAUSED)
    )
    await database.execute(
        mine.where(
            QuizSessionRow.id == session.id, QuizSessionRow.state == SessionState.PAUSED
        ).values(state=SessionState.RUNNING)
    )


async def _finish_quiz(database: AsyncSession, session_id: int, now: dt.datetime) -> None:
    """Close a quiz with its score, to be told; one that no question was put in is given up."""
    mean = await database.scalar(
        select(func.avg(AttemptRow.score)).where(AttemptRow.session_id == session_id)
    )
    score = None if mean is None else float(mean)
    state = SessionState.ABANDONED if score is None else SessionState.FINISHED
    await database.execute(
        update(QuizSessionRow)
        .where(QuizSessionRow.id == session_id)
        .values(state=state, ended_at=now, score=score, told=False)
    )
