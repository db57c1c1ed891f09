"""What challenges hold of a person, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from bot.features.challenges import texts
from bot.features.challenges.tables import ChallengeAnswerRow, ChallengeQuestionRow, ChallengeRow
from bot.office_time import iso

if TYPE_CHECKING:
    from bot.database import Database


class ChallengesOfPerson:
    """A person's challenges and answers, as a PersonalDataStore."""

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, person_id: int) -> dict[str, Any] | None:
        """Return what the person began and answered, oldest first; None without any."""
        async with self._database.session() as session:
            begun = await session.scalars(
                select(ChallengeRow)
                .where(ChallengeRow.started_by == person_id)
                .order_by(ChallengeRow.id)
            )
            challenges = [
                {"Thử thách": row.id, "Lúc": iso(row.started_at), "Chủ đề": row.topic}
                for row in begun
            ]
            given = await session.execute(
                select(ChallengeAnswerRow, ChallengeQuestionRow.question_id)
                .join(ChallengeQuestionRow)
                .where(ChallengeAnswerRow.person_id == person_id)
                .order_by(ChallengeAnswerRow.challenge_id, ChallengeAnswerRow.position)
            )
            answers = [
                {
                    "Thử thách": row.challenge_id,
                    "Câu hỏi": question_id,
                    "Tên": row.name,
                    "Lúc": iso(row.answered_at),
                    "Chọn": [index + 1 for index in row.chosen],
                    "Đúng": row.correct,
                    "Giây": round(row.seconds, 1),
                }
                for row, question_id in given
            ]
        return {"Đã mở": challenges, "Đã trả lời": answers} if challenges or answers else None

    async def erase(self, person_id: int) -> None:
        """Delete the person's answers with their names, and the link to what they began."""
        async with self._database.transaction() as session:
            await session.execute(
                delete(ChallengeAnswerRow).where(ChallengeAnswerRow.person_id == person_id)
            )
            await session.execute(
                update(ChallengeRow)
                .where(ChallengeRow.started_by == person_id)
                .values(started_by=None)
            )
