"""The order in which updates are handled: no flood, and no chat that waits, holds up another."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseUpdateProcessor

from bot.telegram import texts
from bot.telegram.flood import Verdict, kind_of
from bot.telegram.sending import acknowledge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Hashable

    from bot.telegram.flood import FloodGuard

UPDATES_AT_ONCE = 256
"""Updates handled at once; answering itself is bounded by ANSWER_THREADS."""
CHAT_SLOTS = 4
"""Updates of one kind and chat handled at once: where one chat must wait, the others go on."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Lane:
    """The updates of one chat: those handled, and those that wait."""

    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CHAT_SLOTS))
    updates: int = 0


class FairUpdateProcessor(BaseUpdateProcessor):
    """Drops what is too much before it takes a slot, and gives each chat a few slots.

    Each kind of update has slots of its own: a quiz goes on while an answer is made, and questions
    are answered while documents are read. `takes` tells whether any handler takes an update: the
    talk of a group that the bot only overhears is no flood.
    """

    def __init__(self, guard: FloodGuard, takes: Callable[[Update], bool]) -> None:
        super().__init__(sys.maxsize)  # the library's own slots are the same for all chats
        self._guard = guard
        self._takes = takes
        self._free = asyncio.Semaphore(UPDATES_AT_ONCE)
        self._lanes: dict[Hashable, _Lane] = {}
        self._under_way: set[asyncio.Task[Any]] = set()
        self._given_up = False

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    def give_up(self) -> None:
        """Cut off the updates under way, and all that come: the program ends."""
        self._given_up = True
        if self._under_way:
            _log.warning("updates_cut_off", count=len(self._under_way))
        for task in self._under_way:
            task.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when it is its turn, or drop it."""
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
        try:
            if self._given_up:
                raise asyncio.CancelledError
            if not isinstance(update, Update):
                await coroutine
            elif self._takes(update) and await self._is_let_in(update):
                async with self._lane(update), self._free:
                    await coroutine
        finally:
            if task is not None:
                self._under_way.discard(task)
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # so that nothing warns of one that was never begun

    async def _is_let_in(self, update: Update) -> bool:
        verdict = self._guard.judge(update)
        if verdict is Verdict.TELL:
            _log.info("flood_slowed", update_id=update.update_id)
            await _tell(update)
        return verdict is Verdict.PASS

    @asynccontextmanager
    async def _lane(self, update: Update) -> AsyncIterator[None]:
        place = update.effective_chat or update.effective_sender
        key = (None if place is None else place.id, kind_of(update))
        lane = self._lanes.setdefault(key, _Lane())
        lane.updates += 1
        try:
            async with lane.slots:
                yield
        finally:
            lane.updates -= 1
            if lane.updates == 0:
                del self._lanes[key]


async def _tell(update: Update) -> None:
    """Ask the sender to slow down; what was typed inline or a reaction has no room for it."""
    if update.callback_query is not None:
        await acknowledge(update.callback_query, texts.SLOW_DOWN)
        return
    message = update.message or update.edited_message
    if message is None:
        return
    try:
        await message.reply_text(texts.SLOW_DOWN, allow_sending_without_reply=True)
    except TelegramError as error:
        _log.info("slow_down_not_told", reason=str(error))
