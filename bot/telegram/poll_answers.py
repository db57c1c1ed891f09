"""Answers to polls: handed to whatever sent the poll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import structlog
from telegram.ext import PollAnswerHandler

from bot.access.authorisation import Capability
from bot.telegram.gate import Guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update, User
    from telegram.ext import ExtBot

    from bot.telegram.sending import Context

_log = structlog.get_logger(__name__)


class TakesPollAnswers(Protocol):
    """Something that sends polls."""

    async def answered(
        self, bot: ExtBot[Any], poll_id: str, user: User, options: Sequence[int]
    ) -> bool:
        """Take an answer (no options: it was withdrawn); tell whether the poll was its own."""
        ...


class PollAnswerHandlers:
    """Asks the senders of polls in turn whose poll was answered."""

    def __init__(self, takers: Sequence[TakesPollAnswers]) -> None:
        self._takers = tuple(takers)

    def handlers(self) -> list[Guarded]:
        """Return the handler."""
        return [Guarded(Capability.LEARN, PollAnswerHandler(self.answered))]

    async def answered(self, update: Update, context: Context) -> None:
        """Hand an answer on; that of a forgotten poll is only logged."""
        answer = update.poll_answer
        if answer is None or answer.user is None:  # a channel's
            return
        for taker in self._takers:
            if await taker.answered(context.bot, answer.poll_id, answer.user, answer.option_ids):
                return
        _log.info("unknown_poll_answered")
