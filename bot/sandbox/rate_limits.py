"""How many messages a bot may send (Bot FAQ, "My bot is hitting limits")."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.chats import Chat
    from bot.sandbox.clock import Clock


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` messages in any stretch of `seconds`."""

    count: int
    seconds: int


IN_ALL = Limit(30, 1)
IN_A_CHAT = Limit(3, 3)  # one a second, and the short burst that Telegram puts up with
IN_A_GROUP = Limit(20, 60)


class RateLimits:
    """Remembers when messages were sent and refuses those that come too fast."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: dict[tuple[int, Limit], deque[datetime]] = defaultdict(deque)

    def count(self, chat: Chat, messages: int = 1) -> None:
        """Count messages to a chat; ApiError 429 with `retry_after` when it is too much."""
        now = self._clock()
        limits = [(0, IN_ALL), (chat.id, IN_A_CHAT if chat.is_private else IN_A_GROUP)]
        for key in limits:
            sent, limit = self._sent[key], key[1]
            window = timedelta(seconds=limit.seconds)
            while sent and sent[0] <= now - window:
                sent.popleft()
            if len(sent) >= limit.count:
                wait = max(1, math.ceil((sent[0] + window - now).total_seconds()))
                raise flood(wait)
        for key in limits:
            self._sent[key].extend([now] * messages)


def flood(seconds: int) -> ApiError:
    """Return Telegram's refusal of what comes too fast."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
