"""Which topic of a challenge somebody means, and the buttons to choose one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.challenges import texts
from bot.telegram.callbacks import PersonalPress
from embeddings.vietnamese import fold
from knowledge.quiz.topic_match import match_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.features.quizzes import QuestionPool
    from knowledge.quiz.topic import QuizTopic

EVERYTHING = ""
"""Stands for all topics where a topic's id stands otherwise."""
_MOST_BUTTONS = 30


class ChoosePress(PersonalPress, kind="ch"):
    """Begins a challenge about a topic, or EVERYTHING."""

    topic_id: str


def meant_topic(typed: str, topics: Sequence[QuizTopic]) -> str | None:
    """Return a topic's id, EVERYTHING, or None when `typed` fits none of `topics`."""
    if " ".join(fold(typed).casefold().split()) == fold(texts.ALL_TOPICS).casefold():
        return EVERYTHING
    topic = match_topic(typed, topics)
    return None if topic is None else topic.topic_id


def topic_title(pool: QuestionPool, topic_id: str | None) -> str:
    """Return what a challenge is about; None and EVERYTHING stand for all topics."""
    topic = pool.topic(topic_id)
    return texts.ALL_TOPICS if topic is None else topic.title


def topics_keyboard(topics: Sequence[QuizTopic], owner: int) -> InlineKeyboardMarkup:
    """Return a button for all topics together and one a topic, for `owner` only."""
    rows = [[ChoosePress(owner, EVERYTHING).button(texts.ALL_BUTTON)]]
    for number, topic in enumerate(topics[:_MOST_BUTTONS], 1):
        label = texts.TOPIC_BUTTON.format(number=number, title=topic.title)
        rows.append([ChoosePress(owner, topic.topic_id).button(label)])
    return InlineKeyboardMarkup(rows)
