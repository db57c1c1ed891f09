"""The sandbox's time: passed in, so that tests of expiry needn't wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the current time, with its zone."""


def system_clock() -> datetime:
    """Return the time of the machine in UTC."""
    return datetime.now(UTC)
