"""`vanphong stats`: what a period adds up to, as tables, JSON or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.main import app
from bot.office_time import shown_day
from bot.terminal.console import out, say
from bot.terminal.period_options import AsJson, Days, period_of
from bot.terminal.tables import plain, print_json
from bot.terminal.writing import write_file
from bot.vietnamese_numbers import percentage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.features.answer_log.statistics import Ranked, Statistics
    from bot.settings import Settings


@app.command()
def stats(
    context: typer.Context,
    days: Days = 30,
    as_json: AsJson = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Ghi hình PNG ra tệp này.")] = None,
) -> None:
    """Thống kê hỏi đáp: số câu, tỷ lệ trả lời, đánh giá, bài được trích, thời gian trả lời."""
    found = _read(context.obj, days)
    if plot is not None:
        from bot.features.answer_log.statistics_picture import draw  # noqa: PLC0415 -- late: matplotlib

        write_file(plot, draw(found))
        say(f"Đã ghi {plot}.")
    if as_json:
        print_json(_object(found))
    elif plot is None:
        _print(found)


def _read(settings: Settings, days: int) -> Statistics:
    # late: the database's libraries
    from bot.features.answer_log.statistics_query import statistics  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    period = period_of(days)
    return with_database(settings, lambda database: statistics(database, period))


def _object(found: Statistics) -> dict[str, object]:
    total = found.total
    return {
        "first": found.period.first.isoformat(),
        "last": found.period.last.isoformat(),
        "questions": found.questions,
        "answered": total.answered,
        "refused": total.refused,
        "up": total.up,
        "down": total.down,
        "people": found.people,
        "people_from": None if found.people_from is None else found.people_from.isoformat(),
        "latency_p50_ms": found.latency_p50,
        "latency_p95_ms": found.latency_p95,
        "articles": [{"title": entry.name, "answers": entry.answers} for entry in found.articles],
        "topics": [{"heading": entry.name, "answers": entry.answers} for entry in found.topics],
        "days": [
            {
                "day": day.day.isoformat(),
                "answered": day.answered,
                "refused": day.refused,
                "up": day.up,
                "down": day.down,
                "people": day.people,
            }
            for day in found.days
        ],
    }


def _print(found: Statistics) -> None:
    from bot.features.answer_log.statistics_picture import latency  # noqa: PLC0415 -- late, as above

    total = found.total
    out.print(
        Text(
            f"{shown_day(found.period.first)} – {shown_day(found.period.last)}: "
            f"{found.questions} câu hỏi, trả lời được {percentage(found.answered_share)}, "
            f"từ chối {total.refused}, 👍 {total.up}, 👎 {total.down}, {found.people} người hỏi; "
            f"thời gian trả lời: trung vị {latency(found.latency_p50)}, "
            f"p95 {latency(found.latency_p95)}."
        )
    )
    table = Table(title="Theo ngày", title_justify="left")
    table.add_column("Ngày")
    for name in ("Trả lời", "Từ chối", "👍", "👎", "Người"):
        table.add_column(name, justify="right")
    for day in found.days:
        if day.questions or day.up or day.down:
            counts = (day.answered, day.refused, day.up, day.down, day.people)
            table.add_row(shown_day(day.day), *map(str, counts))
    out.print(table)
    _print_ranked("Bài viết được trích nhiều nhất", found.articles)
    _print_ranked("Mục được hỏi nhiều nhất", found.topics)


def _print_ranked(title: str, ranked: Sequence[Ranked]) -> None:
    if not ranked:
        return
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(justify="right")
    table.add_column()
    for entry in ranked:
        table.add_row(str(entry.answers), plain(entry.name))
    out.print(table)
