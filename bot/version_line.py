"""A version of the knowledge base in a line, for Telegram and the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.texts import versions as texts

if TYPE_CHECKING:
    import datetime as dt

    from knowledge import VersionInfo

_OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def version_line(info: VersionInfo) -> str:
    """Return one version in a line of plain text, with office time."""
    line = texts.VERSION_LINE.format(
        name=info.name,
        articles=info.articles,
        chunks=info.chunks,
        built=office_time(info.built_at),
    )
    if info.promoted_at is not None:
        line += texts.PROMOTED_AT.format(at=office_time(info.promoted_at))
    standing = marks(info)
    return f"{line} – {', '.join(standing)}" if standing else line


def marks(info: VersionInfo) -> list[str]:
    """Return what the version is at present: live, previous, waiting for a decision."""
    return [
        mark
        for mark, holds in (
            (texts.ACTIVE, info.active),
            (texts.PREVIOUS, info.previous),
            (texts.NOT_DECIDED, info.waiting),
        )
        if holds
    ]


def office_time(moment: dt.datetime) -> str:
    """Return `moment` as the office reads it."""
    return moment.astimezone(_OFFICE_TIME).strftime("%H:%M %d/%m/%Y")
