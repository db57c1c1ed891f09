"""Updates waiting for the bot, taken by long polling or by a webhook."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import UPDATE_HOURS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.sandbox.values import Clock, Json

UPDATE_KINDS = frozenset(
    """message edited_message channel_post edited_channel_post business_connection business_message
    edited_business_message deleted_business_messages guest_message message_reaction
    message_reaction_count inline_query chosen_inline_result callback_query shipping_query
    pre_checkout_query purchased_paid_media poll poll_answer my_chat_member chat_member
    chat_join_request chat_boost removed_chat_boost managed_bot""".split()
)
"""The optional fields of an Update (Bot API)."""

ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only when `allowed_updates` names them (getUpdates)."""

_UPDATE_IDS = range(100_000_001, 1_000_000_000)
"""Where the first id is among: it is random, as on Telegram after a silent week (Update)."""

_TAKEN_OVER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)


class UpdateQueue:
    """Updates in their order; confirmed by a higher offset, or by the webhook's 2xx."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._updates: deque[tuple[datetime, Json]] = deque()
        self.next_id = secrets.choice(_UPDATE_IDS)
        self._allowed = UPDATE_KINDS - ONLY_WHEN_ASKED
        self._asked_for: list[str] | None = None
        self._poller: asyncio.Future[bool] | None = None
        self.arrived = asyncio.Event()

    def __len__(self) -> int:
        return len(self._updates)

    @property
    def asked_for(self) -> list[str] | None:
        """The kinds the bot asked for; None while it takes the default."""
        return self._asked_for

    @property
    def is_polled(self) -> bool:
        """Whether a request for updates waits at present."""
        return self._poller is not None

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember `allowed_updates`: None changes nothing, an empty list is the default."""
        if kinds is None:
            return
        known = [kind for kind in kinds if kind in UPDATE_KINDS]
        self._asked_for = known or None
        self._allowed = frozenset(known) or UPDATE_KINDS - ONLY_WHEN_ASKED

    def add(self, kind: str, content: Json) -> None:
        """Queue an update, unless the bot does not want its kind."""
        if kind not in self._allowed:
            return
        update = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self._updates.append((self._clock(), update))
        self.arrived.set()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(True)

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[Json]:
        """Return up to `limit` updates from `offset` on, waiting for one if there is none.

        Updates below the offset are forgotten; a negative offset counts from the end. Raises
        ApiError 409 in the request that waits when another one begins.
        """
        self.take_over()
        self._confirm(offset)
        if not self._updates and timeout_seconds > 0:
            await self._wait(timeout_seconds)
        return [update for _, update in islice(self._updates, limit)]

    def take_over(self) -> None:
        """End the request that waits at present, as a second one or a webhook does."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, _TAKEN_OVER))
        self._poller = None

    def first(self) -> Json | None:
        """Return the oldest update, or None."""
        self._forget_old()
        return self._updates[0][1] if self._updates else None

    def confirm_first(self, update: Json) -> None:
        """Forget an update that was delivered."""
        if self._updates and self._updates[0][1] is update:
            self._updates.popleft()

    def clear(self) -> None:
        """Forget all updates (`drop_pending_updates`)."""
        self._updates.clear()

    async def _wait(self, seconds: float) -> None:
        poller: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _confirm(self, offset: int) -> None:
        self._forget_old()
        if offset < 0:
            while len(self._updates) > -offset:
                self._updates.popleft()
        while self._updates and self._updates[0][1]["update_id"] < offset:
            self._updates.popleft()

    def _forget_old(self) -> None:
        oldest = self._clock() - timedelta(hours=UPDATE_HOURS)
        while self._updates and self._updates[0][0] < oldest:
            self._updates.popleft()
