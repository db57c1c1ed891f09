"""Looks whether the vector store's database is in order, before Chroma opens it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

from knowledge.errors import IndexDamagedError

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.index.lock import LockHolder

DAMAGED = (
    "Kho vectơ của chỉ mục hỏng ({reason}). Hãy khởi động lại bot, hoặc chạy 'vanphong reload': "
    "chỉ mục được lập lại từ bài viết và tài liệu."
)
OUTSIDE_CODES = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""SQLite's codes for what lies outside of the file's contents: the low byte of its errors."""
_MOST_OPENINGS = 2
_QUICK_BYTES = 32 * 2**20  # 0.1 s


def require_sound(chroma: Path, before: LockHolder | None) -> None:
    """Raise IndexDamagedError unless SQLite finds the pages of Chroma's database in order.

    Some damages end the whole process when Chroma opens the files: what several processes in a row
    died of is taken for damaged. `before` is the owner that ended without freeing the lock; without
    one a large database (1 s for 300 MB) is not looked at.
    """
    if before is not None and before.openings >= _MOST_OPENINGS:
        raise IndexDamagedError(DAMAGED.format(reason="chương trình dừng mỗi khi mở"))
    file = chroma / "chroma.sqlite3"
    if not file.is_file() or (before is None and file.stat().st_size > _QUICK_BYTES):
        return
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in OUTSIDE_CODES:
            return  # Chroma will say it
        found = str(error)
    if found != "ok":
        raise IndexDamagedError(DAMAGED.format(reason=found[:200]))
