"""A lock that keeps a second process off the index, and says who holds it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import filelock

from embeddings.errors import system_reason
from knowledge.errors import LockedError, StorageError

_OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The process that holds the lock; `started` is UTC in ISO 8601.

    `openings` counts the processes in a row, this one among them, that have not come to `opened`.
    """

    pid: int
    started: str
    command: str
    openings: int = 0

    def __str__(self) -> str:
        since = dt.datetime.fromisoformat(self.started).astimezone(_OFFICE_TIME)
        return f"tiến trình {self.pid} ({self.command}), từ {since:%H:%M:%S ngày %d/%m/%Y}"


class DirectoryLock:
    """An exclusive lock on the index directory.

    Two processes on one Chroma directory corrupt it for good, so there is one owner at a time. The
    operating system frees the lock when its process ends, however it ends.
    """

    def __init__(self, path: Path) -> None:
        self._lock = filelock.FileLock(path, timeout=0, thread_local=False)
        self._holder_file = path.with_suffix(".json")
        self.before: LockHolder | None = None
        """The owner before, if it ended without freeing the lock: killed, or without power."""

    def acquire(self) -> None:
        """Take the lock; raises LockedError naming the holder, StorageError when unwritable."""
        try:
            self._lock.acquire()
            self.before = self.holder()
            self._note(openings=1 + (self.before.openings if self.before else 0))
        except filelock.Timeout as error:
            holder = self.holder()
            raise LockedError(
                f"Thư mục dữ liệu đang do {holder or 'một tiến trình khác'} sử dụng. "
                "Hãy dừng tiến trình đó, hoặc dùng thư mục khác với --data-dir."
            ) from error
        except OSError as error:
            self._lock.release()  # taken, if only the note about its holder failed
            raise StorageError(
                f"Không khóa được '{self._holder_file.parent}' ({system_reason(error)}). "
                "Hãy kiểm tra quyền ghi và dung lượng đĩa, hoặc đổi DATA_DIR."
            ) from error

    def opened(self) -> None:
        """Note that this process has opened what it locked, and found it in order."""
        with contextlib.suppress(OSError):  # a full disk: nothing depends on it now
            self._note(openings=0)

    def release(self) -> None:
        """Free the lock; does nothing when it is not held."""
        if self._lock.is_locked:
            self._holder_file.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> LockHolder | None:
        """Return who holds (or last held, without tidying up) the lock, if it is written down."""
        try:
            return LockHolder(**json.loads(self._holder_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _note(self, *, openings: int) -> None:
        holder = asdict(_this_process(openings))
        self._holder_file.write_text(json.dumps(holder), encoding="utf-8")


def _this_process(openings: int) -> LockHolder:
    started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    command = " ".join([Path(sys.argv[0]).name or "python", *sys.argv[1:2]])
    return LockHolder(os.getpid(), started, command, openings)
