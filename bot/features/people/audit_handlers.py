"""/audit: the audit log in pages, and as a file."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction, AuditEvent
from bot.access.authorisation import Capability
from bot.access.person import on_telegram
from bot.features.people import texts
from bot.features.people.audit_files import as_csv, as_xlsx, details_in_words, party
from bot.office_time import shown
from bot.telegram.callbacks import arguments_of, owned_button
from bot.telegram.gate import in_private
from bot.telegram.paging import Page, PagedList
from bot.telegram.sending import acknowledge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from telegram import Update

    from bot.access.audit import AuditEntry, AuditLog
    from bot.telegram.gate import Guarded
    from bot.telegram.sending import Context

_PAGE, _FILE = "au", "ax"
_WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


class AuditHandlers:
    """Shows the audit log to the admins."""

    def __init__(self, audit: AuditLog, now: Callable[[], dt.datetime]) -> None:
        self._audit = audit
        self._now = now
        self._list = PagedList(self._draw)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        return in_private(
            Capability.SEE_AUDIT,
            {"audit": self._list.send},
            {_PAGE: self._list.turn, _FILE: self.export},
        )

    async def export(self, update: Update, context: Context) -> None:
        """Send the whole log as a file; that is in the log as well."""
        query, user = update.callback_query, update.effective_user
        kind = "".join(arguments_of(query.data)[:1]) if query is not None else ""
        if query is None or user is None or kind not in _WRITERS:
            return
        await acknowledge(query)
        event = AuditEvent(AuditAction.EXPORT_AUDIT, target=kind)
        await self._audit.record(on_telegram(user.id), event, self._now())
        entries = [entry async for entry in self._audit.all()]
        await context.bot.send_document(
            user.id, _WRITERS[kind](entries), filename=f"nhat-ky-quan-tri.{kind}"
        )

    async def _draw(self, argument: str, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        page = Page.of(argument, await self._audit.count())
        entries = await self._audit.page(page.offset, page.size)
        if not entries:
            return texts.AUDIT_NONE, None
        head = texts.AUDIT.format(count=page.count, page=page.number + 1, pages=page.pages)
        files = [
            owned_button(label, _FILE, owner, kind)
            for label, kind in ((texts.AUDIT_XLSX, "xlsx"), (texts.AUDIT_CSV, "csv"))
        ]
        text = "\n".join([head, *map(_line, entries)])
        return text, InlineKeyboardMarkup([page.buttons(_PAGE, owner), files])


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
    return html.escape(" ".join(part for part in parts if part), quote=False)
