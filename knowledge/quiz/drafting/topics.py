"""Which topic of the bank an article belongs to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.quiz.bank.bank import QuestionBank


def topics_of_articles(bank: QuestionBank) -> Mapping[str, str]:
    """Return the topic of each article that a lesson shows or questions rest on.

    Where several topics use one article, lessons count before questions, more uses before fewer,
    earlier topics before later ones.
    """
    uses: dict[str, Counter[str]] = {}
    for topic in bank.topics:
        for part in topic.lesson:
            uses.setdefault(part.article, Counter())[topic.topic_id] += _LESSON
        for question in topic.questions:
            uses.setdefault(question.article, Counter())[topic.topic_id] += 1
    return {article: counts.most_common(1)[0][0] for article, counts in uses.items()}


_LESSON = 1000
"""Weighs more than any number of questions."""
