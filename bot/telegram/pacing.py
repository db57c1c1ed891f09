"""How fast the bot sends: Telegram's limits, kept chat by chat, and where a chat has moved to.

About 30 messages a second go out in all, 20 a minute into a group. A chat that must wait holds up
no other: with the library's own AIORateLimiter alone, all wait where Telegram asks for patience.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import structlog
from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import ChatMigrated, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, BaseRateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Answer = bool | dict[str, Any] | list[dict[str, Any]]

RETRIES = 3
"""How often a message is sent again after Telegram asked to wait (`retry_after`)."""
LONGEST_WAIT_SECONDS = 60
"""For longer nobody waits for an answer, nor the end of the program for who sends it."""
NO_MESSAGES = frozenset({"sendChatAction", "sendMessageDraft", "getChatMember"})
"""Methods that put nothing into a chat: they wait for no message and keep none waiting."""
_KEPT_CHATS = 1024
"""So many chats are remembered with how much was sent there; the longest silent is forgotten."""

_log = structlog.get_logger(__name__)


class WaitTooLongError(TelegramError):
    """Telegram wants to hear nothing for so long that what was to be sent is of no use then."""


class Pacing(BaseRateLimiter[int]):
    """Lets requests through at the pace that Telegram allows, to where the chat is now.

    Where Telegram refuses with `retry_after`, only requests for the same chat wait, or of the same
    method where there is no chat.
    """

    def __init__(self) -> None:
        self._overall = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
        self._limiters: OrderedDict[str, AIORateLimiter] = OrderedDict()
        self._silent_until: dict[str, float] = {}

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(  # noqa: PLR0913, PLR0917 -- the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 -- the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Send when it is time to; once more where a group was upgraded and has another id.

        Raises WaitTooLongError where Telegram asks for more than LONGEST_WAIT_SECONDS, and
        RetryAfter where it goes on asking.
        """
        if endpoint in NO_MESSAGES:
            return await callback(*args, **kwargs)

        async def sent() -> Answer:
            if "chat_id" not in data:
                return await callback(*args, **kwargs)
            async with self._overall:
                return await callback(*args, **kwargs)

        async def paced() -> Answer:
            place = str(data.get("chat_id", endpoint))
            limiter = self._limiter(place)
            patient = functools.partial(self._patiently, place, sent)
            return await limiter.process_request(patient, (), {}, endpoint, data, rate_limit_args)

        try:
            return await paced()
        except ChatMigrated as error:
            _log.info("sent_to_the_upgraded_group", method=endpoint)
            data["chat_id"] = error.new_chat_id  # of the request itself: `args` hold the same
            return await paced()

    async def _patiently(
        self, place: str, send: Callable[[], Coroutine[Any, Any, Answer]]
    ) -> Answer:
        """Send, unless Telegram wants to hear nothing for long; it is not asked again till then."""
        now = asyncio.get_running_loop().time
        if now() < self._silent_until.get(place, 0):
            raise WaitTooLongError("Telegram asked to wait for long, and the time is not over")
        self._silent_until.pop(place, None)
        try:
            return await send()
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, dt.timedelta) else wait
            if seconds <= LONGEST_WAIT_SECONDS:
                raise
            self._silent_until[place] = now() + seconds
            raise WaitTooLongError(error.message) from error

    def _limiter(self, key: str) -> AIORateLimiter:
        limiter = self._limiters.get(key)
        if limiter is None:
            limiter = AIORateLimiter(overall_max_rate=0, max_retries=RETRIES)
            self._limiters[key] = limiter
            if len(self._limiters) > _KEPT_CHATS:
                self._limiters.popitem(last=False)
        self._limiters.move_to_end(key)
        return limiter
