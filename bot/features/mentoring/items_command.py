"""`vanphong items`: item analysis of the quiz questions, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from rich.table import Table

from bot.cli.main import app
from bot.terminal.console import out
from bot.terminal.period_options import AsJson  # noqa: TC001 -- Typer reads it
from bot.terminal.tables import plain, print_json

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.mentoring.items import ItemReport
    from bot.settings import Settings


@app.command()
def items(context: typer.Context, as_json: AsJson = False) -> None:
    """Phân tích câu trắc nghiệm: độ dễ, độ phân biệt, phương án không ai chọn."""
    found = _read(context.obj)
    if as_json:
        print_json([_object(report) for report in found])
    else:
        out.print(_table(found))


def _read(settings: Settings) -> tuple[ItemReport, ...]:
    # late: the database's libraries
    from bot.features.mentoring.items import item_reports  # noqa: PLC0415
    from bot.features.quizzes.question_bank import stored_bank  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def read(database: Database) -> tuple[ItemReport, ...]:
        stored = await stored_bank(settings, database)
        return await item_reports(database, stored.everything, stored.retired)

    return with_database(settings, read)


def _object(report: ItemReport) -> dict[str, object]:
    found = report.statistics
    return {
        "question_id": report.question.question_id,
        "topic": report.question.topic,
        "text": report.question.text,
        "retired": report.retired,
        "concerns": [concern.value for concern in report.concerns],
        "attempts": found.attempts,
        "compared": found.compared,
        "facility": found.facility,
        "standard_deviation": found.standard_deviation,
        "guess": found.guess,
        "discrimination": found.discrimination,
        "efficiency": found.efficiency,
        "enough_for_facility": found.has_enough_for_facility,
        "enough_for_discrimination": found.has_enough_for_discrimination,
        "enough_for_distractors": found.has_enough_for_distractors,
        "options": [
            {
                "text": option,
                "correct": number in report.question.correct,
                "chosen": found.option_counts[number],
            }
            for number, option in enumerate(report.question.options)
        ],
    }


def _table(reports: tuple[ItemReport, ...]) -> Table:
    # late, as above
    from bot.features.mentoring import item_texts as texts  # noqa: PLC0415
    from bot.features.mentoring.item_text import index  # noqa: PLC0415

    table = Table(title="Phân tích câu trắc nghiệm", title_justify="left")
    table.add_column("Mã")
    for name in ("Lượt", "Dễ", "Phân biệt", "Hiệu suất"):
        table.add_column(name, justify="right")
    table.add_column("Cần xem lại", overflow="fold")
    table.add_column("Câu hỏi", overflow="fold")
    for report in reports:
        found = report.statistics
        table.add_row(
            plain(report.question.question_id),
            str(found.attempts),
            index(found.facility, "%"),
            index(found.discrimination),
            index(found.efficiency),
            texts.MARK_RETIRED
            if report.retired
            else "; ".join(texts.CONCERNS[concern] for concern in report.concerns),
            plain(report.question.text),
        )
    return table
