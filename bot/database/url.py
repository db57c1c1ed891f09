"""Which database to use: DATABASE_URL turned into SQLAlchemy's own form, with an async driver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

FILE_NAME = "vanphong.db"

_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}


def database_url(settings: Settings) -> URL:
    """Return the address of the configured database; SQLite in DATA_DIR when none is set.

    Raises SettingsError, which never holds the address: it may hold a password.
    """
    if settings.database_url is None:
        return URL.create("sqlite+aiosqlite", database=str(settings.data_dir / FILE_NAME))
    return parse_url(settings.database_url.get_secret_value())


def parse_url(text: str) -> URL:
    """Return an address such as `postgresql://…` or `sqlite:///file` with its async driver.

    libpq's `sslmode` is passed on under the name that asyncpg has for it. Raises SettingsError.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise SettingsError(
            "DATABASE_URL không phải là địa chỉ cơ sở dữ liệu. Ví dụ đúng: "
            "postgresql://nguoidung:matkhau@maychu:5432/vanphong. Ký tự đặc biệt trong mật khẩu "
            "phải viết dạng %40, %3A …"
        ) from None  # the cause quotes the address
    if url.drivername not in _DRIVERS:
        raise SettingsError(
            "DATABASE_URL phải bắt đầu bằng postgresql:// hoặc sqlite:///, đang là "
            f"{url.drivername}://."
        )
    url = url.set(drivername=_DRIVERS[url.drivername])
    if not url.database or url.database == ":memory:":
        raise SettingsError(
            "DATABASE_URL chưa nêu tên cơ sở dữ liệu (PostgreSQL) hoặc đường dẫn tệp (SQLite)."
        )
    mode = url.query.get("sslmode")
    if isinstance(mode, str):
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return url


def shown(url: URL) -> str:
    """Return the address for a message: without its password and its parameters."""
    if url.database is not None and url.get_backend_name() == "sqlite":
        return url.database
    return url.set(query={}, password=None, drivername="postgresql").render_as_string()
