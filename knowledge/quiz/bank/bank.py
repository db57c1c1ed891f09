"""The question bank: all topics with their questions, as read from the files."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic

_LESSON_WEIGHT = 1000
"""Of a lesson that shows an article: more than any number of questions."""


@dataclass(frozen=True)
class QuestionBank:
    """Topics in the order of the path; ids of topics and of questions are unique."""

    topics: tuple[QuizTopic, ...] = field(default=())

    @cached_property
    def questions(self) -> Mapping[str, QuizQuestion]:
        """Every question by its id."""
        return {q.question_id: q for topic in self.topics for q in topic.questions}

    @cached_property
    def topic_of(self) -> Mapping[str, QuizTopic]:
        """Every topic by its id."""
        return {topic.topic_id: topic for topic in self.topics}

    @cached_property
    def topic_of_article(self) -> Mapping[str, str]:
        """The id of the topic of each article that a lesson shows or questions rest on.

        Where several topics use one article, lessons count before questions, more uses before
        fewer, earlier topics before later ones.
        """
        uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for topic in self.topics:
            for part in topic.lesson:
                uses[part.article][topic.topic_id] += _LESSON_WEIGHT
            for question in topic.questions:
                uses[question.article][topic.topic_id] += 1
        return {article: counts.most_common(1)[0][0] for article, counts in uses.items()}
