"""Errors of the database, and their translation from SQLAlchemy's and the drivers'.

DatabaseError (a BotError)
├── DatabaseUnreachableError  no server answers, or there is no way to the file
├── DatabaseAccessError       wrong password, no such database, no permission
├── DatabaseFullError         no space left
├── DatabaseReadOnlyError     the file, the disk or the server takes no changes
├── DatabaseBusyError         somebody else held it too long; trying again helps
├── DatabaseDamagedError      the file is damaged or is no database
├── DataConflictError         a change would break a rule of the data
└── SchemaNewerError          the data was written by a newer program

The messages say what to do next, in Vietnamese, and never hold the password or the data.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from bot.errors import BotError
from embeddings.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator


class DatabaseError(BotError):
    """The database did not do what was asked of it."""


class DatabaseUnreachableError(DatabaseError):
    """No server answers at the address, or the file can't be opened."""


class DatabaseAccessError(DatabaseError):
    """The server refuses the name, the password, the database or the permission."""


class DatabaseFullError(DatabaseError):
    """There is no space left for the change."""


class DatabaseReadOnlyError(DatabaseError):
    """The database takes no changes."""


class DatabaseBusyError(DatabaseError):
    """Somebody else held the database too long."""


class DatabaseDamagedError(DatabaseError):
    """The file is damaged, or is no SQLite database."""


class DataConflictError(DatabaseError):
    """A change would break a rule of the data: a key used twice, a row that is still needed."""


class SchemaNewerError(DatabaseError):
    """The schema has a version that this program does not know."""


class _Problem(NamedTuple):
    """The error to raise and its message; `{place}` and `{code}` are filled in."""

    kind: type[DatabaseError]
    text: str


_UNREACHABLE = _Problem(
    DatabaseUnreachableError,
    "Không kết nối được cơ sở dữ liệu {place}. Hãy kiểm tra máy chủ PostgreSQL có đang chạy không, "
    "địa chỉ và cổng trong DATABASE_URL, tường lửa.",
)
_UNOPENED = _Problem(
    DatabaseUnreachableError,
    "Không mở được tệp cơ sở dữ liệu {place}. Hãy kiểm tra thư mục có tồn tại và có quyền đọc ghi, "
    "hoặc đổi DATA_DIR.",
)
_PASSWORD = _Problem(
    DatabaseAccessError,
    "PostgreSQL không nhận tên hoặc mật khẩu ở {place}. Hãy sửa DATABASE_URL trong tệp .env.",
)
_NO_DATABASE = _Problem(
    DatabaseAccessError,
    "Máy chủ không có cơ sở dữ liệu {place}. Hãy tạo bằng lệnh createdb hoặc sửa DATABASE_URL.",
)
_PERMISSION = _Problem(
    DatabaseAccessError,
    "Tài khoản PostgreSQL không đủ quyền ở {place}. Hãy cấp quyền tạo bảng và ghi (GRANT), hoặc "
    "dùng tài khoản chủ của cơ sở dữ liệu.",
)
_FULL = _Problem(
    DatabaseFullError,
    "Hết chỗ ghi cho cơ sở dữ liệu {place}. Hãy dọn đĩa rồi thử lại; dữ liệu đã ghi không mất.",
)
_READ_ONLY = _Problem(
    DatabaseReadOnlyError,
    "Cơ sở dữ liệu {place} chỉ cho đọc. Hãy kiểm tra quyền ghi của tệp và thư mục, hoặc máy chủ "
    "có đang ở chế độ dự phòng không.",
)
_INPUT_OUTPUT = _Problem(
    DatabaseError,
    "Lỗi đọc ghi đĩa ở cơ sở dữ liệu {place} ({code}). Hãy kiểm tra ổ đĩa rồi chạy lại.",
)
_BUSY = _Problem(
    DatabaseBusyError,
    "Cơ sở dữ liệu {place} đang bận quá lâu. Hãy thử lại sau ít giây; nếu vẫn vậy, xem tiến trình "
    "nào đang ghi.",
)
_DAMAGED = _Problem(
    DatabaseDamagedError,
    "Tệp {place} hỏng hoặc không phải cơ sở dữ liệu của trợ lý. Không gì bị ghi đè. Hãy dừng bot, "
    "cất tệp này đi rồi phục hồi từ bản sao lưu: vanphong restore TỆP.",
)
_CONFLICT = _Problem(
    DataConflictError,
    "Thay đổi trái với dữ liệu đang có trong {place}. Hãy xem lại dữ liệu vừa nhập rồi thử lại.",
)
_OTHER = _Problem(
    DatabaseError,
    "Cơ sở dữ liệu {place} báo lỗi ({code}). Hãy thử lại; nếu vẫn lỗi, gửi nhật ký cho người quản "
    "trị.",
)

