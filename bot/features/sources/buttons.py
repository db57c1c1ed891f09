"""The buttons that show passages: behind an answer, or of a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.sources import texts
from bot.features.sources.names import topic_label
from bot.limits import CALLBACK_DATA_BYTES
from bot.telegram.callbacks import Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardButton

    from knowledge import AnswerTable, Citation, Topic

_MOST_SOURCES = (CALLBACK_DATA_BYTES - 2) // 17  # a chunk's id has 16 digits, and a comma after it


class SourcesPress(Press, kind="s"):
    """Shows the passages behind an answer."""

    chunk_ids: tuple[str, ...]


class TopicPress(Press, kind="t"):
    """Opens a topic that was offered after a refusal."""

    chunk_id: str


class TablePress(Press, kind="tb"):
    """Shows rows of a table from `offset` on."""

    chunk_id: str
    offset: int


def sources_keyboard(citations: Sequence[Citation]) -> InlineKeyboardMarkup | None:
    """Return the source button, or None without citations."""
    ids = list(dict.fromkeys(citation.chunk_id for citation in citations))
    return InlineKeyboardMarkup([[source_button(ids)]]) if ids else None


def source_button(chunk_ids: Sequence[str], number: int | None = None) -> InlineKeyboardButton:
    """Return the button that shows these passages, or the first of them that its data holds.

    `number` is that of the answer, where there are several.
    """
    label = texts.SOURCE_BUTTON if number is None else f"{number}. {texts.SOURCE_BUTTON}"
    return SourcesPress(tuple(chunk_ids[:_MOST_SOURCES])).button(label)


def table_buttons(table: AnswerTable, offset: int, shown: int) -> list[InlineKeyboardButton]:
    """Return the button to the rows behind those `shown`, which begin at `offset`, if any."""
    rest = table.total - offset - shown
    if rest <= 0:
        return []
    press = TablePress(table.chunk_id, offset + shown)
    return [press.button(texts.MORE_ROWS.format(count=rest))]


def topics_keyboard(topics: Sequence[Topic]) -> InlineKeyboardMarkup | None:
    """Return a button a topic, or None without topics."""
    buttons = [TopicPress(topic.chunk_id).button(topic_label(topic)) for topic in topics]
    return InlineKeyboardMarkup.from_column(buttons) if buttons else None
