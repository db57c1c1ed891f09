"""`vanphong cohort`: who learns how, as a table, JSON or a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.cli.main import app
from bot.office_time import shown_day
from bot.terminal.console import out, say
from bot.terminal.period_options import AsJson  # noqa: TC001 -- Typer reads it
from bot.terminal.tables import plain, print_json
from bot.terminal.writing import write_file
from bot.vietnamese_numbers import percentage

if TYPE_CHECKING:
    import datetime as dt

    from bot.database import Database
    from bot.features.onboarding.path_progress import Cohort, LearnerStanding
    from bot.settings import Settings


@app.command()
def cohort(
    context: typer.Context,
    as_json: AsJson = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Ghi bảng ra tệp XLSX này.")] = None,
) -> None:
    """Ai đang ở đâu trên lộ trình học, ai có nguy cơ, ai quá hạn."""
    found = _read(context.obj, exported=xlsx is not None)
    if xlsx is not None:
        from bot.features.mentoring.cohort_sheet import cohort_xlsx  # noqa: PLC0415 -- late: openpyxl

        write_file(xlsx, cohort_xlsx(found))
        say(f"Đã ghi {len(found.learners)} người vào {xlsx}.")
    if as_json:
        print_json(_object(found))
    elif xlsx is None:
        out.print(_table(found))


def _read(settings: Settings, *, exported: bool) -> Cohort:
    # late: the database's libraries
    from bot.access.audit import AuditAction, AuditEvent, AuditLog  # noqa: PLC0415
    from bot.access.person import CLI  # noqa: PLC0415
    from bot.features.onboarding import path_progress as standing  # noqa: PLC0415
    from bot.features.quizzes.question_bank import stored_bank  # noqa: PLC0415
    from bot.office_time import utc_now  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def read(database: Database) -> Cohort:
        stored = await stored_bank(settings, database)
        found = await standing.cohort(database, stored.in_use, utc_now())
        if exported:
            details = {"learners": len(found.learners)}
            event = AuditEvent(AuditAction.EXPORT_LEARNERS, details=details)
            await AuditLog(database).record(CLI, event, utc_now())
        return found

    return with_database(settings, read)


def _object(found: Cohort) -> dict[str, object]:
    return {
        "at": found.at,
        "topics": [{"id": topic, "title": title} for topic, title in found.topics],
        "completed": found.completed,
        "at_risk": found.at_risk,
        "overdue": found.overdue,
        "learners": [_learner(learner) for learner in found.learners],
    }


def _learner(learner: LearnerStanding) -> dict[str, object]:
    return {
        "person_id": learner.person_id,
        "name": learner.name,
        "department": learner.department,
        "state": learner.state.value,
        "concerns": [concern.value for concern in learner.concerns],
        "enrolled_at": learner.enrolled_at,
        "deadline": learner.deadline,
        "completed_at": learner.completed_at,
        "last_active": learner.last_active,
        "passed": learner.passed,
        "score": learner.score,
        "streak": learner.streak,
        "due": learner.due,
        "answered": learner.answered,
        "right": learner.right,
        "steps": [
            {
                "topic": step.topic.topic_id,
                "state": step.state.value,
                "best": step.best,
                "failures": learner.failures.get(step.topic.topic_id, 0),
                "memory": learner.memory.get(step.topic.topic_id),
            }
            for step in learner.steps
        ],
    }


def _table(found: Cohort) -> Table:
    # late, as above
    from bot.features.mentoring import texts  # noqa: PLC0415

    title = texts.COUNTS.format(
        learners=len(found.learners),
        completed=found.completed,
        at_risk=found.at_risk,
        overdue=found.overdue,
    )
    table = Table(title=title, title_justify="left")
    for name in ("Họ tên", "Phòng", "Tình trạng", "Lý do"):
        table.add_column(name, overflow="fold")
    for name in ("Đạt", "Điểm", "Hạn", "Học gần nhất"):
        table.add_column(name, justify="right")
    for learner in found.learners:
        table.add_row(
            plain(learner.name),
            plain(learner.department or ""),
            texts.STATES[learner.state],
            "; ".join(texts.CONCERNS[concern] for concern in learner.concerns),
            f"{learner.passed}/{len(learner.steps)}",
            percentage(learner.score),
            _day(learner.deadline),
            _day(learner.last_active),
        )
    return table


def _day(moment: dt.datetime | None) -> str:
    return "" if moment is None else shown_day(moment)