_BY_SQLITE_CODE: dict[int, _Problem] = {
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_PERM: _UNOPENED,
    sqlite3.SQLITE_IOERR: _INPUT_OUTPUT,
    sqlite3.SQLITE_IOERR_WRITE: _FULL,  # a quota, or a limit on the size of files
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CONSTRAINT: _CONFLICT,
}
_BY_ERRNO: dict[int | None, _Problem] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html; a class: two characters
_BY_SQLSTATE: dict[str, _Problem] = {
    "08": _UNREACHABLE,
    "22": _CONFLICT,
    "23": _CONFLICT,
    "25006": _READ_ONLY,
    "28": _PASSWORD,
    "3D": _NO_DATABASE,
    "40": _BUSY,
    "42501": _PERMISSION,
    "53100": _FULL,
    "53300": _BUSY,
    "55P03": _BUSY,
    "57": _UNREACHABLE,
}

_QUOTES = "\nDETAIL:"
"""What comes before the row that broke a rule, in asyncpg's messages."""


def translate(error: BaseException, place: str) -> DatabaseError:
    """Return our error for one of SQLAlchemy, sqlite3, asyncpg or the operating system.

    `place` names the database in the message, without a password. What caused `error` loses the
    values that PostgreSQL quotes, for it stands in the log.
    """
    for cause in _causes(error):
        cause.args = tuple(
            arg.partition(_QUOTES)[0] if isinstance(arg, str) else arg for arg in cause.args
        )
        if isinstance(getattr(cause, "detail", None), str):  # SQLAlchemy's is a list of its own
            cause.detail = None  # type: ignore[attr-defined]
    problem, code = _problem(error)
    return problem.kind(problem.text.format(place=place, code=code))


def busy(place: str) -> DatabaseError:
    """Return the error for who waited too long for this process's own writers."""
    return _BUSY.kind(_BUSY.text.format(place=place))


def damaged(place: str) -> DatabaseError:
    """Return the error for a database whose pages do not agree with each other."""
    return _DAMAGED.kind(_DAMAGED.text.format(place=place))


def _problem(error: BaseException) -> tuple[_Problem, str]:
    for cause in _causes(error):
        if isinstance(cause, sqlite3.Error) and hasattr(cause, "sqlite_errorcode"):
            code = cause.sqlite_errorcode
            # The low byte is the kind; the rest tells details.
            general = _BY_SQLITE_CODE.get(code & 0xFF, _OTHER)
            return _BY_SQLITE_CODE.get(code, general), cause.sqlite_errorname
        state = getattr(cause, "sqlstate", None)
        if isinstance(state, str):
            return _BY_SQLSTATE.get(state, _BY_SQLSTATE.get(state[:2], _OTHER)), state
        if isinstance(cause, OSError):  # TimeoutError is one too
            return _BY_ERRNO.get(cause.errno, _UNREACHABLE), system_reason(cause)
    name = type(error).__name__
    return (_BUSY, name) if name == "TimeoutError" else (_OTHER, name)  # the pool's own timeout


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and what is behind it, nearest first."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [getattr(cause, "orig", None), cause.__cause__, cause.__context__]
