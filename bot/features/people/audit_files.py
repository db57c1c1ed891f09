"""The audit log in words and as a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.people import texts
from bot.office_time import shown
from bot.spreadsheet import Spreadsheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.access.audit import AuditEntry, AuditParty

Row = tuple[str, ...]

_WIDTHS = (8, 18, 12, 30, 30, 12, 30, 24, 50)


def party(found: AuditParty | None) -> str:
    """Return who somebody in an entry is, in words; empty for the program itself."""
    if found is None:
        return ""
    if found.person_id is None:
        return texts.AUDIT_ERASED.format(number=found.number)
    return f"{found.name} ({found.person_id})" if found.name else str(found.person_id)


def row(entry: AuditEntry) -> Row:
    """Return an entry under AUDIT_COLUMNS."""
    return (
        str(entry.id),
        shown(entry.at),
        texts.AUDIT_CHANNELS[entry.channel.value],
        party(entry.actor),
        texts.AUDIT_ACTIONS.get(entry.action, entry.action),
        texts.YES if entry.denied else "",
        party(entry.subject),
        entry.target or "",
        details_in_words(entry),
    )


def details_in_words(entry: AuditEntry) -> str:
    """Return what else is known of an entry: "từ: cán bộ, thành: biên tập viên"."""
    return ", ".join(
        f"{texts.AUDIT_DETAILS.get(name, name)}: {texts.AUDIT_VALUES.get(str(value), value)}"
        for name, value in entry.details.items()
        if value is not None
    )


def rows(entries: Iterable[AuditEntry]) -> list[Row]:
    """Return the entries under AUDIT_COLUMNS."""
    return [row(entry) for entry in entries]


def spreadsheet(found: Sequence[Row]) -> Spreadsheet:
    """Return the rows of entries as a table."""
    return Spreadsheet("Nhật ký", texts.AUDIT_COLUMNS, found, _WIDTHS)
