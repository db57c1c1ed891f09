"""Answers to several questions of one message: numbered, in one message, each with its buttons."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from telegram import InlineKeyboardMarkup

from bot.features.answer_log import with_votes
from bot.features.forwarded_questions import forward_button
from bot.features.sources import answer_messages, source_button, topics_keyboard
from bot.telegram.formatting import HtmlBlock, escape, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardButton

    from knowledge import Answer

_QUESTION_UNITS = 300


class AnsweredPart(NamedTuple):
    """One of the questions, its answer, and the id under which it is recorded."""

    question: str
    answer: Answer
    answer_id: str


def several_messages(parts: Sequence[AnsweredPart]) -> list[str]:
    """Return the messages of the answers, each below its numbered question."""
    blocks: list[HtmlBlock] = []
    for number, part in enumerate(parts, 1):
        answer = part.answer
        if answer.refused:  # its topics have no room below: they would be taken for another's
            answer = dataclasses.replace(answer, topics=())
        question = escape(part.question, _QUESTION_UNITS)
        blocks.append(HtmlBlock.of(f"<b>{number}. {question}</b>"))
        blocks += map(HtmlBlock.of, answer_messages(answer))
    return pack(blocks)


def several_keyboard(parts: Sequence[AnsweredPart], *, owner: int | None) -> InlineKeyboardMarkup:
    """Return a row an answer, with its number: source and votes; parts to choose from above it.

    `owner`, None in a group, may put what was refused before the editors.
    """
    rows: list[Sequence[InlineKeyboardButton]] = []
    for number, part in enumerate(parts, 1):
        answer = part.answer
        choice = None if answer.refused else topics_keyboard(answer.topics)
        rows += choice.inline_keyboard if choice is not None else ()
        if answer.refused and owner is not None:
            rows.append([forward_button(owner, part.answer_id, number)])
        ids = list(dict.fromkeys(citation.chunk_id for citation in answer.citations))
        source = InlineKeyboardMarkup([[source_button(ids, number)]]) if ids else None
        rows += with_votes(source, part.answer_id, beside=True, number=number).inline_keyboard
    return InlineKeyboardMarkup(rows)
