"""`vanphong cohort` and `items`: who learns how, and which quiz questions are weak."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office_time import utc_now
from bot.terminal.console import picked, print_json, print_list, print_table, right, say
from bot.terminal.database import record, with_database
from bot.terminal.options import AsJson, write_file

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.mentoring.items import ItemReport
    from bot.features.onboarding import Cohort, LearnerProgress

_OF_A_LEARNER = (
    "person_id name department state concerns enrolled_at deadline completed_at last_active "
    "passed score streak due answered right"
)
_OF_AN_ITEM = "attempts compared facility standard_deviation guess discrimination efficiency"

commands = typer.Typer()


@commands.command()
def cohort(
    context: typer.Context,
    as_json: AsJson = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Ghi bảng ra tệp XLSX này.")] = None,
) -> None:
    """Ai đang ở đâu trong chặng làm quen, ai có nguy cơ, ai quá hạn."""
    from bot.access.audit import AuditAction
    from bot.features.mentoring import texts
    from bot.features.onboarding import cohort as cohort_of
    from bot.features.quizzes import stored_bank
    from bot.office_time import shown_day
    from bot.vietnamese_numbers import percentage

    async def read(database: Database) -> Cohort:
        stored = await stored_bank(context.obj, database)
        found = await cohort_of(database, stored.in_use, utc_now())
        if xlsx is not None:
            await record(database, AuditAction.EXPORT_LEARNERS, learners=len(found.learners))
        return found

    found = with_database(context.obj, read)
    if xlsx is not None:
        from bot.features.mentoring.cohort_sheet import cohort_xlsx

        write_file(xlsx, cohort_xlsx(found))
        say(f"Đã ghi {len(found.learners)} người vào {xlsx}.")
    if as_json:
        print_json(_cohort_object(found))
    elif xlsx is None:
        print_table(
            (
                *("Họ tên", "Phòng", "Tình trạng", "Lý do"),
                *right("Đạt", "Điểm", "Hạn", "Học gần nhất"),
            ),
            (
                (
                    learner.name,
                    learner.department or "",
                    texts.STATES[learner.state],
                    "; ".join(texts.CONCERNS[concern] for concern in learner.concerns),
                    f"{learner.passed}/{len(learner.steps)}",
                    percentage(learner.score),
                    "" if learner.deadline is None else shown_day(learner.deadline),
                    "" if learner.last_active is None else shown_day(learner.last_active),
                )
                for learner in found.learners
            ),
            texts.COUNTS.format(
                learners=len(found.learners), **picked(found, "completed at_risk overdue")
            ),
        )


@commands.command()
def items(context: typer.Context, as_json: AsJson = False) -> None:
    """Phân tích câu trắc nghiệm: độ dễ, độ phân biệt, phương án không ai chọn."""
    from bot.features.mentoring import item_texts as texts
    from bot.features.mentoring.item_text import index
    from bot.features.mentoring.items import item_reports
    from bot.features.quizzes import stored_bank

    async def read(database: Database) -> tuple[ItemReport, ...]:
        stored = await stored_bank(context.obj, database)
        return await item_reports(database, stored.everything, stored.retired)

    print_list(
        with_database(context.obj, read),
        as_json=as_json,
        values=_item_object,
        columns=("Mã", *right("Lượt", "Dễ", "Phân biệt", "Hiệu suất"), "Cần xem lại", "Câu hỏi"),
        row=lambda report: (
            report.question.question_id,
            str(report.statistics.attempts),
            index(report.statistics.facility, "%"),
            index(report.statistics.discrimination),
            index(report.statistics.efficiency),
            texts.MARK_RETIRED
            if report.retired
            else "; ".join(texts.WEAKNESSES[weakness] for weakness in report.weaknesses),
            report.question.text,
        ),
        title="Phân tích câu trắc nghiệm",
    )


def _cohort_object(found: Cohort) -> dict[str, object]:
    return {
        "at": found.at,
        "topics": [{"id": topic, "title": title} for topic, title in found.topics],
        **picked(found, "completed at_risk overdue"),
        "learners": [_learner_object(learner) for learner in found.learners],
    }


def _learner_object(learner: LearnerProgress) -> dict[str, object]:
    return {
        **picked(learner, _OF_A_LEARNER),
        "steps": [
            {
                "topic": step.topic.topic_id,
                "state": step.state,
                "best": step.best,
                "failures": learner.failures.get(step.topic.topic_id, 0),
                "memory": learner.memory.get(step.topic.topic_id),
            }
            for step in learner.steps
        ],
    }


def _item_object(report: ItemReport) -> dict[str, object]:
    found = report.statistics
    return {
        **picked(report.question, "question_id topic text"),
        "retired": report.retired,
        "concerns": report.weaknesses,
        **picked(found, _OF_AN_ITEM),
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
