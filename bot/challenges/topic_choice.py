"""Which topic somebody means: by its number, its id or words of its title, without diacritics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.texts.challenges import ALL_TOPICS
from embeddings.vietnamese import fold, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.learning.topic import QuizTopic

EVERYTHING = ""
"""Stands for all topics where a topic's id stands otherwise."""


def meant_topic(typed: str, topics: Sequence[QuizTopic]) -> str | None:
    """Return a topic's id, EVERYTHING, or None when `typed` fits none or several of `topics`.

    Numbers count from 1 in the order given. Of words, all that were typed stand in the title.
    """
    if typed.strip().isdecimal():
        number = int(typed) if len(typed.strip()) < 6 else 0
        return topics[number - 1].topic_id if 0 < number <= len(topics) else None
    words = _words(typed)
    if not words:
        return None
    if words == _words(ALL_TOPICS):
        return EVERYTHING
    same = [
        topic.topic_id
        for topic in topics
        if topic.topic_id == typed.strip().casefold() or _words(topic.title) == words
    ]
    if same:
        return same[0]
    holding = [topic.topic_id for topic in topics if set(words) <= set(_words(topic.title))]
    return holding[0] if len(holding) == 1 else None


def topics_with_questions(
    topics: Iterable[QuizTopic], asked_about: Iterable[str]
) -> list[QuizTopic]:
    """Return those of `topics` whose id is among `asked_about`."""
    wanted = set(asked_about)
    return [topic for topic in topics if topic.topic_id in wanted]


def _words(text: str) -> list[str]:
    return syllables(fold(text))
