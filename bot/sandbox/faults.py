"""Faults that can be switched on: what a network and a busy Telegram do to a bot."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DOWNLOAD = "download"
"""What a file that is fetched counts as, among the methods."""


class FaultRequest(BaseModel):
    """What is to go wrong, for which method (`*`: all but getUpdates), how often (None: always)."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal[
        "flood",
        "server_error",
        "bad_gateway",
        "unauthorized",
        "nonsense",
        "timeout",
        "lost_reply",
        "slow",
    ]
    method: str = "*"
    count: int | None = Field(default=1, ge=1)
    retry_after: int = Field(default=1, ge=1, le=86_400)
    delay: float | None = Field(default=None, ge=0, le=3600)
    """Seconds; None: 1 for `slow`, an hour for `timeout`."""

    def hits(self, method: str) -> bool:
        """Say whether a call of that method meets the fault."""
        if self.method == "*":
            return method.lower() != "getupdates"
        return self.method.lower() == method.lower()


class Faults:
    """The faults in force, oldest first; a call meets one at a time."""

    def __init__(self) -> None:
        self._faults: list[FaultRequest] = []

    def add(self, fault: FaultRequest) -> None:
        """Switch a fault on."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Switch all off."""
        self._faults.clear()

    def meet(self, method: str) -> FaultRequest | None:
        """Return the fault that this call meets, counting it down; None for an easy life."""
        for place, fault in enumerate(self._faults):
            if not fault.hits(method):
                continue
            if fault.count == 1:
                del self._faults[place]
            elif fault.count is not None:
                left = {"count": fault.count - 1}
                self._faults[place] = fault.model_copy(update=left)
            return fault
        return None
