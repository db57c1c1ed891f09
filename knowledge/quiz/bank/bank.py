"""The question bank: all topics with their questions, as read from the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic


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
