"""People as the bot runs them: coming in, roles, invitations, the audit log, personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.audit import AuditAction
from bot.feature import Feature
from bot.features.people import texts
from bot.features.people.audit_handlers import AuditHandlers
from bot.features.people.invitation_handlers import InvitationHandlers
from bot.features.people.invitations import Invitations
from bot.features.people.joining_handlers import JoiningHandlers
from bot.features.people.people_handlers import PeopleHandlers
from bot.features.people.personal_data import PersonalData
from bot.features.people.personal_data_handlers import PersonalDataHandlers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.feature import Core
    from bot.features.asking import Suggestions
    from bot.personal_data import PersonalDataStore


class PeopleFeature(Feature):
    """/people, /invite, /audit, /mydata and /forgetme; `stores` hold data of the other features."""

    commands = texts.COMMANDS

    def __init__(
        self, core: Core, stores: Sequence[PersonalDataStore], suggestions: Suggestions
    ) -> None:
        invitations = Invitations(core.database)
        personal_data = PersonalData(core.database, core.people, core.audit, stores, core.marks)
        forgetting = PersonalDataHandlers(core, personal_data)
        self.finishes = {AuditAction.FORGET: forgetting.finish}
        self.handler_groups = (
            JoiningHandlers(core, invitations, suggestions),
            PeopleHandlers(core),
            InvitationHandlers(core, invitations),
            AuditHandlers(core),
            forgetting,
        )
