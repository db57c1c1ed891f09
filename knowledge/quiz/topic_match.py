"""Finding the topic that somebody typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from embeddings.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.quiz.topic import QuizTopic

_LIKENESS = 75
"""Of 100, by rapidfuzz's weighted ratio: a typing error or two in a short title."""


def match_topic(wanted: str, topics: Sequence[QuizTopic]) -> QuizTopic | None:
    """Return the topic by its number (from 1), its id, or its title.

    Diacritics and case don't matter, and a few typing errors don't either.
    """
    text = _plain(wanted)
    if text.isdecimal() and 1 <= int(text) <= len(topics):
        return topics[int(text) - 1]
    for topic in topics:
        if text in {topic.topic_id, _plain(topic.title)}:
            return topic
    titles = [_plain(topic.title) for topic in topics]
    found = process.extractOne(text, titles, scorer=fuzz.WRatio, score_cutoff=_LIKENESS)
    return None if found is None else topics[found[2]]


def _plain(text: str) -> str:
    return " ".join(fold(text).casefold().split())
