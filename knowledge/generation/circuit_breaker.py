"""Keeps from asking a service that has failed several times in a row, for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FAILURES = 3
"""In a row, after which the service is left alone."""
PAUSE_SECONDS = 60.0


class CircuitBreaker:
    """Counts failures in a row. After the pause a further one opens the circuit anew at once.

    `clock` tells seconds that never go back, as time.monotonic does.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        failures: int = FAILURES,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        self._clock = clock
        self._failures = failures
        self._pause = pause_seconds
        self._in_a_row = 0
        self._until = 0.0

    @property
    def is_closed(self) -> bool:
        """Whether the service may be asked."""
        return self._in_a_row < self._failures or self._clock() >= self._until

    def succeeded(self) -> None:
        """Forget the failures."""
        self._in_a_row = 0

    def failed(self) -> None:
        """Count a failure; the pause begins with the last one."""
        self._in_a_row += 1
        self._until = self._clock() + self._pause
