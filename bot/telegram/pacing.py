"""Telegram's limits on sending, kept chat by chat: one that must wait holds up no other."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.ext import AIORateLimiter, BaseRateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Answer = bool | dict[str, Any] | list[dict[str, Any]]
    Request = Callable[..., Coroutine[Any, Any, Answer]]

RETRIES = 3
"""How often a message is sent again after Telegram asked to wait (`retry_after`)."""
_KEPT_CHATS = 1024
"""So many chats are remembered with how much was sent there; the longest silent is forgotten."""


class ChatPacing(BaseRateLimiter[int]):
    """Waits as Telegram asks: 30 messages a second in all, 20 a minute in a group.

    Where Telegram refuses with `retry_after`, only requests for the same chat wait, or of the same
    method where there is no chat. (AIORateLimiter alone would let all wait.) That somebody is seen
    typing is neither paced nor tried again: it is of no use later.
    """

    def __init__(self) -> None:
        self._overall = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
        self._limiters: OrderedDict[object, AIORateLimiter] = OrderedDict()

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(  # noqa: PLR0913, PLR0917 -- the library's signature
        self,
        callback: Request,
        args: Any,  # noqa: ANN401 -- as the library gives it
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Send a request when it is its turn, again where Telegram asks for patience."""
        if endpoint == "sendChatAction":
            return await callback(*args, **kwargs)
        chat = data.get("chat_id")

        async def paced() -> Answer:
            if chat is None:
                return await callback(*args, **kwargs)
            async with self._overall:
                return await callback(*args, **kwargs)

        limiter = self._limiter(endpoint if chat is None else str(chat))
        return await limiter.process_request(paced, (), {}, endpoint, data, rate_limit_args)

    def _limiter(self, key: str) -> AIORateLimiter:
        limiter = self._limiters.get(key)
        if limiter is None:
            limiter = self._limiters[key] = AIORateLimiter(overall_max_rate=0, max_retries=RETRIES)
            if len(self._limiters) > _KEPT_CHATS:
                self._limiters.popitem(last=False)
        self._limiters.move_to_end(key)
        return limiter
