"""What every class of handlers is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.telegram.gate import Guarded


class Room(Protocol):
    """A feature's handlers."""

    def handlers(self) -> Sequence[Guarded]:
        """Return the handlers, each with the capability it needs."""
