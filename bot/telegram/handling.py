"""The update that is being handled, and what came of it before the program was killed.

All that its handlers call and begin finds it (`current`). It is done when they are, and what they
let go on beside the conversation (`goes_on`).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.database.errors import DatabaseError
from bot.database.once import Cause, cause

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update

    from bot.telegram.sent_calls import Made

MOST_REPLAYS = 5
"""So often an update is taken up again that the program did not survive; then it is set aside."""


@dataclass(slots=True, eq=False, kw_only=True)
class Handling(Cause):
    """An update from when it is taken until it is done."""

    update: Update
    size: int
    """Characters that it takes in the journal."""
    replays: int | None = None
    """None: it came just now. Else how often it was taken up again already."""
    made: Made = field(default_factory=dict)
    """The calls that were made before the program was killed."""
    too_much: bool = False
    """Whether its sender is told to slow down instead."""
    beside: list[asyncio.Future[None]] = field(default_factory=list)
    done: Callable[[Handling], Awaitable[None]]
    """Marks it as done."""
    held: bool = False
    """Whether it is not done when its handlers are: it waits for another update."""
    failed: bool = False
    """Whether the database failed on the way, and nobody could be told: it is handled again."""

    @property
    def is_replay(self) -> bool:
        """Whether it was taken before the program was started."""
        return self.replays is not None

    @property
    def is_suspect(self) -> bool:
        """Whether the program ended while it was handled again: maybe because of it."""
        return bool(self.replays)

    @property
    def is_given_up(self) -> bool:
        """Whether the program ended too often while it was handled."""
        return self.replays is not None and self.replays >= MOST_REPLAYS

    async def settled(self) -> None:
        """Wait for what goes on beside the conversation; nobody is told where it fails."""
        while self.beside:
            waiting, self.beside = self.beside, []
            await asyncio.wait(waiting)
            self.failed |= any(
                not each.cancelled() and isinstance(each.exception(), DatabaseError)
                for each in waiting
            )


def current() -> Handling | None:
    """Return what is being handled, if it is not done."""
    found = cause()
    return found if isinstance(found, Handling) else None


def fails() -> None:
    """Let the update that is being handled be handled again once the database takes it."""
    if (handling := current()) is not None:
        handling.failed = True


def hold() -> Callable[[], Awaitable[None]]:
    """Let the update that is being handled wait, also beyond the end of the program.

    What is returned is to be awaited when it is done after all.
    """
    if (handling := current()) is None:
        return _nothing
    handling.held = True
    return partial(_let_go, handling)


async def _let_go(handling: Handling) -> None:
    handling.held = False
    if handling is not current():  # which is marked when its handlers are done
        await handling.done(handling)


async def _nothing() -> None:
    """Do nothing: what is not kept is not marked either."""


def goes_on(work: asyncio.Future[None]) -> None:
    """Let the update that is being handled be done only after some work that nobody waits for."""
    if (handling := current()) is not None:
        handling.beside.append(work)
