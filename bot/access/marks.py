"""Marks: what outlives a person's erasure, so that /forgetme ends no sanction and no limit.

A mark is HMAC-SHA256 (RFC 2104) of a kind and a Telegram id under a key in the data directory. It
holds nothing of the person: who has the database alone learns from it neither who left it nor which
marks are of one person. Only this program, with the key, recognises somebody who comes again. Where
the key is lost, the marks lead to nobody for good.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, or_, select

from bot.access.tables import MarkRow
from bot.database.statements import insert_or_ignore
from bot.key_file import KeyFile

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.key_file import SecretKey

KEY_FILE = "marks.key"


class MarkKind(StrEnum):
    """What is not undone by an erasure; a feature adds its own here."""

    JOIN_REQUEST = "join_request"
    """Asked to be let in, was refused or removed: for a day they may not ask again."""
    CERTIFICATE_REVOKED = "certificate_revoked"
    """Their certificate was revoked for good."""
    FORWARDED_QUESTION = "forwarded_question"
    """How many of their questions the editors had not answered yet."""
    FORWARDED_FEEDBACK = "forwarded_feedback"
    MODEL_USE = "model_use"
    """How often the language model wrote for them today. Counted by mark from the beginning."""


class Marks:
    """Leaves and finds marks, in transactions of who needs them."""

    def __init__(self, key_file: KeyFile) -> None:
        self._key_file = key_file
        self._key: SecretKey | None = None

    @classmethod
    def beside(cls, data_dir: Path) -> Marks:
        """Return the marks whose key is in the data directory."""
        return cls(KeyFile(data_dir / KEY_FILE, "khóa của các dấu còn lại sau khi xóa dữ liệu"))

    async def load(self) -> None:
        """Read the key, or make it; harmless when it is loaded. Raises KeyFileError."""
        if self._key is None:
            self._key = await asyncio.to_thread(self._key_file.create)

    def of(self, kind: MarkKind, person_id: int) -> str:
        """Return a person's mark of a kind as 64 hexadecimal digits.

        Blocks to read the key where `load` was not awaited before; raises KeyFileError then.
        """
        if self._key is None:
            self._key = self._key_file.create()
        return hmac.digest(self._key.secret, f"{kind}:{person_id}".encode(), hashlib.sha256).hex()

    async def leave(  # noqa: PLR0913 -- what a mark says
        self,
        session: AsyncSession,
        kind: MarkKind,
        person_id: int,
        now: dt.datetime,
        *,
        until: dt.datetime | None,
        amount: int = 1,
    ) -> None:
        """Leave a mark that holds `until` then (None: for good); one that still holds adds up."""
        await self.load()
        await leave(session, kind, self.of(kind, person_id), now, until=until, amount=amount)

    async def amount(
        self, session: AsyncSession, kind: MarkKind, person_id: int, now: dt.datetime
    ) -> int:
        """Return what a person's mark of a kind says; 0 where none holds."""
        await self.load()
        row = await session.get(MarkRow, self.of(kind, person_id))
        return row.amount if row is not None and _holds(row, now) else 0

    async def take_away(self, session: AsyncSession, kind: MarkKind, person_id: int) -> bool:
        """Delete a person's mark of a kind; tell whether there was one."""
        await self.load()
        row = await session.get(MarkRow, self.of(kind, person_id), with_for_update=True)
        if row is not None:
            await session.delete(row)
        return row is not None

    async def held_by(
        self, session: AsyncSession, person_id: int, now: dt.datetime
    ) -> list[MarkRow]:
        """Return the marks of a person that hold."""
        await self.load()
        theirs = MarkRow.mark.in_([self.of(kind, person_id) for kind in MarkKind])
        query = select(MarkRow).where(theirs, holding(now)).order_by(MarkRow.kind)
        return list(await session.scalars(query))


async def leave(  # noqa: PLR0913 -- what a mark says
    session: AsyncSession,
    kind: MarkKind,
    mark: str,
    now: dt.datetime,
    *,
    until: dt.datetime | None,
    amount: int = 1,
) -> None:
    """Leave a mark that was made before."""
    # Another transaction may leave it at this moment, so first there is one that holds no more.
    new = insert_or_ignore(session, MarkRow, mark=mark, kind=kind, amount=0, until=now)
    await session.execute(new)
    row = await session.get_one(MarkRow, mark, with_for_update=True)
    if _holds(row, now):
        row.amount += amount
        row.until = None if row.until is None or until is None else max(row.until, until)
    else:
        row.amount, row.until = amount, until
    await session.flush()


def holding(now: dt.datetime) -> ColumnElement[bool]:
    """Return the condition that a mark holds at a moment."""
    return or_(MarkRow.until.is_(None), MarkRow.until > now)


def _holds(row: MarkRow, now: dt.datetime) -> bool:
    return row.until is None or row.until > now
