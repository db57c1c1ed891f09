"""What was computed lately, within a bound."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class RecentlyUsed(Generic[T]):
    """Forgets what was asked for least recently once `room` is taken. Thread-safe."""

    def __init__(self, room: int, size: Callable[[T], int] = lambda _: 1) -> None:
        """`size` tells how much of the room a value takes."""
        self._room = room
        self._size = size
        self.taken = 0
        """How much of the room is taken."""
        self._values: OrderedDict[bytes, T] = OrderedDict()
        self._lock = Lock()

    def find(self, key: bytes) -> T | None:
        """Return what is remembered under `key`, None if nothing is."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def get(self, key: bytes, compute: Callable[[], T]) -> T:
        """Return what is remembered under `key`, computing it if nothing is."""
        value = self.find(key)
        if value is None:
            value = compute()  # unlocked: two threads may do the same work, and none waits
            self.put(key, value)
        return value

    def put(self, key: bytes, value: T) -> None:
        """Remember `value` under `key`."""
        with self._lock:
            if key in self._values:
                self.taken -= self._size(self._values.pop(key))
            self._values[key] = value
            self.taken += self._size(value)
            while self.taken > self._room:
                self.taken -= self._size(self._values.popitem(last=False)[1])
