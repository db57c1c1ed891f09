"""The audit log as a file: CSV and XLSX."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from bot.features.people import texts
from bot.office_time import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.access.audit import AuditEntry, AuditParty

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def party(found: AuditParty | None) -> str:
    """Return who somebody in an entry is, in words; empty for the program itself."""
    if found is None:
        return ""
    if found.person_id is None:
        return texts.AUDIT_ERASED.format(number=found.number)
    return f"{found.name} ({found.person_id})" if found.name else str(found.person_id)


def row(entry: AuditEntry) -> tuple[str, ...]:
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


def as_csv(entries: Iterable[AuditEntry]) -> bytes:
    """Return the entries as CSV in UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(texts.AUDIT_COLUMNS)
    writer.writerows([_harmless(cell) for cell in row(entry)] for entry in entries)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(entries: Iterable[AuditEntry]) -> bytes:
    """Return the entries as a workbook of one sheet."""
    # late: only an export needs the library
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.utils.escape import escape  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhật ký")
    for cells in (texts.AUDIT_COLUMNS, *map(row, entries)):
        line = []
        for cell in cells:
            # Names come from people: a string even where it looks like a formula.
            written = WriteOnlyCell(sheet, escape(cell))
            written.data_type = "s"
            line.append(written)
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
