"""One reload at a time: who started it, and how far it is."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from knowledge.errors import ReloadInProgressError, ReloadStoppedError
from knowledge.reload.outcome import Progress, ReloadProgress, ReloadStatus
from knowledge.reload.pace import Pace

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

_OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


class ReloadLock:
    """Lets one reload run; a second one is told about the first. Thread-safe."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self.status: ReloadStatus | None = None
        """The reload under way."""
        self._closed = False

    def close(self) -> None:
        """Let no reload begin, and the one under way end at its next report of progress."""
        self._closed = True

    @contextmanager
    def held_by(self, name: str, progress: Progress | None) -> Iterator[Progress]:
        """Hold the lock, and yield what reports progress on to `progress`.

        Raises ReloadInProgressError while another reload is under way. Once the lock is closed,
        ReloadStoppedError comes at once, or out of the next report of progress.
        """
        self._require_open()
        status = ReloadStatus(name, self._now(), None)
        with self._lock:
            if self.status is not None:
                raise ReloadInProgressError(_description(self.status))
            self.status = status

        pace = Pace(self._now)

        def notify(step: ReloadProgress) -> None:
            self._require_open()
            step = replace(step, remaining=pace.remaining(step))
            self.status = replace(status, progress=step)
            if progress is not None:
                progress(step)

        try:
            yield notify
        finally:
            self.status = None

    def _require_open(self) -> None:
        if self._closed:
            raise ReloadStoppedError(
                "Chương trình đang dừng nên không cập nhật nữa; phiên bản đang dùng giữ nguyên. "
                "Hãy cập nhật lại khi chương trình đã chạy lại."
            )


def _description(status: ReloadStatus) -> str:
    step = status.progress
    far = f"đang ở bước “{step.stage}” ({step.done}/{step.total})" if step else "vừa bắt đầu"
    since = status.started.astimezone(_OFFICE_TIME)
    return (
        f"Đang có một lần cập nhật khác do {status.started_by} bắt đầu lúc {since:%H:%M:%S}, "
        f"{far}. Hãy chờ xong rồi thử lại."
    )
