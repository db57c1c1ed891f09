"""What a day's measurements come to."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.load.meters import TICK_SECONDS
from benchmarks.measurement import percentile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.load.meters import Meters
    from benchmarks.load.office import Day

_ENDS = 0.1
"""Memory at the beginning and at the end is the median of so much of the time."""


def waits_ms(day: Day, kind: str, part: tuple[float, float] = (0.0, 1.0)) -> list[float]:
    """Return the milliseconds that people waited for a kind of thing, in a part of the time."""
    length = day.ended - day.begun
    first, last = (day.begun + share * length for share in part)
    return [wait * 1000 for moment, wait in day.ledger.waits[kind] if first <= moment < last]


def share(values: list[float], of: float) -> float:
    """Return a percentile; NaN of fewer than two values."""
    return percentile(values, of) if len(values) > 1 else float("nan")


def lags_ms(meters: Meters, day: Day) -> list[float]:
    """Return how late the loop was, for every moment at which it was to be on time.

    While it stands still it misses several: each of them counts.
    """
    found: list[float] = []
    moments = iter(meters.lags)
    for moment, late in zip(moments, moments, strict=True):
        if day.begun <= moment < day.ended:
            missed = int(late / TICK_SECONDS)
            found += [(late - number * TICK_SECONDS) * 1000 for number in range(missed + 1)]
    return found


def memory_growth(day: Day) -> tuple[float, float]:
    """Return the bot's resident megabytes after warm-up, and by what share they grew since."""
    sizes = [size for _, size, _ in _samples(day.bot, day)]
    count = max(1, round(len(sizes) * _ENDS))
    first, last = statistics.median(sizes[:count]), statistics.median(sizes[-count:])
    return first / 2**20, last / first - 1


def processor_share(meters: Meters, day: Day) -> float:
    """Return how much of one processor a process used."""
    samples = list(_samples(meters, day))
    (begun, _, first), (ended, _, last) = samples[0], samples[-1]
    return (last - first) / (ended - begun)


def memory_over_time(day: Day) -> list[tuple[float, float]]:
    """Return (seconds since the beginning, megabytes)."""
    return [(moment - day.begun, size / 2**20) for moment, size, _ in _samples(day.bot, day)]


def _samples(meters: Meters, day: Day) -> Iterator[tuple[float, float, float]]:
    values = iter(meters.samples)
    for moment, size, used in zip(values, values, values, strict=True):
        if day.begun <= moment < day.ended:
            yield moment, size, used
