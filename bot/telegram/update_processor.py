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
from bot.telegram.flood import kind_of
from bot.telegram.sending import acknowledge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Hashable

    from bot.telegram.handling import Handling
    from bot.telegram.intake import Intake

CHAT_SLOTS = 4
"""Updates of one kind and chat handled at once: where chats must wait, the others go on.

There is no limit for all chats together, which those that Telegram makes wait could fill. Answering
is bounded by ANSWER_THREADS, sending by `pacing.py`, and what one person may begin by `flood.py`.
"""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Lane:
    """The updates of one chat: those handled, and those that wait."""

    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CHAT_SLOTS))
    updates: int = 0


class FairUpdateProcessor(BaseUpdateProcessor):
    """Gives each chat a few slots; who sends too much is told so without one.

    Each kind of update has slots of its own: a quiz goes on while an answer is made, and questions
    are answered while documents are read. `give_up` is awaited instead of handling an update that
    the program did not survive several times.
    """

    def __init__(self, intake: Intake, give_up: Callable[[Update], Awaitable[None]]) -> None:
        super().__init__(sys.maxsize)  # the library's own slots are the same for all chats
        self.intake = intake
        self._give_up = give_up
        self._begun: dict[asyncio.Task[Any] | None, bool] = {}
        self._replays: dict[int | None, asyncio.Lock] = {}
        self._stopping = False
        self._lanes: dict[Hashable, _Lane] = {}

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def stop(self, seconds: float) -> None:
        """Begin nothing more, and let what is being handled be done within `seconds`.

        What is left is taken up again at the next start.
        """
        self._stopping = True
        tasks = [(task, begun) for task, begun in self._begun.items() if task is not None]
        for task, begun in tasks:
            if not begun:
                task.cancel()
        if tasks:
            _, late = await asyncio.wait([task for task, _ in tasks], timeout=seconds)
            if late:
                _log.warning("updates_cut_off", count=len(late))
            for task in late:
                task.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when it is its turn."""
        try:
            if not isinstance(update, Update):
                await coroutine
            elif not self._stopping:
                async with self.intake.handled(update) as handling:
                    await self._handle(update, handling, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # so that nothing warns of one that was never begun

    async def _handle(
        self, update: Update, handling: Handling | None, coroutine: Awaitable[Any]
    ) -> None:
        if handling is not None and handling.is_given_up:
            _log.error("update_set_aside", update_id=update.update_id, starts=handling.replays)
            await self._give_up(update)
            return
        if handling is not None and handling.too_much:
            _log.info("flood_slowed", update_id=update.update_id)
            await _tell(update)
            return
        task = asyncio.current_task()
        self._begun[task] = False
        try:
            is_replay = handling is not None and handling.is_replay
            async with (
                self._after_replays(update, is_replay=is_replay),
                self._lane(update),
                self.intake.begun(handling),
            ):
                self._begun[task] = True
                await coroutine
        finally:
            del self._begun[task]

    @asynccontextmanager
    async def _after_replays(self, update: Update, *, is_replay: bool) -> AsyncIterator[None]:
        """Let a chat's updates from before the start go first and one by one.

        What came later may rest on them: a vote on the answer to a question, for one.
        """
        place = _place_of(update)
        turn = self._replays.get(place)
        if turn is None and is_replay:
            turn = self._replays[place] = asyncio.Lock()  # it lets them through in their order
        if turn is None:
            yield
        elif is_replay:
            async with turn:
                yield
        else:
            async with turn:
                pass
            yield

    @asynccontextmanager
    async def _lane(self, update: Update) -> AsyncIterator[None]:
        key = (_place_of(update), kind_of(update))
        lane = self._lanes.setdefault(key, _Lane())
        lane.updates += 1
        try:
            async with lane.slots:
                yield
        finally:
            lane.updates -= 1
            if lane.updates == 0:
                del self._lanes[key]


def _place_of(update: Update) -> int | None:
    """Return the chat of an update, or its sender where there is none: their private chat."""
    place = update.effective_chat or update.effective_sender
    return None if place is None else place.id


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
