"""Token states that were computed lately, within a bound of memory."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

States: TypeAlias = npt.NDArray[np.float16]
"""(tokens, hidden) float16: what stands for each token after the lower layers."""


class StatesMemory:
    """Forgets what was asked for least recently once `max_bytes` are taken. Thread-safe."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._states: OrderedDict[bytes, States] = OrderedDict()
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """How much is taken."""
        return self._bytes

    def get(self, key: bytes, compute: Callable[[], States]) -> States:
        """Return what is remembered under `key`, computing it if nothing is."""
        with self._lock:
            states = self._states.get(key)
            if states is not None:
                self._states.move_to_end(key)
                return states
        states = compute()  # unlocked: two threads may do the same work, and none waits
        self.put(key, states)
        return states

    def put(self, key: bytes, states: States) -> None:
        """Remember `states` under `key`."""
        with self._lock:
            if key in self._states:
                self._bytes -= self._states.pop(key).nbytes
            self._states[key] = states
            self._bytes += states.nbytes
            while self._bytes > self._max_bytes:
                self._bytes -= self._states.popitem(last=False)[1].nbytes
