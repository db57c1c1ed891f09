"""What the record holds of a person, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from bot.features.answer_log import texts
from bot.features.answer_log.tables import AnswerRow, FeedbackRow, QuestionVectorRow
from bot.office_time import iso

if TYPE_CHECKING:
    from bot.database import Database


class RecordOfPerson:
    """A person's questions and votes, as a PersonalDataStore."""

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, person_id: int) -> dict[str, Any] | None:
        """Return the person's questions and votes, oldest first; None without any."""
        async with self._database.session() as session:
            asked = await session.scalars(
                select(AnswerRow)
                .where(AnswerRow.person_id == person_id)
                .order_by(AnswerRow.shown_at, AnswerRow.id)
            )
            questions = [
                {
                    "Mã": row.id,
                    "Lúc": iso(row.shown_at),
                    "Nơi hỏi": texts.CHAT_KINDS[row.chat_kind],
                    "Câu hỏi": row.question,
                    "Kết quả": texts.REFUSED if row.refused else texts.ANSWERED,
                }
                for row in asked
            ]
            marked = await session.scalars(
                select(FeedbackRow)
                .where(FeedbackRow.person_id == person_id)
                .order_by(FeedbackRow.changed_at, FeedbackRow.id)
            )
            votes = [
                {
                    "Mã câu trả lời": row.answer_id,
                    "Lúc": iso(row.changed_at),
                    "Đánh giá": None if row.vote is None else texts.VOTES[row.vote],
                    "Lý do": None if row.reason is None else texts.REASONS[row.reason],
                }
                for row in marked
            ]
        return {"Câu hỏi": questions, "Đánh giá": votes} if questions or votes else None

    async def erase(self, person_id: int) -> None:
        """Delete what the person typed and the link to them; what was shown stays, as a number."""
        own = select(AnswerRow.id).where(AnswerRow.person_id == person_id)
        async with self._database.transaction() as session:
            await session.execute(
                delete(QuestionVectorRow).where(QuestionVectorRow.answer_id.in_(own))
            )
            await session.execute(
                update(AnswerRow)
                .where(AnswerRow.person_id == person_id)
                .values(person_id=None, question="", normalised="", restored_question=None)
            )
            await session.execute(
                update(FeedbackRow).where(FeedbackRow.person_id == person_id).values(person_id=None)
            )
