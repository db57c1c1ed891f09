"""What the answer log holds of a person, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from bot.database.statements import cut_off, rows_of
from bot.features.answer_log import texts
from bot.features.answer_log.tables import AnswerRow, FeedbackRow, QuestionVectorRow
from bot.office_time import iso
from bot.personal_data import PersonalTables

if TYPE_CHECKING:
    from sqlalchemy import Delete, Update
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database
    from bot.features.answer_log.recorder import Recorder


class AnswersOfPerson(PersonalTables):
    """A person's questions and votes; erased, what was shown stays as a number."""

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database, recorder: Recorder | None = None) -> None:
        """Take the `recorder` that answers may be on their way by; where none runs, None."""
        super().__init__(database)
        self._recorder = recorder

    async def settled(self, person_id: int) -> bool:
        """Wait until the person's answers that were shown so far are stored."""
        return self._recorder is not None and await self._recorder.settled_of(person_id)

    async def kept(self, session: AsyncSession, person_id: int) -> dict[str, Any]:
        """Return the person's questions and votes, oldest first."""
        asked = await rows_of(
            session, AnswerRow, AnswerRow.person_id == person_id, AnswerRow.shown_at, AnswerRow.id
        )
        marked = await rows_of(
            session,
            FeedbackRow,
            FeedbackRow.person_id == person_id,
            FeedbackRow.changed_at,
            FeedbackRow.id,
        )
        return {
            "Câu hỏi": [
                {
                    "Mã": row.id,
                    "Lúc": iso(row.shown_at),
                    "Nơi hỏi": texts.CHAT_KINDS[row.chat_kind],
                    "Câu hỏi": row.question,
                    "Kết quả": texts.REFUSED if row.refused else texts.ANSWERED,
                }
                for row in asked
            ],
            "Đánh giá": [
                {
                    "Mã câu trả lời": row.answer_id,
                    "Lúc": iso(row.changed_at),
                    "Đánh giá": None if row.vote is None else texts.VOTES[row.vote],
                    "Lý do": None if row.reason is None else texts.REASONS[row.reason],
                }
                for row in marked
            ],
        }

    def erasing(self, person_id: int) -> tuple[Update | Delete, ...]:
        """Return the statements that delete what the person typed, and the link to them."""
        theirs = AnswerRow.person_id == person_id
        vectors = QuestionVectorRow.answer_id.in_(select(AnswerRow.id).where(theirs))
        unknown = ("person_id", "restored_question", "chat_id", "message_id", "written")
        erased = dict.fromkeys(unknown) | {
            "question": "",
            "normalised": "",
        }
        return (
            delete(QuestionVectorRow).where(vectors),
            update(AnswerRow).where(theirs).values(erased),
            cut_off(FeedbackRow.person_id, person_id),
        )
