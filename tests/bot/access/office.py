import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.access.audit import AuditEntry, AuditLog
from bot.access.marks import Marks
from bot.access.person import CLI, Identity
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.people.invitations import Invitations
from bot.features.people.join_requests import JoinRequests
from bot.features.people.personal_data import PersonalData
from bot.settings import Access

NOW = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@dataclass
class Office:
    """Everything about people over one database; its keys are in a folder."""

    database: Database
    folder: Path
    marks: Marks = field(init=False)
    people: People = field(init=False)
    audit: AuditLog = field(init=False)
    invitations: Invitations = field(init=False)
    requests: JoinRequests = field(init=False)
    data: PersonalData = field(init=False)

    def __post_init__(self) -> None:
        self.marks = Marks.beside(self.folder)
        self.people = People(self.database)
        self.audit = AuditLog(self.database)
        self.invitations = Invitations(self.database)
        self.requests = JoinRequests(self.database, Access.APPROVAL, self.marks)
        self.data = PersonalData(self.database, self.people, self.audit, (), self.marks)

    async def has(self, role: Role, *ids: int) -> None:
        """Give people a role."""
        for person_id in ids:
            await self.people.set_role(CLI, person_id, role, NOW, name=f"Người {person_id}")

    async def role(self, person_id: int) -> Role:
        """The role that somebody has now."""
        person = await self.people.get(person_id)
        return Role.STRANGER if person is None else person.role

    async def log(self) -> list[AuditEntry]:
        """The whole audit log, oldest first."""
        return [entry async for entry in self.audit.all()]


def somebody(person_id: int) -> Identity:
    return Identity(person_id, f"Người {person_id}")


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """An office on SQLite and on PostgreSQL: each test runs on both."""
    return Office(database, tmp_path)
