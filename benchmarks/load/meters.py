"""What the bot's own process tells of itself: its loop's lag, its memory, its processor time.

Everything is stamped with `time.monotonic`, which all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

TICK_SECONDS = 0.01
"""How often the loop is asked to be on time."""
SAMPLE_SECONDS = 1.0
STALL_SECONDS = 0.05
"""A loop that lags by this much stalls; what it is at is noted."""
_DEEPEST = 6
_OURS = ("/bot/", "/knowledge/", "/embeddings/")


@dataclass(slots=True)
class Meters:
    """`lags`: moment, seconds late; `samples`: moment, resident bytes, processor seconds.

    Flat arrays: what is measured must not grow by the measuring.
    """

    lags: array[float] = field(default_factory=lambda: array("d"))
    samples: array[float] = field(default_factory=lambda: array("d"))
    stalls: Counter[str] = field(default_factory=Counter)
    """How often the loop was found standing still, by where it stood."""
    _beat: float = 0.0

    async def measure(self, *, find_stalls: bool) -> None:
        """Measure until cancelled; needs the loop that is to be measured."""
        self._beat = time.monotonic()
        if find_stalls:
            loop_thread = threading.get_ident()
            threading.Thread(target=self._watch, args=(loop_thread,), daemon=True).start()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._lag())
            tasks.create_task(self._sample())

    def written(self) -> dict[str, Any]:
        """Return what JSON can hold of it."""
        return {
            "lags": self.lags.tolist(),
            "samples": self.samples.tolist(),
            "stalls": dict(self.stalls),
        }

    def take(self, written: dict[str, Any]) -> None:
        """Add what another process has written."""
        self.lags.extend(written["lags"])
        self.samples.extend(written["samples"])
        self.stalls.update(written["stalls"])

    async def _lag(self) -> None:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(TICK_SECONDS)
            self._beat = now = time.monotonic()
            self.lags.extend((now, max(0.0, now - begun - TICK_SECONDS)))

    async def _sample(self) -> None:
        process = psutil.Process()
        while True:
            used = process.cpu_times()
            resident = process.memory_info().rss
            self.samples.extend((time.monotonic(), resident, used.user + used.system))
            await asyncio.sleep(SAMPLE_SECONDS)

    def _watch(self, loop_thread: int) -> None:
        """Look from another thread at what the loop is at when it is late."""
        while True:
            time.sleep(TICK_SECONDS)
            if time.monotonic() - self._beat < STALL_SECONDS:
                continue
            frame = sys._current_frames().get(loop_thread)  # noqa: SLF001 -- the documented way
            places = []
            while frame is not None:
                file, name = frame.f_code.co_filename, frame.f_code.co_name
                if not places or any(part in file for part in _OURS):
                    places.append(f"{Path(file).name}:{frame.f_lineno} {name}")
                frame = frame.f_back
            self.stalls[" < ".join(places[:_DEEPEST])] += 1
