"""Updates from Telegram's hands to those of the handlers: each is kept before it counts as taken.

Polling and the webhook both bring them here; what the program did not live to handle is taken up
again at the next start. A flood is dropped here, before it costs a write.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import TelegramError

from bot.database.errors import DatabaseError
from bot.database.once import CAUSE
from bot.telegram.flood import Verdict
from bot.telegram.handling import Handling
from bot.telegram.incoming import read_update
from bot.telegram.update_journal import KeptUpdate
from bot.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from telegram import Update
    from telegram.ext import ExtBot

    from bot.office_time import Clock
    from bot.telegram.flood import FloodGuard
    from bot.telegram.sent_calls import Made, SentCalls
    from bot.telegram.update_journal import UpdateJournal

ROOM = 32 << 20
"""Characters of updates that may wait; more are left with Telegram until there is room."""
TYPED_LATELY = dt.timedelta(seconds=30)
"""So long somebody may wait for what an inline query finds; older ones Telegram refuses."""
TIDY_SECONDS = 60.0
MOST_AGAIN = 1000
"""So many updates are handled again when the database failed; more are given up."""

_log = structlog.get_logger(__name__)


class NotKeptError(TelegramError):
    """Updates could not be kept, so they were not taken: Telegram brings them again."""


class Intake:
    """Keeps updates and puts them into the queue; `takes` tells whether any handler takes one.

    What none takes is not kept, and is no flood: it is what others say in a group, and the bot only
    overhears. What the `guard` finds too much is not kept either.
    """

    def __init__(  # noqa: PLR0913 -- what it puts together
        self,
        journal: UpdateJournal,
        sent: SentCalls,
        queue: asyncio.Queue[object],
        takes: Callable[[Update], bool],
        guard: FloodGuard,
        *,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._sent = sent
        self._queue = queue
        self._takes = takes
        self._guard = guard
        self._judged: dict[int, Verdict] = {}
        self._clock = clock
        self._bot: ExtBot[Any] | None = None
        self._taking = asyncio.Lock()
        self._waiting: dict[int, Handling] = {}
        self._size = 0
        self._undone: dict[int, bool] = {}
        self._again: list[Handling] = []
        self._fails = False
        self._alone = asyncio.Lock()
        self._upkeep = Upkeep("updates", TIDY_SECONDS, clock)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Take up again what waits since the last time; raises DatabaseError and OSError."""
        self._bot = bot
        waiting = _least_suspect_first(await self._journal.load())
        made = self._sent.load({kept.update_id for kept in waiting})
        for kept in waiting:
            update = read_update(kept.content, bot)
            if update is None or self._is_stale(update, kept.taken_at):
                await self._journal.done(kept.update_id, noted=True)
                self._sent.done(kept.update_id)
            else:
                self._add(update, kept, kept.replays, made.get(kept.update_id))
        if waiting:
            _log.info("updates_taken_up_again", count=len(waiting))
        self._upkeep.start(self._tidy, after=TIDY_SECONDS)

    async def close(self) -> None:
        """Let what was begun be written; what waits is taken up again at the next start."""
        await self._upkeep.close()
        await self._write_undone()
        await self._journal.close()
        self._sent.close()

    async def take(self, found: Sequence[object]) -> int | None:
        """Keep updates as the Bot API writes them, and put them into the queue.

        Returns the highest id, None where none could be read. Raises NotKeptError.
        """
        if self._bot is None:
            raise RuntimeError("updates came before the intake was started")
        async with self._taking:
            now = self._clock.now()
            read: dict[int, tuple[Update, KeptUpdate]] = {}
            highest = None
            for each in found:
                update = read_update(each, self._bot)
                if update is None:
                    continue
                highest = max(highest or 0, update.update_id)
                if self._takes(update) and self._judge(update) is not Verdict.DROP:
                    read[update.update_id] = update, _kept(update, each, now)
            for update_id in sorted(await self._keep([kept for _, kept in read.values()])):
                too_much = self._judged.get(update_id) is Verdict.TELL
                self._add(*read[update_id], too_much=too_much)
            self._judged.clear()
            return highest

    def _judge(self, update: Update) -> Verdict:
        """Judge an update once, however often it comes until it can be kept."""
        verdict = self._judged.get(update.update_id)
        if verdict is None:
            verdict = self._judged[update.update_id] = self._guard.judge(update)
        return verdict

    @asynccontextmanager
    async def handled(self, update: Update) -> AsyncIterator[Handling | None]:
        """Let the block handle an update, and mark it as done; not where the block is cancelled.

        What failed is put into the queue again some time later, what is held stays until it is let
        go. None is yielded for an update that is not kept.
        """
        handling = self._waiting.get(update.update_id)
        if handling is None or handling.update is not update:
            yield None
            return
        CAUSE.set(handling)
        try:
            yield handling
            await handling.settled()
        except Exception:
            await self._done(handling)
            raise
        finally:
            CAUSE.set(None)
        if handling.failed and len(self._again) < MOST_AGAIN:
            self._again.append(handling)
        elif not handling.held:
            await self._done(handling)

    @asynccontextmanager
    async def begun(self, handling: Handling | None) -> AsyncIterator[None]:
        """Count that an update is taken up again; one by one where it may end the program."""
        if handling is None or not handling.is_replay:
            yield
            return
        async with self._alone if handling.is_suspect else nullcontext():
            await self._count(handling, 1)
            try:
                yield
            except asyncio.CancelledError:  # an orderly end: it is not to blame
                await self._count(handling, -1)
                raise
            if handling.held:
                await self._count(handling, -1)

    async def _count(self, handling: Handling, times: int) -> None:
        with self._later():
            await self._journal.replayed(handling.update_id, times)

    def _add(
        self,
        update: Update,
        kept: KeptUpdate,
        replays: int | None = None,
        made: Made | None = None,
        *,
        too_much: bool = False,
    ) -> None:
        handling = Handling(
            bot_id=self._journal.bot_id,
            update_id=kept.update_id,
            seed=self._journal.seed(kept.update_id),
            update=update,
            size=len(kept.payload),
            replays=replays,
            made=made or {},
            noted=replays is not None,
            too_much=too_much,
            done=self._done,
        )
        self._size += handling.size
        self._put(handling)

    def _put(self, handling: Handling) -> None:
        self._waiting[handling.update_id] = handling
        self._queue.put_nowait(handling.update)

    async def _keep(self, updates: Sequence[KeptUpdate]) -> set[int]:
        if not updates:
            return set()
        if self._size > ROOM:
            self._failed("too many updates are waiting")
            raise NotKeptError("too many updates are waiting")
        try:
            new = await self._journal.keep(updates)
        except DatabaseError as error:
            self._failed(str(error))
            raise NotKeptError("the update could not be kept") from error
        if self._fails:
            self._fails = False
            _log.info("updates_kept_again")
        return new

    async def _done(self, handling: Handling) -> None:
        """Mark an update as done; where the database fails, later."""
        handling.over = True
        del self._waiting[handling.update_id]
        self._size -= handling.size
        self._undone[handling.update_id] = handling.noted
        await self._write_done(handling.update_id)

    async def _write_done(self, update_id: int) -> None:
        with self._later():
            await self._journal.done(update_id, noted=self._undone.get(update_id, True))
            self._undone.pop(update_id, None)  # two may be at it
            self._sent.done(update_id)

    async def _tidy(self) -> None:
        """Do what the database could not take before, and forget ids that don't come again."""
        await self._write_undone()
        again, self._again = self._again, []
        for failed in again:
            self._put(replace(failed, replays=0, failed=False, held=False))
        await self._journal.tidy(self._clock.now())

    async def _write_undone(self) -> None:
        for update_id in list(self._undone):
            await self._write_done(update_id)

    def _is_stale(self, update: Update, taken_at: dt.datetime) -> bool:
        """Tell whether nobody waits any more for what an update asks."""
        return update.inline_query is not None and self._clock.now() - taken_at > TYPED_LATELY

    @contextmanager
    def _later(self) -> Iterator[None]:
        """Go on where the database takes nothing at the moment: what people wait for comes first.

        Should the program be killed before it can be written, the update is handled again.
        """
        try:
            yield
        except DatabaseError as error:
            self._failed(str(error))

    def _failed(self, reason: str) -> None:
        """Log the first failure of several."""
        if not self._fails:
            self._fails = True
            _log.error("updates_not_kept", reason=reason)


def _least_suspect_first(waiting: Sequence[KeptUpdate]) -> list[KeptUpdate]:
    """Put those last at which the program ended most often, with all of the same person's.

    So one that ends it does so when the others are done, and one that is not to blame for the end
    is not there again at the next.
    """
    worst: dict[int | None, int] = {}
    for kept in waiting:
        worst[kept.person_id] = max(worst.get(kept.person_id, 0), kept.replays)
    return sorted(waiting, key=lambda kept: (worst[kept.person_id], kept.update_id))


def _kept(update: Update, content: object, now: dt.datetime) -> KeptUpdate:
    user = update.effective_user
    person_id = None if user is None else user.id
    return KeptUpdate(update.update_id, now, person_id, json.dumps(content), 0)
