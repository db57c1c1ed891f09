"""Faults that can be switched on: what a network and a busy Telegram do to a bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.errors import NotThereError

if TYPE_CHECKING:
    from bot.sandbox.values import Json


class FaultRequest(BaseModel):
    """What is to go wrong, for which method (`*`: all but getUpdates), how often (None: always)."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["flood", "server_error", "bad_gateway", "timeout", "lost_reply", "slow"]
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
        self._faults: dict[int, FaultRequest] = {}
        self._last_id = 0

    def add(self, fault: FaultRequest) -> int:
        """Switch a fault on and return its id."""
        self._last_id += 1
        self._faults[self._last_id] = fault
        return self._last_id

    def remove(self, fault_id: int) -> None:
        """Switch one off; NotThereError when it isn't on."""
        if self._faults.pop(fault_id, None) is None:
            raise NotThereError(f"there is no fault {fault_id}")

    def clear(self) -> None:
        """Switch all off."""
        self._faults.clear()

    def meet(self, method: str) -> FaultRequest | None:
        """Return the fault that this call meets, counting it down; None for an easy life."""
        for fault_id, fault in self._faults.items():
            if not fault.hits(method):
                continue
            if fault.count == 1:
                del self._faults[fault_id]
            elif fault.count is not None:
                left = fault.count - 1
                self._faults[fault_id] = fault.model_copy(update={"count": left})
            return fault
        return None

    def json(self) -> list[Json]:
        """Return the faults in force."""
        return [
            {
                "id": fault_id,
                "kind": fault.kind,
                "method": fault.method,
                "remaining": fault.count,
            }
            for fault_id, fault in self._faults.items()
        ]
