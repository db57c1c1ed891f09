"""A topic of the learning path: its lesson and its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.quiz.question import QuizQuestion

TOPIC_ID_CHARACTERS = 24
"""Room for a topic's id in a button's callback data."""


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A part of a lesson: an article's passages under `heading`, or all of it when None."""

    article: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class QuizTopic:
    """A step of the path. `topic_id` is of small letters a–z, digits and _, and never changes.

    Topics come in the order of `order`, then of their id.
    """

    topic_id: str
    title: str
    order: int
    lesson: tuple[LessonPart, ...]
    questions: tuple[QuizQuestion, ...]
    summary: str = ""
    """One line: what a newcomer knows after it."""
