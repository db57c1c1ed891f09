"""Memory by topic: how well the cards of each topic are remembered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from knowledge.quiz.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from knowledge.quiz.schedule import ReviewCard


@dataclass(frozen=True, slots=True)
class TopicMemory:
    """The mean chance of recall (0–1) of a topic's cards, how many are due, and how many exist."""

    mean: float
    due: int
    cards: int


def retrievability_by_topic(
    cards: Iterable[ReviewCard], now: datetime
) -> Mapping[str | None, TopicMemory]:
    """Return what is remembered at `now` of each topic that has cards; None is the key of no topic.

    A card never reviewed counts as not remembered. Raises QuizError for a damaged card.
    """
    schedule = Schedule()  # the chance of recall does not depend on the retention aimed at
    by_topic: defaultdict[str | None, list[ReviewCard]] = defaultdict(list)
    for card in cards:
        by_topic[card.topic].append(card)
    return {
        topic: TopicMemory(
            mean=fsum(schedule.retrievability(card, now) for card in group) / len(group),
            due=sum(card.due <= now for card in group),
            cards=len(group),
        )
        for topic, group in by_topic.items()
    }
