"""The buttons under welcomes and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.asking import explanation_texts
from bot.features.sources import topic_label
from bot.limits import BUTTON_UNITS
from bot.telegram.callbacks import Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardButton

    from knowledge import Topic


class SuggestionPress(Press, kind="q"):
    """Asks a suggested question: a written one by its name, another by the key of its wording."""

    key: str


class AlternativePress(Press, kind="alt"):
    """Asks the last question again, of the heading of one passage."""

    chunk_id: str


class WhyPress(Press, kind="why"):
    """Explains an answer."""

    answer_id: str


def alternative_buttons(topics: Sequence[Topic]) -> list[InlineKeyboardButton]:
    """Return a button for each heading that the question may be about as well."""
    return [
        AlternativePress(topic.chunk_id).button(f"↪ {topic_label(topic)}"[:BUTTON_UNITS])
        for topic in topics
    ]


def why_button(answer_id: str) -> InlineKeyboardButton:
    """Return the button under an answer that tells editors what led to it."""
    return WhyPress(answer_id).button(explanation_texts.WHY_BUTTON)


def with_button_below(
    keyboard: InlineKeyboardMarkup, button: InlineKeyboardButton
) -> InlineKeyboardMarkup:
    """Return the keyboard with one more button, in a row of its own."""
    return InlineKeyboardMarkup([*keyboard.inline_keyboard, [button]])
