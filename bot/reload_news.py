"""Tells editors how a reload that nobody in the chat asked for has ended."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from bot.exam_report import report_blocks
from bot.formatting import pack
from bot.handlers.reload import decision_keyboard
from bot.handlers.replying import notify
from bot.people.roles import Role

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.people.registry import People
    from knowledge import ReloadOutcome


async def tell_editors(
    bot: ExtBot[Any], people: People, outcome: ReloadOutcome | Exception
) -> None:
    """Send the report of a reload, with the buttons to decide if it waits for that."""
    keyboard = None
    if isinstance(outcome, Exception):
        messages = [html.escape(f"⛔ {outcome}", quote=False)]
    else:
        messages = pack(report_blocks(outcome))
        if outcome.waiting is not None:
            keyboard = decision_keyboard(outcome.waiting)
    for person in await people.with_role(Role.EDITOR, Role.ADMIN):
        for number, text in enumerate(messages, 1):
            await notify(bot, person.id, text, keyboard if number == len(messages) else None)
