"""`vanphong export`: the record as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.main import app
from bot.terminal.console import say
from bot.terminal.period_options import Days, period_of
from bot.terminal.writing import write_file

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.answer_log.rows import RecordRow
    from bot.settings import Settings


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv sẽ ghi.")],
    days: Days = 30,
) -> None:
    """Xuất lịch sử hỏi đáp ra XLSX hoặc CSV; người hỏi chỉ được đánh số."""
    # late: the database's libraries
    from bot.features.answer_log.spreadsheet import csv_file, xlsx  # noqa: PLC0415

    writers = {".xlsx": xlsx, ".csv": csv_file}
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise typer.BadParameter(f"tên tệp phải kết thúc bằng .xlsx hoặc .csv, không phải '{file}'")
    rows = _read(context.obj, days)
    write_file(file, writer(rows))
    say(f"Đã ghi {len(rows)} câu hỏi vào {file}.")


def _read(settings: Settings, days: int) -> list[RecordRow]:
    # late, as above
    from bot.access.audit import AuditAction, AuditEvent, AuditLog  # noqa: PLC0415
    from bot.access.person import CLI  # noqa: PLC0415
    from bot.features.answer_log.rows import record_rows  # noqa: PLC0415
    from bot.office_time import utc_now  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def read(database: Database) -> list[RecordRow]:
        event = AuditEvent(AuditAction.EXPORT_RECORD, details={"days": days})
        await AuditLog(database).record(CLI, event, utc_now())
        return await record_rows(database, period_of(days))

    return with_database(settings, read)
