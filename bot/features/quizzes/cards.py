"""Review cards in the database: what FSRS knows of each person and question."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from bot.database.statements import insert_or_ignore
from bot.features.answer_log import TITLE_CHARACTERS, AnswerRow, PassageRow
from bot.features.quizzes.tables import OwnCardRow, ReviewCardRow, ReviewRow
from knowledge.quiz.question import ID_CHARACTERS
from knowledge.quiz.schedule import ReviewCard

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database
    from bot.features.quizzes.session import AskedAttempt
    from knowledge.quiz.schedule import Rating, Schedule

OWN_PREFIX = "own:"
MOST_OWN_CARDS = 500


@dataclass(frozen=True, slots=True)
class Review:
    """A rating of one person's card, with the card as it is afterwards."""

    person_id: int
    card: ReviewCard
    rating: Rating
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A question that a person asked the bot, with the answer that they got."""

    id: int
    question: str
    answer: str
    source: str

    @property
    def card_id(self) -> str:
        """The id of its review card."""
        return f"{OWN_PREFIX}{self.id}"


class CardStore:
    """Stores review cards and the cards of people's own."""

    def __init__(self, database: Database, schedule: Schedule) -> None:
        self._database = database
        self._schedule = schedule

    async def rated(
        self, person_id: int, card_id: str, topic: str | None, rating: Rating, now: dt.datetime
    ) -> Review:
        """Return what a rating does to a card, a new one if there is none; stores nothing."""
        async with self._database.session() as session:
            row = await session.get(ReviewCardRow, (person_id, card_id))
        card = None if row is None else row.as_value(ReviewCard)
        card = card or self._schedule.new_card(card_id, topic, now)
        return self.review(person_id, card, rating, now)

    def review_of(self, asked: AskedAttempt, rating: Rating, now: dt.datetime) -> Review:
        """Return what a rating does to the card of an attempt; stores nothing."""
        attempt, person_id = asked.attempt, asked.session.person_id
        card = asked.card or self._schedule.new_card(attempt.question_id, attempt.topic, now)
        return self.review(person_id, card, rating, now)

    def review(self, person_id: int, card: ReviewCard, rating: Rating, now: dt.datetime) -> Review:
        """Return what a rating does to a card; stores nothing."""
        return Review(person_id, self._schedule.review(card, rating, now), rating, now)

    async def store(self, review: Review) -> None:
        """Store a review that belongs to no attempt."""
        async with self._database.transaction() as session:
            await write_review(session, review)

    async def due(
        self, person_id: int, now: dt.datetime, known: Collection[str] | None = None
    ) -> tuple[ReviewCard, ...]:
        """Return the cards that are due, the longest overdue first.

        With `known`, only those of these questions, and the person's own.
        """
        async with self._database.session() as session:
            rows = await session.scalars(
                select(ReviewCardRow)
                .where(ReviewCardRow.person_id == person_id, ReviewCardRow.due <= now)
                .order_by(ReviewCardRow.due, ReviewCardRow.question_id)
            )
            return tuple(
                row.as_value(ReviewCard)
                for row in rows
                if known is None or _is_askable(row.question_id, known)
            )

    async def due_counts(
        self, person_ids: Collection[int], now: dt.datetime, known: Collection[str]
    ) -> Counter[int]:
        """Return how many cards `due` would return of each of some people."""
        async with self._database.session() as session:
            rows = await session.execute(
                select(ReviewCardRow.person_id, ReviewCardRow.question_id).where(
                    ReviewCardRow.person_id.in_(person_ids), ReviewCardRow.due <= now
                )
            )
            return Counter(person_id for person_id, card in rows if _is_askable(card, known))

    async def next_due(self, person_id: int, now: dt.datetime) -> dt.datetime | None:
        """Return when the next card that is not due yet will be."""
        async with self._database.session() as session:
            return await session.scalar(
                select(func.min(ReviewCardRow.due)).where(
                    ReviewCardRow.person_id == person_id, ReviewCardRow.due > now
                )
            )

    async def make_own(self, person_id: int, answer_id: str, now: dt.datetime) -> OwnCard | None:
        """Make a card of an answer that the person got; None when the answer log has it no more.

        Making it twice gives the same card. It is due at once.
        """
        async with self._database.transaction() as session:
            answer = await session.get(AnswerRow, answer_id)
            if answer is None or answer.person_id != person_id or answer.refused:
                return None
            passages = (
                await session.scalars(
                    select(PassageRow)
                    .where(PassageRow.answer_id == answer_id)
                    .order_by(PassageRow.ordinal)
                )
            ).all()
            count = await session.scalar(
                select(func.count()).where(OwnCardRow.person_id == person_id)
            )
            if not passages or (count or 0) >= MOST_OWN_CARDS:
                return None
            await session.execute(
                insert_or_ignore(
                    session,
                    OwnCardRow,
                    person_id=person_id,
                    answer_id=answer_id,
                    question=answer.question,
                    answer="\n".join(dict.fromkeys(passage.quote for passage in passages)),
                    source=passages[0].title[:TITLE_CHARACTERS],
                    created_at=now,
                )
            )
            rows = await session.scalars(
                select(OwnCardRow).where(
                    OwnCardRow.person_id == person_id, OwnCardRow.answer_id == answer_id
                )
            )
            own = rows.one().as_value(OwnCard)
            await session.execute(
                insert_or_ignore(
                    session,
                    ReviewCardRow,
                    **_values(person_id, self._schedule.new_card(own.card_id, None, now)),
                )
            )
            return own

    async def own(self, person_id: int, card_id: str) -> OwnCard | None:
        """Return a card of the person's own by its review card's id."""
        number = card_id.removeprefix(OWN_PREFIX)
        if not number.isdecimal() or len(number) > ID_CHARACTERS // 2:
            return None
        async with self._database.session() as session:
            row = await session.get(OwnCardRow, int(number))
            return None if row is None or row.person_id != person_id else row.as_value(OwnCard)

    async def delete_own(self, person_id: int, card_id: str) -> None:
        """Delete a card of the person's own."""
        own = await self.own(person_id, card_id)
        if own is None:
            return
        async with self._database.transaction() as session:
            await session.execute(delete(OwnCardRow).where(OwnCardRow.id == own.id))
            await session.execute(
                delete(ReviewCardRow).where(
                    ReviewCardRow.person_id == person_id, ReviewCardRow.question_id == card_id
                )
            )


async def write_review(session: AsyncSession, review: Review) -> None:
    """Store a rating and the card after it, in the transaction of `session`."""
    await session.merge(ReviewCardRow(**_values(review.person_id, review.card)))
    session.add(
        ReviewRow(
            person_id=review.person_id,
            question_id=review.card.question_id,
            rating=int(review.rating),
            at=review.at,
        )
    )


def _is_askable(card_id: str, known: Collection[str]) -> bool:
    return card_id in known or card_id.startswith(OWN_PREFIX)


def _values(person_id: int, card: ReviewCard) -> dict[str, object]:
    return {"person_id": person_id, **asdict(card)}
