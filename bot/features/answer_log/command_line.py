"""`vanphong gaps`, `stats` and `export`: what the answer log adds up to, and the log itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office_time import OFFICE_TIME, shown_day
from bot.terminal.console import out, picked, print_json, print_list, print_table, right, say
from bot.terminal.database import record, with_database
from bot.terminal.opening import open_encoder
from bot.terminal.options import AsJson, Days, TableFile, period_of, write_file
from bot.vietnamese_numbers import percentage

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.answer_log.gaps import Gap
    from bot.features.answer_log.statistics import Statistics
    from bot.features.answer_log.store import ExportedAnswer

commands = typer.Typer()


@commands.command()
def gaps(context: typer.Context, days: Days = 30, as_json: AsJson = False) -> None:
    """Câu hỏi bị từ chối hoặc bị 👎, gộp theo nghĩa, hỏi nhiều nhất trước."""
    from bot.features.answer_log.gap_finder import GapFinder

    encoder = open_encoder(context.obj)

    async def find(database: Database) -> list[Gap]:
        return await GapFinder(database, encoder).find(period_of(days))

    print_list(
        with_database(context.obj, find),
        as_json=as_json,
        values=lambda gap: {
            **picked(gap, "example asked people refused down"),
            "reasons": dict(gap.reasons),
            **picked(gap, "last_asked answer_ids"),
        },
        columns=(*right("Lần", "Người", "Từ chối", "👎"), "Gần nhất", "Mã", "Câu hỏi"),
        row=lambda gap: (
            *map(str, (gap.asked, gap.people, gap.refused, gap.down)),
            gap.last_asked.astimezone(OFFICE_TIME).strftime("%d/%m/%Y %H:%M"),
            gap.answer_ids[0],
            gap.example,
        ),
        title=f"Câu hỏi cần bổ sung tài liệu, {days} ngày",
    )


@commands.command()
def stats(
    context: typer.Context,
    days: Days = 30,
    as_json: AsJson = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Ghi hình PNG ra tệp này.")] = None,
) -> None:
    """Thống kê hỏi đáp: số câu, tỷ lệ trả lời, đánh giá, bài được trích, thời gian trả lời."""
    from bot.features.answer_log.statistics_query import statistics

    period = period_of(days)
    found = with_database(context.obj, lambda database: statistics(database, period))
    if plot is not None:
        from bot.features.answer_log.statistics_picture import draw

        write_file(plot, draw(found))
        say(f"Đã ghi {plot}.")
    if as_json:
        print_json(_statistics_object(found))
    elif plot is None:
        _print_statistics(found)


@commands.command()
def export(context: typer.Context, file: TableFile, days: Days = 30) -> None:
    """Xuất lịch sử hỏi đáp ra XLSX hoặc CSV; người hỏi chỉ được đánh số."""
    from bot.access.audit import AuditAction
    from bot.features.answer_log.spreadsheet import spreadsheet
    from bot.features.answer_log.store import AnswerLog
    from bot.spreadsheet import FileKind

    ending = file.suffix.lower().removeprefix(".")
    if ending not in list(FileKind):
        raise typer.BadParameter(f"tên tệp phải kết thúc bằng .xlsx hoặc .csv, không phải '{file}'")

    async def read(database: Database) -> list[ExportedAnswer]:
        await record(database, AuditAction.EXPORT_ANSWER_LOG, days=days)
        return await AnswerLog(database).answers(period_of(days))

    answers = with_database(context.obj, read)
    write_file(file, spreadsheet(answers).file(FileKind(ending)))
    say(f"Đã ghi {len(answers)} câu hỏi vào {file}.")


def _statistics_object(found: Statistics) -> dict[str, object]:
    return {
        **picked(found.period, "first last"),
        "questions": found.questions,
        **picked(found.total, "answered refused up down"),
        **picked(found, "people people_from"),
        "latency_p50_ms": found.latency_p50,
        "latency_p95_ms": found.latency_p95,
        "articles": [{"title": entry.name, "answers": entry.answers} for entry in found.articles],
        "topics": [{"heading": entry.name, "answers": entry.answers} for entry in found.topics],
        "days": [picked(day, "day answered refused up down people") for day in found.days],
    }


def _print_statistics(found: Statistics) -> None:
    from bot.features.answer_log.statistics_picture import latency, span_of

    total = found.total
    out.print(
        f"{span_of(found.period)}: "
        f"{found.questions} câu hỏi, trả lời được {percentage(found.answered_share)}, "
        f"từ chối {total.refused}, 👍 {total.up}, 👎 {total.down}, {found.people} người hỏi; "
        f"thời gian trả lời: trung vị {latency(found.latency_p50)}, "
        f"p95 {latency(found.latency_p95)}.",
        markup=False,
    )
    print_table(
        ("Ngày", *right("Trả lời", "Từ chối", "👍", "👎", "Người")),
        (
            (
                shown_day(day.day),
                *map(str, (day.answered, day.refused, day.up, day.down, day.people)),
            )
            for day in found.days
            if day.questions or day.up or day.down
        ),
        "Theo ngày",
    )
    for title, ranked in (
        ("Bài viết được trích nhiều nhất", found.articles),
        ("Mục được hỏi nhiều nhất", found.topics),
    ):
        if ranked:
            rows = ((str(entry.answers), entry.name) for entry in ranked)
            print_table((*right(""), ""), rows, title)
