"""The buttons of cards made of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.quizzes import ReviewAction, ReviewPress
from bot.features.reviews import texts

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton


def keep_button(owner: int, answer_id: str) -> InlineKeyboardButton:
    """Return the button under an answer that makes a card of it."""
    return ReviewPress(owner, ReviewAction.KEEP, answer_id.lower()).button(texts.KEEP_BUTTON)


def card_keyboard(owner: int, number: str) -> InlineKeyboardMarkup:
    """Return the buttons under the question of a person's own card."""
    return InlineKeyboardMarkup.from_row(
        [
            ReviewPress(owner, ReviewAction.SHOW, number).button(texts.SHOW_ANSWER_BUTTON),
            ReviewPress(owner, ReviewAction.DELETE, number).button(texts.DELETE_CARD_BUTTON),
        ]
    )


def ratings_keyboard(owner: int, number: str) -> InlineKeyboardMarkup:
    """Return the buttons under the answer of a person's own card."""
    return InlineKeyboardMarkup.from_row(
        [
            ReviewPress(owner, ReviewAction.RATE, number, rating).button(label)
            for rating, label in texts.RATINGS.items()
        ]
    )
