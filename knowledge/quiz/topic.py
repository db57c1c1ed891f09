"""A topic of the learning path: its lesson and its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from knowledge.quiz.question import QuizQuestion  # noqa: TC001 -- pydantic reads it
from knowledge.quiz.written_fields import (
    ArticleName,
    Line,
    Members,
    OneLine,
    WholeNumber,
    at_most,
    identifier,
    members_at_most,
    rule,
)

TOPIC_ID_CHARACTERS = 24
"""Room for a topic's id in a button's callback data."""
TITLE_CHARACTERS = 100
SUMMARY_CHARACTERS = 200
HEADING_CHARACTERS = 300
MOST_ORDER = 9999
MOST_LESSON_PARTS = 50


_IN_ORDER = rule(
    lambda order: order <= MOST_ORDER, lambda order: f"phải từ 0 đến {MOST_ORDER}, đang là {order}"
)


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A part of a lesson: an article's passages under `heading`, or all of it when None."""

    article: ArticleName
    heading: Annotated[str | None, OneLine, at_most(HEADING_CHARACTERS)] = None


@dataclass(frozen=True, slots=True)
class QuizTopic:
    """A step of the path. `topic_id` is of small letters a–z, digits and _, and never changes.

    Topics come in the order of `order`, then of their id. The types say how its fields are read
    from files.
    """

    topic_id: Annotated[Line, identifier(TOPIC_ID_CHARACTERS), Field(alias="topic")]
    title: Annotated[Line, at_most(TITLE_CHARACTERS)]
    order: Annotated[WholeNumber, _IN_ORDER]
    lesson: Annotated[tuple[LessonPart, ...], Members, members_at_most(MOST_LESSON_PARTS)]
    questions: tuple[QuizQuestion, ...]
    summary: Annotated[Line, at_most(SUMMARY_CHARACTERS)] = ""
    """One line: what a newcomer knows after it."""
