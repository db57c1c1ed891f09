"""How long a stage of a reload will still take, by how fast it went so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from knowledge.reload.outcome import ReloadProgress

_LEAST_SECONDS = 3.0  # of a stage, before anything can be told


class Pace:
    """Watches the stages of one reload, one after the other.

    What was done when a stage was first told of counts for nothing: a build that goes on begins
    with all that an earlier one did.
    """

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self._stage = ""
        self._begun = now()
        self._before = 0

    def remaining(self, step: ReloadProgress) -> float | None:
        """Return the seconds that the stage of `step` will probably still take."""
        now = self._now()
        if step.stage != self._stage:
            self._stage, self._begun, self._before = step.stage, now, step.done
        seconds = (now - self._begun).total_seconds()
        done = step.done - self._before
        if seconds < _LEAST_SECONDS or done <= 0:
            return None
        return seconds * (step.total - step.done) / done
