"""The buttons under welcomes and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.asking import texts
from bot.telegram.callbacks import Press

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton


class SuggestionPress(Press, kind="q"):
    """Asks a suggested question."""

    key: str


def suggestions_keyboard(first: InlineKeyboardButton | None = None) -> InlineKeyboardMarkup:
    """Return a button a suggested question, below `first` if given."""
    buttons = [
        SuggestionPress(key).button(question) for key, question in texts.SUGGESTED_QUESTIONS.items()
    ]
    return InlineKeyboardMarkup.from_column(buttons if first is None else [first, *buttons])


def with_button_below(
    keyboard: InlineKeyboardMarkup, button: InlineKeyboardButton
) -> InlineKeyboardMarkup:
    """Return the keyboard with one more button, in a row of its own."""
    return InlineKeyboardMarkup([*keyboard.inline_keyboard, [button]])
