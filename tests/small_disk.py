"""A disk of a few megabytes that really fills up or takes no changes; only root may mount it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """A file system in memory, mounted at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def fill(self) -> None:
        """Leave not a byte."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (65536, 4096):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def make_room(self) -> None:
        self._filler.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Take no changes in the block; no file may be open for writing when it begins."""
        _mount("-o", "remount,ro", str(self.path))
        yield
        _mount("-o", "remount,rw", str(self.path))


def _mount(*options: str) -> int:
    command = [shutil.which("mount") or "mount", *options]
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """4 MB; skips where this account may not mount."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name != "posix" or _mount("-t", "tmpfs", "-o", "size=4m", "none", str(place)):
        pytest.skip("mounting a small disk takes root's rights")
    yield SmallDisk(place)
    subprocess.run([shutil.which("umount") or "umount", "-l", str(place)], check=True)
