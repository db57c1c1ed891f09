"""When a question comes back: FSRS-6 by py-fsrs, with its default parameters and steps.

https://github.com/open-spaced-repetition/py-fsrs
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from fsrs import Card, Rating, Scheduler, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.learning.question import QuizQuestion
    from knowledge.learning.scoring import Score

__all__ = ["Rating", "ReviewCard", "Schedule", "TopicMemory", "rating_of", "slow_after"]

READING_CHARACTERS_A_SECOND = 12.0
"""Slow silent reading: 12 characters a second are about 160 Vietnamese syllables a minute."""
THINKING_SECONDS = 15.0
"""Time to decide, beside reading, before a right answer counts as slow; a choice of ours."""


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """What FSRS knows of one person and one question; moments are UTC, stability is in days."""

    question_id: str
    topic: str | None
    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due: dt.datetime
    last_review: dt.datetime | None


@dataclass(frozen=True, slots=True)
class TopicMemory:
    """How well a topic is remembered: mean retrievability (0–1), cards, and how many are due."""

    retrievability: float
    cards: int
    due: int


def slow_after(question: QuizQuestion) -> float:
    """Return after how many seconds a right answer counts as slow."""
    length = len(question.text) + sum(map(len, question.options))
    return THINKING_SECONDS + length / READING_CHARACTERS_A_SECOND


def rating_of(score: Score, seconds: float | None, slow_after_seconds: float) -> Rating:
    """Return FSRS's rating of an answer: wrong → Again, slow and right → Hard, right → Good."""
    if not score.correct:
        return Rating.Again
    slow = seconds is not None and seconds > slow_after_seconds
    return Rating.Hard if slow else Rating.Good


class Schedule:
    """Takes a card and a rating and returns the card afterwards; keeps nothing itself.

    Intervals are not fuzzed, so the same ratings give the same days.
    """

    def __init__(self) -> None:
        self._scheduler = Scheduler(enable_fuzzing=False)

    def new_card(self, question_id: str, topic: str | None, now: dt.datetime) -> ReviewCard:
        """Return the card of a question that was never rated; it is due at once."""
        return ReviewCard(question_id, topic, int(State.Learning), 0, None, None, now, None)

    def review(self, card: ReviewCard, rating: Rating, now: dt.datetime) -> ReviewCard:
        """Return the card after a rating at `now`.

        A clock that was set back counts as no time having passed.
        """
        moment = now.astimezone(dt.UTC)
        if card.last_review is not None:
            moment = max(moment, card.last_review.astimezone(dt.UTC))
        after, _ = self._scheduler.review_card(_fsrs(card), rating, moment)
        return ReviewCard(
            question_id=card.question_id,
            topic=card.topic,
            state=int(after.state),
            step=after.step,
            stability=after.stability,
            difficulty=after.difficulty,
            due=after.due,
            last_review=after.last_review,
        )

    def retrievability(self, card: ReviewCard, now: dt.datetime) -> float:
        """Return the probability (0–1) that the question would be answered right at `now`."""
        moment = now.astimezone(dt.UTC)
        if card.last_review is not None:
            moment = max(moment, card.last_review.astimezone(dt.UTC))
        return float(self._scheduler.get_card_retrievability(_fsrs(card), moment))

    def memory_by_topic(
        self, cards: Iterable[ReviewCard], now: dt.datetime
    ) -> Mapping[str, TopicMemory]:
        """Return how well each topic is remembered; cards without a topic are left out."""
        groups: defaultdict[str, list[ReviewCard]] = defaultdict(list)
        for card in cards:
            if card.topic is not None:
                groups[card.topic].append(card)
        return {
            topic: TopicMemory(
                retrievability=fmean(self.retrievability(card, now) for card in group),
                cards=len(group),
                due=sum(card.due <= now for card in group),
            )
            for topic, group in groups.items()
        }


def _fsrs(card: ReviewCard) -> Card:
    return Card(
        card_id=0,  # given, or py-fsrs waits a millisecond to make one up from the clock
        state=State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due.astimezone(dt.UTC),
        last_review=None if card.last_review is None else card.last_review.astimezone(dt.UTC),
    )
