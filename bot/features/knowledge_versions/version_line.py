"""A version of the knowledge base in a line, for Telegram and the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.knowledge_versions import texts
from bot.office_time import shown

if TYPE_CHECKING:
    from knowledge import VersionInfo


def version_line(info: VersionInfo) -> str:
    """Return one version in a line of plain text, with office time."""
    line = texts.VERSION_LINE.format(
        name=info.name,
        articles=info.articles,
        chunks=info.chunks,
        built=shown(info.built_at),
    )
    if info.promoted_at is not None:
        line += texts.PROMOTED_AT.format(at=shown(info.promoted_at))
    found = marks(info)
    return f"{line} – {', '.join(found)}" if found else line


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
