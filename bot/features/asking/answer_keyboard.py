"""The buttons under an answer or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.answer_log import with_votes
from bot.features.asking.buttons import alternative_buttons, why_button, with_button_below
from bot.features.forwarded_questions import forward_button
from bot.features.reviews import keep_button
from bot.features.sources import sources_keyboard, table_buttons, topics_keyboard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardButton

    from knowledge import Answer


def answer_keyboard(
    answer: Answer,
    answer_id: str,
    *,
    owner: int | None,
    sees_reasons: bool,
    further: Sequence[InlineKeyboardButton] = (),
) -> InlineKeyboardMarkup:
    """Return sources or topics, votes, and what only `owner` sees; None in a group or inline.

    Last comes what leads `further`, a button a row.
    """
    keyboard = (
        topics_keyboard(answer.topics) if answer.topics else sources_keyboard(answer.citations)
    )
    if keyboard is not None and (table := answer.table) is not None:
        for button in table_buttons(table, 0, len(table.rows)):
            keyboard = with_button_below(keyboard, button)
    if answer.refused and owner is not None:
        button = forward_button(owner, answer_id)
        above = keyboard or InlineKeyboardMarkup(())
        keyboard = with_button_below(above, button)
    for button in alternative_buttons(answer.alternatives):
        keyboard = with_button_below(keyboard or InlineKeyboardMarkup(()), button)
    keyboard = with_votes(keyboard, answer_id, beside=not answer.refused)
    if owner is not None and not answer.refused:
        keyboard = with_button_below(keyboard, keep_button(owner, answer_id))
    if sees_reasons:
        keyboard = with_button_below(keyboard, why_button(answer_id))
    for button in further:
        keyboard = with_button_below(keyboard, button)
    return keyboard
