"""How many messages a bot may send (Bot FAQ, "My bot is hitting limits")."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import MESSAGES_IN_A_CHAT, MESSAGES_IN_A_GROUP, MESSAGES_IN_ALL, Rate

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.chats import Chat
    from bot.sandbox.values import Clock


class RateLimits:
    """Remembers when messages were sent and refuses those that come too fast."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: dict[tuple[int, Rate], deque[datetime]] = defaultdict(deque)

    def count(self, chat: Chat, messages: int = 1) -> None:
        """Count messages to a chat; ApiError 429 with `retry_after` when it is too much."""
        now = self._clock()
        limits = [
            (0, MESSAGES_IN_ALL),
            (chat.id, MESSAGES_IN_A_CHAT if chat.is_private else MESSAGES_IN_A_GROUP),
        ]
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
