"""`vanphong gaps`: what people asked and found no good answer to."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.console import out
from bot.cli.main import app
from bot.cli.record import AsJson, Days, opened_database, utc_now

if TYPE_CHECKING:
    from bot.record.gaps import Gap
    from bot.settings import Settings


@app.command()
def gaps(context: typer.Context, days: Days = 30, as_json: AsJson = False) -> None:
    """Câu hỏi bị từ chối hoặc bị 👎, gộp theo nghĩa, hỏi nhiều nhất trước."""
    found = asyncio.run(_find(context.obj, days))
    if as_json:
        print(json.dumps([_object(gap) for gap in found], ensure_ascii=False))
    else:
        out.print(_table(found, days))


async def _find(settings: Settings, days: int) -> list[Gap]:
    # late: these load the database's and the model's libraries
    from bot.cli.opening import open_encoder  # noqa: PLC0415
    from bot.record.gap_finder import GapFinder  # noqa: PLC0415
    from bot.record.office_time import Period  # noqa: PLC0415
    from bot.record.question_wording import QuestionWording  # noqa: PLC0415
    from knowledge.glossary import Glossary  # noqa: PLC0415

    async with opened_database(settings) as database:
        finder = GapFinder(database, QuestionWording(Glossary.load()), open_encoder(settings))
        return await finder.find(Period.up_to(utc_now(), days))


def _object(gap: Gap) -> dict[str, object]:
    return {
        "example": gap.example,
        "asked": gap.asked,
        "people": gap.people,
        "refused": gap.refused,
        "down": gap.down,
        "reasons": {reason.value: count for reason, count in gap.reasons},
        "last_asked": gap.last_asked.isoformat(timespec="seconds"),
        "answer_ids": list(gap.answer_ids),
    }


def _table(found: list[Gap], days: int) -> Table:
    from bot.record.office_time import office_time  # noqa: PLC0415 -- late, as above

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
            office_time(gap.last_asked).strftime("%d/%m/%Y %H:%M"),
            gap.answer_ids[0],
            Text(gap.example),
        )
    return table
