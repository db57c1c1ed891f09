"""Writes of many at once, in one transaction for all that came while another was under way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Executable

    from bot.database.database import Database, Parameters


class GroupCommit:
    """Executes statements, each once for all the parameters that came for it.

    Within a transaction they go in the order in which they were first asked for. None may break a
    rule of the data: all that came together would fail.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[Executable, list[Parameters]] = {}
        self._written: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    async def write(self, *wanted: tuple[Executable, Parameters]) -> None:
        """Return once the statements are committed; raises DatabaseError where none of them is."""
        loop = asyncio.get_running_loop()
        for statement, parameters in wanted:
            self._waiting.setdefault(statement, []).append(parameters)
        if self._written is None:
            self._written = loop.create_future()
        written = self._written
        if self._task is None:
            self._task = loop.create_task(self._run())
        await asyncio.shield(written)

    async def close(self) -> None:
        """Wait until all is written, or was tried."""
        while self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        try:
            while self._written is not None:
                written, self._written = self._written, None
                waiting, self._waiting = self._waiting, {}
                try:
                    await self._database.execute(*waiting.items())
                except Exception as error:  # noqa: BLE001 -- it belongs to those who wait
                    written.set_exception(error)
                    written.exception()  # maybe nobody waits any more
                else:
                    written.set_result(None)
        finally:
            self._task = None
