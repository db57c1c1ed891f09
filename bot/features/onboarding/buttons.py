"""The buttons of the learning path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.onboarding import texts
from bot.features.quizzes import PathAction, PathPress, lesson_button

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton

    from knowledge.quiz.topic import QuizTopic


def start_button(owner: int) -> InlineKeyboardButton:
    """Return the button with which a newcomer begins."""
    return PathPress(owner, PathAction.HOME).button(texts.START_BUTTON)


def go_on_button(owner: int, topic: QuizTopic) -> InlineKeyboardButton:
    """Return the button that shows the lesson of the topic that comes next."""
    return lesson_button(texts.GO_ON_BUTTON, owner, topic)


def reminders_button(owner: int, *, on: bool) -> InlineKeyboardButton:
    """Return the button that turns reminders on or off; `on`: they are on now."""
    label = texts.REMINDERS_OFF_BUTTON if on else texts.REMINDERS_ON_BUTTON
    return PathPress(owner, PathAction.REMINDERS, "0" if on else "1").button(label)
