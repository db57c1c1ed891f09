"""What an update of Telegram's brings about once, though it may be handled again after a kill.

A store asks `first_time` in the transaction of its change: what is noted there is committed with
the change or not at all. Outside the handling of an update everything is for the first time.
"""

from __future__ import annotations

import random
from collections import Counter
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.database.statements import insert_or_ignore
from bot.database.update_tables import UpdateDeedRow

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

CAUSE: ContextVar[Cause | None] = ContextVar("cause", default=None)
"""The update that is being handled, for all that is called and begun by its handlers."""


@dataclass(slots=True, eq=False)
class Cause:
    """An update that is being handled; `seed` is a secret of this update, the same each time."""

    bot_id: int
    update_id: int
    seed: bytes
    rng: random.Random = field(init=False)
    """Gives the same numbers each time the update is handled: for ids that people will see."""
    noted: bool = False
    """Whether anything that came of it is noted in the database."""
    over: bool = False
    """Whether it is done; what its handlers began may go on."""
    _times: Counter[str] = field(default_factory=Counter, init=False)

    def __post_init__(self) -> None:
        """Begin the numbers anew."""
        self.rng = random.Random(self.seed)  # noqa: S311 -- the seed is what nobody can guess

    def numbered(self, deed: str) -> str:
        """Return a deed's name with the number of times that it came up in this handling."""
        self._times[deed] += 1
        return f"{deed} {self._times[deed]}"


def cause() -> Cause | None:
    """Return the update that is being handled, if it is not done."""
    found = CAUSE.get()
    return None if found is None or found.over else found


def chance(otherwise: random.Random) -> random.Random:
    """Return what ids are drawn from that must be the same where an update is handled again."""
    by = cause()
    return otherwise if by is None else by.rng


async def first_time(session: AsyncSession, deed: str) -> bool:
    """Note a deed of the update that is being handled; False where an earlier handling noted it.

    Raises DatabaseError where `deed` is longer than 88 characters.
    """
    by = cause()
    if by is None:
        return True
    by.noted = True
    noted = await session.execute(
        insert_or_ignore(
            session,
            UpdateDeedRow,
            bot_id=by.bot_id,
            update_id=by.update_id,
            deed=by.numbered(deed),
        ).returning(UpdateDeedRow.deed)
    )
    return noted.first() is not None
