"""`vanphong audit`: the audit log on the terminal, or in a file."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.cli.console import out, say
from bot.cli.main import app
from bot.cli.tables import plain, print_json
from bot.errors import OutputFileError
from embeddings.system_errors import system_reason

if TYPE_CHECKING:
    from bot.database import Database
    from bot.people.audit import AuditEntry


@app.command()
def audit(
    context: typer.Context,
    export: Annotated[
        Path | None, typer.Option("--export", help="Ghi toàn bộ ra tệp .csv hoặc .xlsx.")
    ] = None,
    last: Annotated[int, typer.Option("--last", help="Số dòng gần nhất.", min=1)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Nhật ký quản trị: mọi việc bị từ chối và mọi thay đổi của người quản trị."""
    # late: these load the database's libraries
    from bot.cli.database import with_database  # noqa: PLC0415
    from bot.people.audit import AuditAction, AuditEvent, AuditLog  # noqa: PLC0415
    from bot.people.audit_files import as_csv, as_xlsx  # noqa: PLC0415
    from bot.people.person import CLI  # noqa: PLC0415

    writers = {".csv": as_csv, ".xlsx": as_xlsx}
    if export is not None and export.suffix.lower() not in writers:
        raise typer.BadParameter("tên tệp phải kết thúc bằng .csv hoặc .xlsx", param_hint="export")

    async def read(database: Database) -> list[AuditEntry]:
        log = AuditLog(database)
        if export is None:
            return await log.page(0, last)
        event = AuditEvent(AuditAction.EXPORT_AUDIT, target=export.suffix.lower()[1:])
        await log.record(CLI, event, dt.datetime.now(dt.UTC))
        return [entry async for entry in log.all()]

    entries = with_database(context.obj, read)
    if export is not None:
        try:
            export.write_bytes(writers[export.suffix.lower()](entries))
        except OSError as error:
            raise OutputFileError(
                f"Không ghi được tệp {export} ({system_reason(error)}). Hãy chọn chỗ khác."
            ) from error
        say(f"Đã ghi {len(entries)} dòng vào {export}.")
    elif as_json:
        print_json([dataclasses.asdict(entry) for entry in entries])
    else:
        out.print(_table(entries))


def _table(entries: list[AuditEntry]) -> Table:
    # late: these load the database's libraries
    from bot.people.audit_files import row  # noqa: PLC0415
    from bot.texts.people import AUDIT_COLUMNS  # noqa: PLC0415

    table = Table(title=f"{len(entries)} dòng gần nhất", title_justify="left")
    for column in AUDIT_COLUMNS:
        table.add_column(column)
    for entry in entries:
        table.add_row(*map(plain, row(entry)))
    return table
