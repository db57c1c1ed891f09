"""The folder below an empty data directory in which a restore makes everything ready.

While `.restoring` is there nothing else may run on the directory. A restore that fails takes it
away again; one that was killed leaves it, and is done again from its beginning.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import filelock

from bot.backup.errors import TakenPlaceError, UnfinishedError
from knowledge.documents.durable_file import fsync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_FOLDER = ".restoring"
_MAY_BE_THERE = frozenset({_FOLDER, "models", "lost+found"})
_FILES = "files"
_DATABASE = "database"


class Staging:
    """What is ready: the copy of the database, and what belongs into the data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self.folder = data_dir / _FOLDER
        self.files = self.folder / _FILES
        self.database = self.folder / _DATABASE

    @property
    def was_moved(self) -> bool:
        """Whether a restore that was killed had everything ready and in its place."""
        return self.database.exists() and self.files.is_dir() and not any(self.files.iterdir())

    def clear(self, names: Iterable[str]) -> None:
        """Remove what a restore that was killed left: `names` in the data directory, and here."""
        for path in (*(self._data_dir / name for name in names), self.files, self.database):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        self.files.mkdir()

    @contextmanager
    def moved(self) -> Iterator[None]:
        """Move the files into the data directory, and back again when the block fails."""
        done: list[tuple[Path, Path]] = []
        try:
            for path in sorted(self.files.iterdir()):
                target = self._data_dir / path.name
                path.rename(target)
                done.append((path, target))
            fsync_folder(self._data_dir)
            yield
        except BaseException:
            for path, target in reversed(done):
                target.rename(path)
            raise


@contextmanager
def staging(data_dir: Path) -> Iterator[Staging]:
    """Make an empty data directory unusable for all others while the block runs.

    Raises TakenPlaceError where there is anything, or another restore, OSError.
    """
    names = {path.name for path in data_dir.iterdir()} if data_dir.is_dir() else set()
    if _FOLDER not in names and (there := sorted(names - _MAY_BE_THERE)):
        raise TakenPlaceError(
            f"Thư mục dữ liệu '{data_dir}' không trống (có '{there[0]}') nên không phục hồi đè "
            "lên. Hãy đặt DATA_DIR (hay --data-dir) sang thư mục trống."
        )
    place = Staging(data_dir)
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = filelock.FileLock(place.folder / "lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise TakenPlaceError(f"Một lệnh khác đang phục hồi vào '{data_dir}'.") from error
    try:
        yield place
    finally:
        lock.release()
        shutil.rmtree(place.folder)
        fsync_folder(data_dir)


def require_restored(data_dir: Path) -> None:
    """Raise UnfinishedError while a restore into `data_dir` is not done."""
    if data_dir.joinpath(_FOLDER).exists():
        raise UnfinishedError(
            f"Việc phục hồi vào '{data_dir}' chưa xong hoặc đã dừng giữa chừng. Hãy chạy lại "
            "'vanphong restore' với tệp sao lưu rồi mới dùng thư mục này."
        )
