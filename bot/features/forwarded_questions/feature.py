"""Questions for the editors as the bot runs them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.access.audit import AuditAction
from bot.feature import Feature
from bot.features.forwarded_questions import texts
from bot.features.forwarded_questions.forwarding_handlers import ForwardingHandlers
from bot.features.forwarded_questions.inbox_handlers import InboxHandlers
from bot.features.forwarded_questions.personal_data import ForwardedQuestionsOfPerson
from bot.retention import Expiring

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.answer_log import Recorder
    from bot.features.forwarded_questions.inbox import Inbox


class ForwardedQuestionsFeature(Feature):
    """The button under refusals, and /inbox; what is older than RECORD_DAYS is deleted."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, inbox: Inbox, recorder: Recorder) -> None:
        kept = dt.timedelta(days=core.settings.record_days + 1)

        async def purge() -> int:
            return await inbox.purge(core.now() - kept)

        self.expiring = (Expiring("forwarded_questions", purge),)
        self.personal_data = (ForwardedQuestionsOfPerson(core.database, core.marks, core.now),)
        answering = InboxHandlers(core, inbox)
        self.finishes = dict.fromkeys(
            (AuditAction.ANSWER_FORWARDED, AuditAction.CLOSE_FORWARDED), answering.finish
        )
        self.handler_groups = (ForwardingHandlers(core, inbox, recorder), answering)
