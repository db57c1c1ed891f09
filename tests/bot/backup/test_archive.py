"""What a reader of backups makes of files that are none, are damaged, or want to do harm."""

import io
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backup.archive import ArchiveWriter, is_safe, opened_archive
from bot.backup.errors import ArchiveError, BackupError, NewerArchiveError
from tests.bot.backup.archives import listed, seal, write_archive

ENTRIES = {"database": b"rows" * 5000, "documents/history.jsonl": b"{}\n"}


def written(path: Path) -> Path:
    with path.open("xb+") as file:
        writer = ArchiveWriter(file)
        for name, data in ENTRIES.items():
            writer.add(name, io.BytesIO(data))
        writer.seal(
            created="2026-11-24T02:00:00+00:00", program="1", database="sqlite", revision="r1"
        )
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    with opened_archive(written(tmp_path / "b")) as archive:
        assert (archive.manifest.database, archive.manifest.revision) == ("sqlite", "r1")
        for name, data in ENTRIES.items():
            target = tmp_path / name.replace("/", "-")
            archive.write(name, target)
            assert target.read_bytes() == data


Spoil = Callable[[bytearray], bytes]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda _: b"", "không phải bản sao lưu"),
        (lambda _: b"PK\x03\x04 something else", "không phải bản sao lưu"),
        (lambda data: data[:-1], "cắt cụt"),
        (lambda data: data[: len(data) // 2], "cắt cụt"),
        (lambda data: bytes(data) + b"\n", "cắt cụt"),
        (lambda data: bytes(data[:50]) + bytes([data[50] ^ 1]) + bytes(data[51:]), "đã hỏng"),
        (lambda data: bytes(data[:-1]) + (b"0" if data[-1:] != b"0" else b"1"), "đã hỏng"),
    ],
)
def test_foreign_and_damaged_files_are_named(tmp_path: Path, spoil: Spoil, message: str) -> None:
    path = written(tmp_path / "b")
    path.write_bytes(spoil(bytearray(path.read_bytes())))
    with pytest.raises(ArchiveError, match=message), opened_archive(path):
        pass


def test_no_byte_can_be_changed(tmp_path: Path) -> None:
    path = written(tmp_path / "b")
    good = path.read_bytes()
    for place in range(0, len(good), 97):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x40]) + good[place + 1 :])
        with pytest.raises(ArchiveError), opened_archive(path):
            pass


def test_a_newer_format_is_told_as_such(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "b", ENTRIES, form=2)
    with pytest.raises(NewerArchiveError, match=r"dạng 2.*cập nhật"), opened_archive(path):
        pass


@pytest.mark.parametrize(
    "manifest",
    [
        {"entries": []},
        {"entries": listed({"database": b""})["entries"] * 2},
        {"entries": listed({**ENTRIES, "more": b""})["entries"]},
        {"entries": None},
        {"revision": None},
        {"entries": [{"name": name, "size": -1, "sha256": ""} for name in ENTRIES]},
    ],
)
def test_a_manifest_that_lists_something_else(tmp_path: Path, manifest: dict[str, Any]) -> None:
    path = write_archive(tmp_path / "b", ENTRIES, manifest)
    with pytest.raises(ArchiveError), opened_archive(path):
        pass


@pytest.mark.parametrize(
    "wrong", [{"size": 5}, {"size": 10**12}, {"sha256": "0" * 64}, {"size": 0}]
)
def test_an_entry_that_is_not_as_listed(tmp_path: Path, wrong: dict[str, Any]) -> None:
    manifest = listed(ENTRIES)
    manifest["entries"][0] |= wrong
    path = write_archive(tmp_path / "b", ENTRIES, manifest)
    with opened_archive(path) as archive, pytest.raises(ArchiveError, match="database"):
        archive.write("database", tmp_path / "out")
    assert tmp_path.joinpath("out").stat().st_size <= len(ENTRIES["database"])


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "/etc/x", "documents/../../x", "a//b", "a/", ".hidden", "documents/.x"),
        *("a\\..\\b", "a\nb", "a/" + "b" * 256, "a/" * 600 + "b", "nul\x00"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    assert not is_safe(name)
    path = write_archive(tmp_path / "b", {**ENTRIES, name: b"x"})
    with pytest.raises(ArchiveError), opened_archive(path):
        pass
    with tmp_path.joinpath("c").open("xb+") as file, pytest.raises(BackupError):
        ArchiveWriter(file).add(name, io.BytesIO(b"x"))


@given(st.text())
def test_a_safe_name_stays_below_its_folder(name: str) -> None:
    if is_safe(name):
        root = Path("/data/files")
        assert root.joinpath(name).is_relative_to(root)
        assert ".." not in root.joinpath(name).parts


def test_a_link_comes_out_as_a_file(tmp_path: Path) -> None:
    link = (stat.S_IFLNK | 0o777) << 16
    path = write_archive(tmp_path / "b", {"database": b"/etc/passwd"}, attributes=link)
    with opened_archive(path) as archive:
        archive.write("database", tmp_path / "out")
    assert not tmp_path.joinpath("out").is_symlink()
    assert tmp_path.joinpath("out").read_bytes() == b"/etc/passwd"


def test_a_zip_that_breaks_its_own_rules(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "b", {"database": b"x" * 100})
    data = path.read_bytes()
    path.write_bytes(data.replace(b"PK\x03\x04", b"PK\x03\x05", 1))  # the entry's own head
    seal(path)
    with opened_archive(path) as archive, pytest.raises(ArchiveError, match="đã hỏng"):
        archive.write("database", tmp_path / "out")
    path.write_bytes(data.replace(b"PK\x01\x02", b"PK\x01\x03"))
    seal(path)
    with pytest.raises(ArchiveError, match="đã hỏng"), opened_archive(path):
        pass
