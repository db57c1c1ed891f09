"""What is kept of a person's decisions on questions, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bot.features.drafts import texts
from bot.features.quizzes import QuestionDraftRow, QuestionStateRow, question_id_of
from bot.office_time import iso

if TYPE_CHECKING:
    from bot.database import Database


class DecisionsOfPerson:
    """The drafts somebody decided and the questions they retired, as a PersonalDataStore."""

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, person_id: int) -> list[dict[str, Any]] | None:
        """Return the decisions, oldest first; None without any."""
        async with self._database.session() as session:
            drafts = await session.scalars(
                select(QuestionDraftRow)
                .where(QuestionDraftRow.decided_by == person_id)
                .order_by(QuestionDraftRow.decided_at, QuestionDraftRow.id)
            )
            decisions: list[dict[str, Any]] = [
                {
                    "Câu": question_id_of(row.id),
                    "Lúc": None if row.decided_at is None else iso(row.decided_at),
                    "Việc": texts.DONE[row.state],
                }
                for row in drafts
            ]
            states = await session.scalars(
                select(QuestionStateRow)
                .where(QuestionStateRow.by == person_id)
                .order_by(QuestionStateRow.since, QuestionStateRow.question_id)
            )
            decisions += [
                {"Câu": row.question_id, "Lúc": iso(row.since), "Việc": texts.RETIRED}
                for row in states
            ]
        return decisions or None

    async def erase(self, person_id: int) -> None:
        """Cut the decisions off from the person; the questions stay."""
        async with self._database.transaction() as session:
            await session.execute(
                update(QuestionDraftRow)
                .where(QuestionDraftRow.decided_by == person_id)
                .values(decided_by=None)
            )
            await session.execute(
                update(QuestionStateRow).where(QuestionStateRow.by == person_id).values(by=None)
            )
