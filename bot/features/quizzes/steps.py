"""The steps of a quiz, each within the caller's transaction, so that several go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, update

from bot.features.quizzes.cards import card_of, write_review
from bot.features.quizzes.session import AskedAttempt, Attempt, QuizSession
from bot.features.quizzes.tables import (
    OPEN_ATTEMPTS,
    AttemptRow,
    AttemptState,
    QuizSessionRow,
    ReviewCardRow,
    SessionState,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.features.quizzes.cards import Review
    from bot.features.quizzes.session import NextQuestion


async def read_asked(database: AsyncSession, which: Select[int]) -> AskedAttempt | None:
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
    attempts = tuple(Attempt.of(row) for _, row, _, _ in found)
    for (session, _, card, is_this), attempt in zip(found, attempts, strict=True):
        if is_this:
            value = None if card is None else card_of(card)
            return AskedAttempt(QuizSession.of(session), attempts, attempt, value)
    return None


async def prepare_attempt(
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
    return Attempt.of(row)


async def close_attempt(
    database: AsyncSession, attempt_id: int, review: Review, values: Mapping[str, object]
) -> bool:
    """Store how an attempt ended, with its review; False if it had ended before."""
    changed = await database.execute(
        update(AttemptRow)
        .where(
            AttemptRow.id == attempt_id,
            AttemptRow.state.in_(OPEN_ATTEMPTS),
        )
        .values(answered_at=review.at, **values)
        .returning(AttemptRow.id)
    )
    if changed.first() is None:
        return False
    await write_review(database, review)
    return True


async def run_quiz(database: AsyncSession, session: QuizSession) -> None:
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


async def finish_quiz(database: AsyncSession, session_id: int, now: dt.datetime) -> None:
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
