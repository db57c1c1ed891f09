"""Groups that became supergroups: they have another id from then on, which every feature is told.

The chat that was and the chat that is each say so in a message of their own, in any order; a
feature takes the second as well as the first.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.telegram.gate import Guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.feature import Feature
    from bot.telegram.sending import Context

_log = structlog.get_logger(__name__)


class ChatMoveHandlers:
    """Tells the features which chat took which one's place."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = tuple(features)

    def handlers(self) -> list[Guarded]:
        """Return the handler."""
        moves = filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE
        return [Guarded(Capability.GREET, MessageHandler(moves, self.moved))]

    async def moved(self, update: Update, _context: Context) -> None:
        """Hand both ids on."""
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        _log.info("group_upgraded", chat=old, now=new)
        await asyncio.gather(*(feature.chat_moved(old, new) for feature in self._features))
