"""What the bot called, for tests and the curious."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.values import Json

KEPT_CALLS = 1000
"""How many of the last calls are kept."""

_KEPT_CHARACTERS = 100_000
_CUT = "<too large to keep>"


class CallLog:
    """The last calls of the Bot API, numbered; `getUpdates` is left out."""

    def __init__(self) -> None:
        self._calls: deque[Json] = deque(maxlen=KEPT_CALLS)
        self.last_id = 0

    def add(self, method: str, parameters: Json, status: int, description: str | None) -> None:
        """Note a call with its outcome; uploads appear by their names only."""
        self.last_id += 1
        self._calls.append(
            {
                "id": self.last_id,
                "method": method,
                "parameters": _bounded(parameters),
                "status": status,
                "description": description,
            }
        )

    def after(self, call_id: int) -> list[Json]:
        """Return the calls after that id, oldest first."""
        return [call for call in self._calls if call["id"] > call_id]


def _bounded(parameters: Json) -> Json:
    """Return the parameters without those that would fill the memory."""
    if len(json.dumps(parameters)) <= _KEPT_CHARACTERS:
        return parameters
    most = _KEPT_CHARACTERS // max(len(parameters), 1)
    return {
        name[:100]: value if len(json.dumps(value)) <= most else _CUT
        for name, value in parameters.items()
    }
