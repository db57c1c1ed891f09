"""/audit: the audit log in pages, and as a file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.people import texts
from bot.features.people.audit_files import details_in_words, party, rows, spreadsheet
from bot.limits import UPLOAD_BYTES
from bot.office_time import shown
from bot.spreadsheet import FileKind
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import escape
from bot.telegram.gate import in_private, on_press
from bot.telegram.paging import Page, PagedList, PagePress
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from bot.access.audit import AuditEntry
    from bot.feature import Core
    from bot.features.people.audit_files import Row
    from bot.telegram.gate import Guarded, Tap


class AuditPage(PagePress, kind="au"):
    """Shows a page of the log."""


class FilePress(PersonalPress, kind="ax"):
    """Sends the whole log as a file."""

    file: FileKind


class AuditHandlers:
    """Shows the audit log to the admins."""

    def __init__(self, core: Core) -> None:
        self._audit = core.audit
        self._notes = core.notes
        self._list = PagedList(self._draw)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        return [
            *in_private(Capability.SEE_AUDIT, audit=self._list.send),
            on_press(Capability.SEE_AUDIT, AuditPage, self._list.turn),
            on_press(Capability.SEE_AUDIT, FilePress, self.export),
        ]

    async def export(self, tap: Tap, press: FilePress) -> None:
        """Send the whole log as a file; that is in the log as well."""
        await acknowledge(tap.query)
        await self._notes.note(tap.update, AuditAction.EXPORT_AUDIT, press.file.value)
        found: list[Row] = []
        async for entries in self._audit.batches():
            found += await asyncio.to_thread(rows, entries)
        file = await asyncio.to_thread(spreadsheet(found).file, press.file)
        if len(file) > UPLOAD_BYTES:
            text = texts.AUDIT_TOO_LARGE.format(megabytes=UPLOAD_BYTES // 1_000_000)
            await reply(tap.update, tap.context, [text])
            return
        await tap.context.bot.send_document(
            press.owner, file, filename=f"nhat-ky-quan-tri.{press.file}"
        )

    async def _draw(self, number: int, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        page = Page.of(number, await self._audit.count())
        entries = await self._audit.page(page.offset, page.size)
        if not entries:
            return texts.AUDIT_NONE, None
        head = texts.AUDIT.format(count=page.count, page=page.number + 1, pages=page.pages)
        files = [
            FilePress(owner, FileKind.XLSX).button(texts.AUDIT_XLSX),
            FilePress(owner, FileKind.CSV).button(texts.AUDIT_CSV),
        ]
        text = "\n".join([head, *map(_line, entries)])
        return text, InlineKeyboardMarkup([page.buttons(AuditPage, owner), files])


def _line(entry: AuditEntry) -> str:
    details = details_in_words(entry)
    parts = [
        texts.AUDIT_DENIED if entry.denied else "•",
        shown(entry.at),
        party(entry.actor) or texts.AUDIT_CHANNELS[entry.channel.value],
        "–",
        texts.AUDIT_ACTIONS.get(entry.action, entry.action),
        party(entry.subject) if entry.subject != entry.actor else "",
        entry.target or "",
        f"({details})" if details else "",
    ]
    return escape(" ".join(part for part in parts if part))
