"""Requests for a name on a certificate: made by learners, decided by one admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.access.audit import AuditAction, AuditEvent, append
from bot.access.errors import NameRequestError
from bot.access.person import official_name
from bot.access.registry import confirm_name
from bot.database.statements import insert_or_ignore
from bot.features.certificates import texts
from bot.features.certificates.tables import NameRequestRow
from bot.telegram.admin_notices import Notice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from bot.access.person import Actor
    from bot.database import Database


@dataclass(frozen=True, slots=True)
class NameRequest:
    """Somebody's wish; `notices` told the admins of it."""

    id: int
    person_id: int
    name: str
    notices: tuple[Notice, ...] = ()


class NameRequests:
    """Keeps one open request a person and sees that it is decided once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, person_id: int) -> NameRequest | None:
        """Return a person's open request."""
        async with self._database.session() as session:
            row = await session.scalar(
                select(NameRequestRow).where(NameRequestRow.person_id == person_id)
            )
            return None if row is None else _request(row)

    async def make(self, person_id: int, name: str, now: dt.datetime) -> NameRequest:
        """Ask for a name; one of which no admin was told yet takes its place.

        Raises NameProblemError, and NameRequestError where another waits.
        """
        name = official_name(name)
        mine = select(NameRequestRow).where(NameRequestRow.person_id == person_id)
        async with self._database.transaction() as session:
            new = {"person_id": person_id, "name": name, "requested_at": now, "notices": []}
            await session.execute(insert_or_ignore(session, NameRequestRow, **new))
            row = (await session.scalars(mine.with_for_update())).one()
            if row.notices:
                raise NameRequestError(texts.NAME_ALREADY_WAITS)
            row.name = name
            return _request(row)

    async def add_notices(self, request_id: int, notices: Iterable[Notice]) -> None:
        """Remember the messages that told the admins; nothing where it is decided meanwhile."""
        async with self._database.transaction() as session:
            row = await session.get(NameRequestRow, request_id, with_for_update=True)
            if row is not None:
                row.notices = [[notice.chat_id, notice.message_id] for notice in notices]

    async def decide(
        self, actor: Actor, request_id: int, now: dt.datetime, *, confirmed: bool
    ) -> NameRequest:
        """Confirm the name or not; the first decision counts.

        Raises NameRequestError when it was decided already or is gone, UnknownPersonError when the
        person was removed meanwhile.
        """
        async with self._database.transaction() as session:
            row = await session.get(NameRequestRow, request_id, with_for_update=True)
            if row is None:
                raise NameRequestError(texts.NAME_IS_OVER)
            request = _request(row)
            await session.delete(row)
            if confirmed:
                await confirm_name(session, actor, request.person_id, request.name, now)
            else:
                event = AuditEvent(AuditAction.REFUSE_NAME, subject=request.person_id)
                await append(session, actor, event, now)
            return request


def _request(row: NameRequestRow) -> NameRequest:
    notices = tuple(Notice(chat, message) for chat, message in row.notices)
    return NameRequest(row.id, row.person_id, row.name, notices)
