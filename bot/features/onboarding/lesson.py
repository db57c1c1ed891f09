"""A topic's lesson: its passages as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.onboarding import texts
from bot.features.sources import source_button
from bot.limits import MESSAGE_UNITS
from bot.telegram.formatting import HtmlBlock, clip, escape, pack, split_text
from knowledge.quiz.bank.passage_check import lesson_chunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import InlineKeyboardButton

    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.topic import QuizTopic

_HEADING_UNITS = 200
_LIST_MARK = "- "


def lesson_messages(
    topic: QuizTopic, chunks: Sequence[Chunk]
) -> tuple[list[str], InlineKeyboardButton | None]:
    """Return a lesson's messages and the button of its sources, None without any passage."""
    blocks = [HtmlBlock.of(texts.LESSON.format(title=escape(topic.title, _HEADING_UNITS)))]
    found = [chunk for part in topic.lesson for chunk in lesson_chunks(part, chunks)]
    if not found:
        blocks.append(HtmlBlock.plain(texts.LESSON_EMPTY))
        return pack(blocks), None
    for chunk in found:
        blocks.extend(_passage(chunk))
    return pack(blocks), source_button([chunk.chunk_id for chunk in found])


def _passage(chunk: Chunk) -> Iterator[HtmlBlock]:
    heading = clip(chunk.heading, _HEADING_UNITS)
    text = "\n".join(
        f"• {line.removeprefix(_LIST_MARK)}" if line.startswith(_LIST_MARK) else line
        for line in chunk.text.splitlines()
    )
    head = f"<b>{escape(heading)}</b>\n" if heading else ""
    for part in split_text(text, MESSAGE_UNITS - _HEADING_UNITS - 2):
        yield HtmlBlock.of(head + escape(part))
        head = ""
