"""Calls that put something into a chat are made once, also where their update is handled again.

What Telegram answered is noted at once. A kill before its answer was read lets a message be sent
once more: Telegram takes no number by which it would know it again, and an answer that comes twice
is better than none.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from telegram.ext import BaseRateLimiter

from bot.telegram.handling import current
from bot.telegram.pacing import NO_MESSAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.telegram.pacing import Answer
    from bot.telegram.sent_calls import SentCalls

_PUTS_SOMETHING = ("send", "copy", "forward")


class CallsOnce(BaseRateLimiter[int]):
    """Lets requests through to `inner`, unless they were made before the program was killed.

    A call is known by its method, its chat and how many of these came before, not by its content:
    an answer may be in other words the second time. A poll is known by what it asks, for what is
    chosen in it is places.
    """

    def __init__(self, inner: BaseRateLimiter[int], sent: SentCalls) -> None:
        self._inner = inner
        self._sent = sent

    async def initialize(self) -> None:
        """Begin."""
        await self._inner.initialize()

    async def shutdown(self) -> None:
        """End."""
        await self._inner.shutdown()

    async def process_request(  # noqa: PLR0913, PLR0917 -- the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 -- the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Send and note it, or return what was answered when it was sent."""
        request = (callback, args, kwargs, endpoint, data, rate_limit_args)
        handling = current()
        puts = endpoint.startswith(_PUTS_SOMETHING) and endpoint not in NO_MESSAGES
        if handling is None or not puts:
            return await self._inner.process_request(*request)
        asks = f" {_poll_hash(data)}" if endpoint == "sendPoll" else ""
        call = handling.numbered(f"{endpoint} {data.get('chat_id')}{asks}")
        if (made := handling.made.get(call)) is not None:
            return made
        answer = await self._inner.process_request(*request)
        handling.made[call] = answer
        self._sent.note(handling.update_id, call, answer)
        return answer


def _poll_hash(data: dict[str, Any]) -> str:
    options = [option.text for option in data["options"]]
    return hashlib.sha256(json.dumps([data["question"], options]).encode()).hexdigest()[:16]
