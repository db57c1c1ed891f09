import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from embeddings import Encoder
from knowledge import KnowledgeBase, LockedError, StorageError
from knowledge.index.lock import DirectoryLock

HOLD = """\
import sys
from pathlib import Path
from knowledge.index.lock import DirectoryLock
lock = DirectoryLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.readline()
lock.release()
"""
ROOT = Path(__file__).parents[3]


@contextmanager
def holder(lock_file: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that holds the lock until it reads a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    tmp_path.joinpath("data", "index").mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture
def lock_file(data_dir: Path) -> Path:
    return data_dir / "index" / "lock"


def test_second_process_is_refused_and_told_who_holds_it(
    data_dir: Path, lock_file: Path, encoder: Encoder
) -> None:
    with (
        holder(lock_file) as process,
        pytest.raises(
            LockedError,
            match=rf"tiến trình {process.pid} \(.+\), từ \d\d:\d\d:\d\d ngày \d\d/\d\d/\d{{4}}",
        ) as caught,
    ):
        KnowledgeBase(data_dir, encoder).open()
    assert "--data-dir" in str(caught.value)


def test_lock_is_free_once_its_holder_is_killed(
    data_dir: Path, lock_file: Path, encoder: Encoder, articles: Path
) -> None:
    with holder(lock_file) as process:
        process.kill()
        process.wait()
        assert lock_file.with_suffix(".json").exists()  # nobody tidied up
        with KnowledgeBase(data_dir, encoder) as base:
            base.reload(articles)
            written = json.loads(lock_file.with_suffix(".json").read_text(encoding="utf-8"))
            assert written["pid"] == os.getpid()


def test_lock_is_free_once_its_holder_ends(lock_file: Path) -> None:
    with holder(lock_file) as process:
        process.communicate("\n")
        assert process.returncode == 0
        lock = DirectoryLock(lock_file)
        lock.acquire()
        lock.release()
    assert not lock_file.with_suffix(".json").exists()


def test_unreadable_note_of_the_holder_still_refuses(lock_file: Path) -> None:
    with holder(lock_file):
        lock_file.with_suffix(".json").write_text("{", encoding="utf-8")
        with pytest.raises(LockedError, match="một tiến trình khác"):
            DirectoryLock(lock_file).acquire()


def test_same_directory_again_in_one_process(
    data_dir: Path, encoder: Encoder, articles: Path
) -> None:
    first = KnowledgeBase(data_dir, encoder)
    with first:
        first.reload(articles)
        with pytest.raises(LockedError):
            KnowledgeBase(data_dir, encoder).open()
    first.close()  # a second time does no harm
    with KnowledgeBase(data_dir, encoder) as again:
        assert again.active_version == "v0001"
        assert not again.assistant().answer("Ngày truyền thống Văn phòng là ngày nào?").refused


def test_data_directory_that_is_a_file(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "data"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match=r"Không ghi được.*DATA_DIR"):
        KnowledgeBase(path, encoder).open()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_data_directory_without_permission_to_write(data_dir: Path, encoder: Encoder) -> None:
    data_dir.joinpath("index").chmod(0o500)
    try:
        with pytest.raises(StorageError, match="quyền ghi"):
            KnowledgeBase(data_dir, encoder).open()
    finally:
        data_dir.joinpath("index").chmod(0o700)


def test_lock_that_cannot_be_noted_is_not_kept(lock_file: Path) -> None:
    note = lock_file.with_suffix(".json")
    note.mkdir()
    lock = DirectoryLock(lock_file)
    with pytest.raises(StorageError, match="Không khóa được"):
        lock.acquire()
    note.rmdir()
    with holder(lock_file):
        pass
