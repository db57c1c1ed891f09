"""People as the bot runs them: coming in, roles, invitations, the audit log, personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.access.audit import AuditAction
from bot.access.roles import Role
from bot.feature import Feature
from bot.features.people import texts
from bot.features.people.audit_handlers import AuditHandlers
from bot.features.people.former_guests import ACTIVE_DAYS, FormerGuests
from bot.features.people.invitation_handlers import InvitationHandlers
from bot.features.people.invitations import Invitations
from bot.features.people.joining_handlers import JoiningHandlers
from bot.features.people.people_handlers import PeopleHandlers
from bot.features.people.personal_data import PersonalData
from bot.features.people.personal_data_handlers import PersonalDataHandlers
from bot.features.people.retention import expiring
from bot.telegram.sending import notify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.asking import Suggestions
    from bot.personal_data import PersonalDataStore


class PeopleFeature(Feature):
    """/people, /invite, /audit, /mydata and /forgetme; `stores` hold data of the other features."""

    commands = texts.COMMANDS

    def __init__(
        self, core: Core, stores: Sequence[PersonalDataStore], suggestions: Suggestions
    ) -> None:
        self._core = core
        self.expiring = expiring(core)
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

    async def start(self, bot: ExtBot[Any]) -> None:
        """Keep those in who used the bot while it was open to everybody, and tell the admins."""
        settings, core = self._core.settings, self._core
        guests = FormerGuests(core.database, core.people)
        admitted = await guests.admit(
            settings.access, core.now(), is_set="access" in settings.model_fields_set
        )
        if admitted:
            text = texts.ADMITTED_GUESTS.format(count=len(admitted), days=ACTIVE_DAYS)
            for admin in await core.people.with_role(Role.ADMIN):
                await notify(bot, admin.id, text)
