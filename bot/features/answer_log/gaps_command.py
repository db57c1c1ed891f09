"""`vanphong gaps`: what people asked and found no good answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from rich.table import Table

from bot.cli.main import app
from bot.terminal.console import out
from bot.terminal.period_options import AsJson, Days, period_of
from bot.terminal.tables import plain, print_json

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.answer_log.gaps import Gap
    from bot.settings import Settings


@app.command()
def gaps(context: typer.Context, days: Days = 30, as_json: AsJson = False) -> None:
    """Câu hỏi bị từ chối hoặc bị 👎, gộp theo nghĩa, hỏi nhiều nhất trước."""
    found = _find(context.obj, days)
    if as_json:
        print_json([_object(gap) for gap in found])
    else:
        out.print(_table(found, days))


def _find(settings: Settings, days: int) -> list[Gap]:
    # late: these load the database's and the model's libraries
    from bot.features.answer_log.gap_finder import GapFinder  # noqa: PLC0415
    from bot.features.answer_log.question_wording import QuestionWording  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415
    from bot.terminal.opening import open_encoder  # noqa: PLC0415
    from knowledge.answering.office import read_office  # noqa: PLC0415

    encoder = open_encoder(settings)
    wording = QuestionWording(read_office(settings.office_file).glossary)

    async def find(database: Database) -> list[Gap]:
        finder = GapFinder(database, wording, encoder)
        return await finder.find(period_of(days))

    return with_database(settings, find)


def _object(gap: Gap) -> dict[str, object]:
    return {
        "example": gap.example,
        "asked": gap.asked,
        "people": gap.people,
        "refused": gap.refused,
        "down": gap.down,
        "reasons": {reason.value: count for reason, count in gap.reasons},
        "last_asked": gap.last_asked,
        "answer_ids": list(gap.answer_ids),
    }


def _table(found: list[Gap], days: int) -> Table:
    from bot.office_time import OFFICE_TIME  # noqa: PLC0415 -- late, as above

    table = Table(title=f"Câu hỏi cần bổ sung tài liệu, {days} ngày", title_justify="left")
    for name in ("Lần", "Người", "Từ chối", "👎"):
        table.add_column(name, justify="right")
    table.add_column("Gần nhất")
    table.add_column("Mã")
    table.add_column("Câu hỏi", overflow="fold")
    for gap in found:
        table.add_row(
            str(gap.asked),
            str(gap.people),
            str(gap.refused),
            str(gap.down),
            gap.last_asked.astimezone(OFFICE_TIME).strftime("%d/%m/%Y %H:%M"),
            gap.answer_ids[0],
            plain(gap.example),
        )
    return table
