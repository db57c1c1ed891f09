"""People as the bot runs them: coming in, roles, invitations, the audit log, personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.people import texts
from bot.features.people.audit_handlers import AuditHandlers
from bot.features.people.invitation_handlers import InvitationHandlers
from bot.features.people.invitations import Invitations
from bot.features.people.join_requests import JoinRequests
from bot.features.people.joining_handlers import JoiningHandlers
from bot.features.people.people_handlers import PeopleHandlers
from bot.features.people.personal_data import PersonalData
from bot.features.people.personal_data_handlers import PersonalDataHandlers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.feature import Core, PersonalDataStore


class PeopleFeature(Feature):
    """/people, /invite, /audit, /mydata and /forgetme; `stores` hold data of the other features."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, stores: Sequence[PersonalDataStore]) -> None:
        people, menus, now = core.people, core.menus, core.now
        invitations = Invitations(core.database)
        requests = JoinRequests(core.database, core.settings.access)
        personal_data = PersonalData(core.database, people, core.audit, stores)
        self.handler_groups = (
            JoiningHandlers(people, invitations, requests, menus, now),
            PeopleHandlers(people, menus, now),
            InvitationHandlers(invitations, now),
            AuditHandlers(core.audit, now),
            PersonalDataHandlers(personal_data, menus, now),
        )
