"""The update journal: what Telegram brought is kept before Telegram hears that it was taken.

What is done keeps only its id, for two days: Telegram brings an update again within one.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.database.group_commit import GroupCommit
from bot.database.schema import Base
from bot.database.update_tables import UpdateDeedRow, UpdateRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.database import Database

    Json = dict[str, Any]

KEPT_IDS = dt.timedelta(days=2)
"""Telegram keeps an update that was not confirmed for a day (getUpdates)."""

_UPDATES, _DEEDS = (Base.metadata.tables[row.__tablename__] for row in (UpdateRow, UpdateDeedRow))
_THIS = (_UPDATES.c.bot_id == bindparam("of_bot"), _UPDATES.c.update_id == bindparam("of_update"))
_DONE = update(_UPDATES).where(*_THIS).values(payload=None, person_id=None)
_REPLAYED = update(_UPDATES).where(*_THIS).values(replays=_UPDATES.c.replays + bindparam("times"))
_DEEDS_DONE = delete(_DEEDS).where(
    _DEEDS.c.bot_id == bindparam("of_bot"), _DEEDS.c.update_id == bindparam("of_update")
)


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """An update that waits."""

    update_id: int
    taken_at: dt.datetime
    person_id: int | None
    payload: str
    replays: int

    @property
    def content(self) -> Json:
        """The update as the Bot API writes it."""
        content: Json = json.loads(self.payload)
        return content


class UpdateJournal:
    """The updates of one bot in the database; all methods raise DatabaseError."""

    def __init__(self, database: Database, token: str) -> None:
        self._database = database
        self._writes = GroupCommit(database)
        self._key = token.encode()
        self.bot_id = int(token.partition(":")[0])
        self._highest = 0
        dialect = sqlite if database.is_sqlite else postgresql
        self._keep = dialect.insert(_UPDATES).on_conflict_do_nothing()

    def seed(self, update_id: int) -> bytes:
        """Return a secret of an update, the same each time."""
        return hmac.digest(self._key, str(update_id).encode(), "sha256")

    async def load(self) -> list[KeptUpdate]:
        """Return what waits since the last time, in order, and begin; call it once, first."""
        mine = UpdateRow.bot_id == self.bot_id
        async with self._database.session() as session:
            self._highest = (
                await session.scalar(select(func.max(UpdateRow.update_id)).where(mine)) or 0
            )
            rows = await session.scalars(
                select(UpdateRow)
                .where(mine, UpdateRow.payload.is_not(None))
                .order_by(UpdateRow.update_id)
            )
            return [row.as_value(KeptUpdate) for row in rows]

    async def keep(self, updates: Sequence[KeptUpdate]) -> set[int]:
        """Keep updates, and return the ids of those that did not come before."""
        new = {each.update_id: each for each in updates}
        if any(update_id <= self._highest for update_id in new):
            for update_id in await self._known(list(new)):
                del new[update_id]
        if new:
            rows = [
                {
                    "bot_id": self.bot_id,
                    "update_id": each.update_id,
                    "taken_at": each.taken_at,
                    "person_id": each.person_id,
                    "payload": each.payload,
                    "replays": 0,
                }
                for each in new.values()
            ]
            await self._database.execute((self._keep, rows))
            self._highest = max(self._highest, *new)
        return set(new)

    async def replayed(self, update_id: int, times: int = 1) -> None:
        """Count that an update is taken up again, before it is; `times` -1: it was not."""
        await self._writes.write((_REPLAYED, {**self._this(update_id), "times": times}))

    async def done(self, update_id: int, *, noted: bool) -> None:
        """Delete the content of an update, and what was `noted` of it."""
        this = self._this(update_id)
        await self._writes.write((_DONE, this), *([(_DEEDS_DONE, this)] if noted else []))

    async def tidy(self, now: dt.datetime) -> None:
        """Delete the ids that don't come again, and what was noted of updates that are done."""
        waits = exists().where(
            UpdateRow.bot_id == UpdateDeedRow.bot_id,
            UpdateRow.update_id == UpdateDeedRow.update_id,
            UpdateRow.payload.is_not(None),
        )
        async with self._database.transaction() as session:
            await session.execute(delete(UpdateDeedRow).where(~waits))
            await session.execute(
                delete(UpdateRow).where(
                    UpdateRow.payload.is_(None), UpdateRow.taken_at < now - KEPT_IDS
                )
            )

    async def close(self) -> None:
        """Wait until all is written."""
        await self._writes.close()

    def _this(self, update_id: int) -> dict[str, int]:
        return {"of_bot": self.bot_id, "of_update": update_id}

    async def _known(self, ids: list[int]) -> list[int]:
        wanted = select(UpdateRow.update_id).where(
            UpdateRow.bot_id == self.bot_id, UpdateRow.update_id.in_(ids)
        )
        async with self._database.session() as session:
            return list(await session.scalars(wanted))
