"""The buttons of learning: what kinds there are and what they say."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.quizzes import texts
from bot.telegram.callbacks import PersonalPress

if TYPE_CHECKING:
    from knowledge.quiz.topic import QuizTopic


class PathAction(StrEnum):
    """What a button of the path does."""

    HOME = "h"
    LESSON = "l"
    QUIZ = "q"
    REMINDERS = "r"


class PathPress(PersonalPress, kind="ln"):
    """A button of the path; `argument` is the topic, for reminders "1" or "0": on or off."""

    action: PathAction
    argument: str | None = None


class QuizAction(StrEnum):
    """What a button of a quiz does."""

    CONTINUE = "c"
    PAUSE = "p"
    CHOOSE = "n"
    PRACTISE = "t"
    MIXED = "m"


class QuizPress(PersonalPress, kind="qz"):
    """A button of a quiz."""

    action: QuizAction
    topic_id: str | None = None


class ReviewAction(StrEnum):
    """What a button of a review does."""

    BEGIN = "g"
    KEEP = "k"
    SHOW = "s"
    RATE = "r"
    DELETE = "d"


class ReviewPress(PersonalPress, kind="rv"):
    """A button of a review; `argument` is the answer to keep, or the number of a card."""

    action: ReviewAction
    argument: str | None = None
    rating: int | None = None


def lesson_button(label: str, owner: int, topic: QuizTopic) -> InlineKeyboardButton:
    """Return a button that shows a topic's lesson."""
    press = PathPress(owner, PathAction.LESSON, topic.topic_id)
    return press.button(label.format(title=topic.title))


def take_button(label: str, owner: int, topic: QuizTopic) -> InlineKeyboardButton:
    """Return a button that begins the quiz of a topic on the path."""
    return PathPress(owner, PathAction.QUIZ, topic.topic_id).button(label)


def continue_button(owner: int) -> InlineKeyboardButton:
    """Return the button that goes on with an unfinished quiz."""
    return QuizPress(owner, QuizAction.CONTINUE).button(texts.CONTINUE_BUTTON)


def pause_keyboard(owner: int) -> InlineKeyboardMarkup:
    """Return the button under a question."""
    press = QuizPress(owner, QuizAction.PAUSE)
    return InlineKeyboardMarkup.from_button(press.button(texts.PAUSE_BUTTON))


def continue_keyboard(owner: int) -> InlineKeyboardMarkup:
    """Return the button to go on, alone."""
    return InlineKeyboardMarkup.from_button(continue_button(owner))


def choose_button(label: str, owner: int) -> InlineKeyboardButton:
    """Return a button that offers the topics."""
    return QuizPress(owner, QuizAction.CHOOSE).button(label)


def review_button(owner: int, count: int) -> InlineKeyboardButton:
    """Return the button that begins a review of `count` cards."""
    press = ReviewPress(owner, ReviewAction.BEGIN)
    return press.button(texts.REVIEW_BUTTON.format(count=count))
