"""Brings a backup back into an empty data directory and an empty database.

Everything is written and checked beside its place first, moved there afterwards, and the database
comes last, in one step: so a restore is whole or not there.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.backup import contents
from bot.backup.archive import opened_archive
from bot.backup.database_copies import database_copies, require_known
from bot.backup.errors import ArchiveError, BackupError, TakenPlaceError
from bot.backup.staging import staging
from bot.terminal.owner import Owner
from embeddings.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.backup.archive import Archive, Manifest
    from bot.backup.database_copies import DatabaseCopies
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and the settings that have to be set for the office's own files."""

    manifest: Manifest
    settings: dict[str, Path]


def restore(settings: Settings, file: Path) -> Restored:
    """Bring the backup `file` into the empty place that the settings name.

    Raises TakenPlaceError where it is not empty or a bot runs, ArchiveError or NewerArchiveError
    for a file that can't be used, other BackupErrors and DatabaseError: then nothing was
    overwritten, and the restore can be done again.
    """
    data_dir = settings.data_dir.absolute()
    copies = database_copies(settings)
    if Owner.find(data_dir) is not None:
        raise TakenPlaceError(
            f"Bot đang chạy trên '{data_dir}'. Chỉ phục hồi vào thư mục dữ liệu trống: hãy đặt "
            "DATA_DIR (hay --data-dir) sang thư mục khác, rồi dừng bot trước khi chuyển sang đó."
        )
    with opened_archive(file) as archive, _writing(data_dir):
        _require_fitting(archive, copies)
        office = _office_places(archive, settings, data_dir)
        done = Restored(
            archive.manifest,
            {contents.OFFICE_FOLDERS[folder].upper(): path for folder, path in office.items()},
        )
        with staging(data_dir) as place:
            empty = copies.is_empty()
            if place.was_moved and not empty:
                return done
            place.clear(contents.IN_DATA_DIR)
            if not empty:
                raise TakenPlaceError(
                    f"{copies.place} đã có dữ liệu nên không phục hồi đè lên. Hãy đặt DATABASE_URL "
                    "(hay DATA_DIR) sang một cơ sở dữ liệu mới, còn trống."
                )
            left_out = set(contents.OFFICE_FOLDERS) - office.keys()
            names = [n for n in archive.entries if n.partition("/")[0] not in left_out]
            _require_room(place.folder, sum(archive.entries[name].size for name in names))
            for name in names:
                target = place.database if name == contents.DATABASE else place.files / name
                target.parent.mkdir(parents=True, exist_ok=True)
                archive.write(name, target)
            with place.moved():
                copies.restore(place.database)
    return done


def _require_fitting(archive: Archive, copies: DatabaseCopies) -> None:
    """Raise ArchiveError or NewerArchiveError unless everything in the archive has a place here."""
    manifest = archive.manifest
    files = [name for name in archive.entries if name != contents.DATABASE]
    if contents.DATABASE not in archive.entries or not all(map(contents.has_place, files)):
        raise ArchiveError(
            "Bản sao lưu có mục lạ, hoặc thiếu cơ sở dữ liệu. Hãy dùng tệp do 'vanphong backup' "
            "ghi."
        )
    if manifest.database != copies.kind:
        raise ArchiveError(
            f"Bản sao lưu là của cơ sở dữ liệu {manifest.database}, nhưng DATABASE_URL đang chọn "
            f"{copies.kind}. Hãy sửa DATABASE_URL cho cùng loại rồi phục hồi."
        )
    require_known(manifest.revision)


def _office_places(archive: Archive, settings: Settings, data_dir: Path) -> dict[str, Path]:
    """Return where those of the office's files go that are not where the settings say, as saved."""
    saved: dict[str, dict[str, str]] = {}
    for entry in archive.entries.values():
        folder, _, name = entry.name.partition("/")
        if folder in contents.OFFICE_FOLDERS:
            saved.setdefault(folder, {})[name] = entry.sha256
    here = contents.office_files(settings)
    return {
        folder: data_dir.joinpath(folder, *([min(sums)] if folder == contents.OFFICE else []))
        for folder, sums in saved.items()
        if sums != contents.sums_of(here[folder])
    }


def _require_room(place: Path, size: int) -> None:
    free = shutil.disk_usage(place).free
    if size > free:
        raise BackupError(
            f"Phục hồi cần {size // 2**20} MB, ổ đĩa của '{place}' chỉ còn {free // 2**20} MB. Hãy "
            "dọn đĩa, hoặc đặt DATA_DIR (hay --data-dir) sang nơi khác."
        )


@contextmanager
def _writing(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"Không phục hồi được vào '{data_dir}' ({system_reason(error)}). Hãy kiểm tra quyền "
            "ghi và dung lượng đĩa rồi chạy lại; chưa gì được đưa vào dùng."
        ) from error
