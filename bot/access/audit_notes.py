"""Notes what administrators and editors do in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.audit import AuditAction, AuditEvent, AuditNote
from bot.access.person import on_telegram

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from telegram import Update

    from bot.access.audit import AuditLog


class AuditNotes:
    """Writes an entry for whoever sent an update; `now` is the clock, in UTC."""

    def __init__(self, audit: AuditLog, now: Callable[[], dt.datetime]) -> None:
        self._audit = audit
        self._now = now

    async def note(
        self, update: Update, action: AuditAction, target: str | None = None, **details: object
    ) -> None:
        """Write that the update's sender did `action` to `target`; raises DatabaseError.

        For what changes nothing: a change notes it in its own transaction (`entry`).
        """
        user = update.effective_user
        if user is not None:
            entry = self.entry(user.id, action, target, **details)
            await self._audit.record(entry.actor, entry.event, entry.at)

    def entry(
        self, person_id: int, action: AuditAction, target: str | None = None, **details: object
    ) -> AuditNote:
        """Return the entry that somebody does `action` to `target` now, to be written with that."""
        event = AuditEvent(action, target=target, details=details)
        return AuditNote(on_telegram(person_id), event, self._now())
