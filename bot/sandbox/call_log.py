"""What the bot called, for tests and the curious."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json

KEPT_CALLS = 1000
"""How many of the last calls are kept."""


class CallLog:
    """The last calls of the Bot API, numbered; `getUpdates` is left out."""

    def __init__(self) -> None:
        self._calls: deque[Json] = deque(maxlen=KEPT_CALLS)
        self._last_id = 0

    def add(self, method: str, parameters: Json, status: int, description: str | None) -> None:
        """Note a call with its outcome; uploads appear by their names only."""
        self._last_id += 1
        self._calls.append(
            {
                "id": self._last_id,
                "method": method,
                "parameters": parameters,
                "status": status,
                "description": description,
            }
        )

    def after(self, call_id: int) -> list[Json]:
        """Return the calls after that id, oldest first."""
        return [call for call in self._calls if call["id"] > call_id]
