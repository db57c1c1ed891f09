"""The buttons under messages, and what their callback data means.

`s:<chunk id>,…` shows the passages behind an answer, `t:<chunk id>` opens a topic offered after a
refusal, `q:<key>` asks a suggested question, `join` asks to be let in. Buttons for one person only
are in `bot/telegram/callbacks.py`, those of the record in `bot/features/answer_log/buttons.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.asking import texts
from bot.features.people import texts as people_texts
from bot.limits import BUTTON_CHARACTERS, CALLBACK_DATA_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge import Citation, Topic

SOURCES_PREFIX = "s:"
TOPIC_PREFIX = "t:"
SUGGESTION_PREFIX = "q:"
JOIN_DATA = "join"


def sources_keyboard(citations: Sequence[Citation]) -> InlineKeyboardMarkup | None:
    """Return the source button, or None without citations."""
    ids = list(dict.fromkeys(citation.chunk_id for citation in citations))
    return InlineKeyboardMarkup([[source_button(ids)]]) if ids else None


def source_button(chunk_ids: Sequence[str]) -> InlineKeyboardButton:
    """Return the button that shows these passages, or the first of them that its data holds."""
    ids = list(chunk_ids)
    while len(data := SOURCES_PREFIX + ",".join(ids)) > CALLBACK_DATA_BYTES:
        ids.pop()
    return InlineKeyboardButton(texts.SOURCE_BUTTON, callback_data=data)


def source_ids(data: str) -> list[str]:
    """Return the chunk ids of a source button."""
    return data.removeprefix(SOURCES_PREFIX).split(",")


def topics_keyboard(topics: Sequence[Topic]) -> InlineKeyboardMarkup | None:
    """Return a button a topic, or None without topics."""
    rows = [
        [InlineKeyboardButton(_label(topic.title), callback_data=TOPIC_PREFIX + topic.chunk_id)]
        for topic in topics
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def suggestions_keyboard(first: InlineKeyboardButton | None = None) -> InlineKeyboardMarkup:
    """Return a button a suggested question, below `first` if given."""
    rows = [
        [InlineKeyboardButton(question, callback_data=SUGGESTION_PREFIX + key)]
        for key, question in texts.SUGGESTED_QUESTIONS.items()
    ]
    return InlineKeyboardMarkup(rows if first is None else [[first], *rows])


def with_button_below(
    keyboard: InlineKeyboardMarkup, button: InlineKeyboardButton
) -> InlineKeyboardMarkup:
    """Return the keyboard with one more button, in a row of its own."""
    return InlineKeyboardMarkup([*keyboard.inline_keyboard, [button]])


def join_keyboard() -> InlineKeyboardMarkup:
    """Return the button that asks to be let in; whoever presses it asks."""
    button = InlineKeyboardButton(people_texts.JOIN_BUTTON, callback_data=JOIN_DATA)
    return InlineKeyboardMarkup([[button]])


def _label(title: str) -> str:
    if len(title) <= BUTTON_CHARACTERS:
        return title
    return title[: BUTTON_CHARACTERS - 1].rstrip() + "…"
