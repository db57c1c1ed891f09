"""Answers to polls: handed to the feature that sent the poll."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram.ext import PollAnswerHandler

from bot.access.authorisation import Capability
from bot.telegram.gate import Guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.feature import Feature
    from bot.telegram.sending import Context

_log = structlog.get_logger(__name__)


class PollAnswerHandlers:
    """Asks the features in turn whose poll was answered."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = tuple(features)

    def handlers(self) -> list[Guarded]:
        """Return the handler."""
        return [Guarded(Capability.LEARN, PollAnswerHandler(self.answered))]

    async def answered(self, update: Update, context: Context) -> None:
        """Hand an answer on; that of a forgotten poll is only logged."""
        answer = update.poll_answer
        if answer is None or answer.user is None:  # a channel's
            return
        for feature in self._features:
            if await feature.poll_answered(
                context.bot, answer.poll_id, answer.user, answer.option_ids
            ):
                return
        _log.info("unknown_poll_answered")
