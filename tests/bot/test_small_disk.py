"""The command line and the store of documents on a disk that is full or takes no changes."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import run
from knowledge import StorageError
from knowledge.documents.store import DocumentStore
from tests.bot.backup.test_commands import add_document
from tests.small_disk import SmallDisk

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


def made_office(data_dir: Path, documents: int = 1) -> Path:
    """A data directory with a database and documents."""
    for number in range(documents):
        add_document(data_dir, f"Văn bản số {number}")
    assert run(["--data-dir", str(data_dir), "people", "set", "7", "staff"]) == 0
    return data_dir


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_onto_a_full_disk_leaves_nothing_and_works_with_room(
    tmp_path: Path, small_disk: SmallDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    office = str(made_office(tmp_path / "office"))
    small_disk.fill()
    file = small_disk.path / "b"
    assert run(["--data-dir", office, "backup", str(file)]) == 1
    told = capsys.readouterr().err
    assert "Hãy dọn đĩa" in told or "đã đầy" in told
    assert "Traceback" not in told
    assert names(small_disk.path) == {"filler"}
    small_disk.make_room()
    assert run(["--data-dir", office, "backup", str(file)]) == 0
    # and the way back onto a full one
    there = small_disk.path / "there"
    small_disk.fill()
    assert run(["--data-dir", str(there), "restore", str(file)]) == 1
    assert "Hãy" in capsys.readouterr().err
    assert not there.exists() or names(there) == set()
    small_disk.make_room()
    assert run(["--data-dir", str(there), "restore", str(file)]) == 0
    assert run(["--data-dir", str(there), "people", "list", "--json"]) == 0
    assert '"id": 7' in capsys.readouterr().out


def test_documents_and_people_over_a_full_disk(
    small_disk: SmallDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir = made_office(small_disk.path / "data", documents=3)
    small_disk.fill()
    with pytest.raises(StorageError, match="ổ đĩa đã đầy"):
        add_document(data_dir, "x" * 100_000)
    assert len(DocumentStore(data_dir).documents()) == 3
    for number in range(8, 300):
        if run(["--data-dir", str(data_dir), "people", "set", str(number), "staff"]):
            break
    assert "Hết chỗ ghi" in capsys.readouterr().err
    small_disk.make_room()
    assert add_document(data_dir, "x" * 100_000) == "D4"
    assert run(["--data-dir", str(data_dir), "people", "set", "500", "staff"]) == 0
    assert run(["--data-dir", str(data_dir), "people", "list", "--json"]) == 0
    listed = capsys.readouterr().out
    assert all(f'"id": {number}' in listed for number in (7, 500, *range(8, number)))


def test_a_disk_that_takes_no_changes(
    tmp_path: Path, small_disk: SmallDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir = made_office(small_disk.path / "data")
    place = ["--data-dir", str(data_dir)]
    with small_disk.read_only():
        for command in (["people", "set", "8", "staff"], ["backup", str(tmp_path / "b")]):
            assert run([*place, *command]) == 1
            told = capsys.readouterr().err
            assert "chỉ cho đọc" in told
            assert "Traceback" not in told
        with pytest.raises(StorageError, match="chỉ cho đọc"):
            add_document(data_dir, "Thêm")
    assert run([*place, "people", "set", "8", "staff"]) == 0
    assert run([*place, "backup", str(tmp_path / "b")]) == 0


def _garbage(data: bytes) -> bytes:
    return b"not a database " * 1000


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 3]


def _zeros(data: bytes) -> bytes:
    return data[:4096] + bytes(len(data) - 4096)


@pytest.mark.parametrize("damage", [_garbage, _cut, _zeros])
def test_a_damaged_database_is_named_and_kept_as_it_is(
    tmp_path: Path, damage: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir = made_office(tmp_path / "data")
    place = ["--data-dir", str(data_dir)]
    file = data_dir / "vanphong.db"
    assert run([*place, "backup", str(tmp_path / "good")]) == 0
    spoiled = damage(file.read_bytes())
    file.write_bytes(spoiled)
    capsys.readouterr()
    for command in (["people", "list"], ["backup", str(tmp_path / "bad")], ["audit"]):
        assert run([*place, *command]) == 1
        told = capsys.readouterr().err
        assert "hỏng" in told
        assert "vanphong restore" in told
        assert "Traceback" not in told
    assert file.read_bytes() == spoiled
    assert not tmp_path.joinpath("bad").exists()
    # the way out that the message tells
    data_dir.rename(tmp_path / "damaged")
    assert run([*place, "restore", str(tmp_path / "good")]) == 0
    assert sqlite3.connect(file).execute("SELECT id FROM people").fetchall() == [(7,)]
