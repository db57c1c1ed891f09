"""Notes what administrators and editors do in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.audit import AuditAction, AuditEvent
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
        """Write that the update's sender did `action` to `target`; raises DatabaseError."""
        user = update.effective_user
        if user is not None:
            event = AuditEvent(action, target=target, details=details)
            await self._audit.record(on_telegram(user.id), event, self._now())
