"""Notes in the audit log what the command line has done to the knowledge base and the documents.

The command itself writes, after it has succeeded: so it is the same whether the work was done in
this process or by a running bot, and SQLite (with its write-ahead log) and PostgreSQL let both
write. The actor is `CLI`, of `vanphong watch` too: whoever runs it on the terminal wants each of
its reloads. A bot that watches by itself (WATCH_ARTICLES) notes its reloads as `SETTINGS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.audit import AuditEvent, AuditLog
from bot.access.person import CLI
from bot.errors import BotError
from bot.office_time import utc_now
from bot.terminal.console import err
from bot.terminal.database import with_database

if TYPE_CHECKING:
    from bot.access.audit import AuditAction
    from bot.database import Database
    from bot.settings import Settings


def note(
    settings: Settings, action: AuditAction, target: str | None = None, **details: object
) -> None:
    """Write that the command line did `action` to `target`.

    What was done stays done when the log can't be written: that is only a warning on stderr.
    """
    event = AuditEvent(action, target=target, details=details)

    async def write(database: Database) -> None:
        await AuditLog(database).record(CLI, event, utc_now())

    try:
        with_database(settings, write)
    except BotError as error:
        err.print("[bold yellow]Cảnh báo:[/] ", end="")
        err.print(
            f"việc này đã làm xong nhưng chưa ghi được vào nhật ký quản trị. {error}", markup=False
        )
