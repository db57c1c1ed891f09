"""Questions for the editors as the bot runs them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bot.access.audit import AuditAction
from bot.feature import Feature
from bot.features.forwarded_questions import texts
from bot.features.forwarded_questions.forwarding_handlers import ForwardingHandlers
from bot.features.forwarded_questions.inbox_handlers import InboxHandlers
from bot.features.forwarded_questions.personal_data import ForwardedQuestionsOfPerson
from bot.upkeep import Upkeep

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.answer_log import Recorder
    from bot.features.forwarded_questions.inbox import Inbox

_PURGING_SECONDS = 900.0


class ForwardedQuestionsFeature(Feature):
    """The button under refusals, and /inbox; what is older than RECORD_DAYS is deleted."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, inbox: Inbox, recorder: Recorder) -> None:
        self._inbox = inbox
        self._now = core.now
        self._kept = dt.timedelta(days=core.settings.record_days + 1)
        self._purging = Upkeep("forwarded_questions", _PURGING_SECONDS, core.clock)
        self.personal_data = (ForwardedQuestionsOfPerson(core.database),)
        answering = InboxHandlers(core, inbox)
        self.finishes = dict.fromkeys(
            (AuditAction.ANSWER_FORWARDED, AuditAction.CLOSE_FORWARDED), answering.finish
        )
        self.handler_groups = (ForwardingHandlers(core, inbox, recorder), answering)

    async def start(self, bot: ExtBot[Any]) -> None:  # noqa: ARG002 -- purging needs no bot
        """Delete what is over its time, now and every quarter of an hour."""
        self._purging.start(self.purge)

    async def close(self) -> None:
        """Stop deleting."""
        await self._purging.close()

    async def purge(self) -> None:
        """Delete what is over its time."""
        await self._inbox.purge(self._now() - self._kept)
