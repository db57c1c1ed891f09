"""What learning holds of a person, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import delete, select, update

from bot.features.quizzes.tables import (
    AttemptRow,
    LearnerRow,
    OwnCardRow,
    QuizSessionRow,
    ReviewCardRow,
    ReviewRow,
    SessionKind,
    SessionState,
)
from bot.office_time import iso

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database
    from bot.database.schema import Base

Row = TypeVar("Row", bound="Base")

_TITLE = "Việc học"
_KINDS: dict[SessionKind, str] = {
    SessionKind.PATH: "chặng làm quen",
    SessionKind.PRACTICE: "luyện tập",
    SessionKind.REVIEW: "ôn tập",
}
_STATES: dict[SessionState, str] = {
    SessionState.RUNNING: "đang làm",
    SessionState.PAUSED: "tạm dừng",
    SessionState.FINISHED: "đã xong",
    SessionState.ABANDONED: "đã bỏ",
}
_RATINGS: dict[int, str] = {1: "quên", 2: "khó", 3: "nhớ", 4: "dễ"}


class LearningOfPerson:
    """A person's path, quizzes, answers and cards, as a PersonalDataStore."""

    title = _TITLE

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, person_id: int) -> dict[str, Any] | None:
        """Return all of it, oldest first; None when there is nothing."""
        async with self._database.session() as session:
            learner = await session.get(LearnerRow, person_id)
            quizzes = await _of(session, person_id, QuizSessionRow, "started_at", "id")
            attempts = await _of(session, person_id, AttemptRow, "prepared_at", "id")
            cards = await _of(session, person_id, ReviewCardRow, "question_id")
            own = await _of(session, person_id, OwnCardRow, "id")
            ratings = await _of(session, person_id, ReviewRow, "at", "id")
        found = {
            "Người học": None if learner is None else _learner(learner),
            "Bài làm": [_quiz(row) for row in quizzes],
            "Câu trả lời": [_attempt(row) for row in attempts],
            "Thẻ ôn": [_card(row) for row in cards],
            "Thẻ tự lập": [
                {"Lập lúc": iso(row.created_at), "Câu hỏi": row.question, "Trả lời": row.answer}
                for row in own
            ],
            "Lần ôn": [
                {"Câu": row.question_id, "Lúc": iso(row.at), "Mức": _RATINGS[row.rating]}
                for row in ratings
            ],
        }
        return found if any(found.values()) else None

    async def erase(self, person_id: int) -> None:
        """Delete the learner and the cards; quizzes, answers and ratings stay as nobody's.

        A quiz that is not finished is given up. The chat's number goes, too: a private chat has
        the person's own.
        """
        unfinished = (SessionState.RUNNING, SessionState.PAUSED)
        quizzes = QuizSessionRow.person_id == person_id
        async with self._database.transaction() as session:
            for statement in (
                update(QuizSessionRow)
                .where(quizzes, QuizSessionRow.state.in_(unfinished))
                .values(state=SessionState.ABANDONED),
                update(QuizSessionRow).where(quizzes).values(person_id=None, chat_id=0),
                update(AttemptRow)
                .where(AttemptRow.person_id == person_id)
                .values(person_id=None, chat_id=0, message_id=None),
                update(ReviewRow).where(ReviewRow.person_id == person_id).values(person_id=None),
                delete(ReviewCardRow).where(ReviewCardRow.person_id == person_id),
                delete(OwnCardRow).where(OwnCardRow.person_id == person_id),
                delete(LearnerRow).where(LearnerRow.person_id == person_id),
            ):
                await session.execute(statement)


async def _of(session: AsyncSession, person_id: int, table: type[Row], *order: str) -> list[Row]:
    """Return the person's rows of a table, in the order of columns."""
    rows = select(table).filter_by(person_id=person_id).order_by(*order)
    return list(await session.scalars(rows))


def _learner(row: LearnerRow) -> dict[str, Any]:
    return {
        "Tên": row.name,
        "Bắt đầu": _moment(row.enrolled_at),
        "Hạn": _moment(row.deadline),
        "Hoàn thành": _moment(row.completed_at),
        "Nhắc học": row.reminders,
        "Nhắc gần nhất": _moment(row.reminded_at),
        "Phòng": row.department,
        "Có trên bảng xếp hạng": row.on_leaderboard,
    }


def _quiz(row: QuizSessionRow) -> dict[str, Any]:
    return {
        "Số": row.id,
        "Loại": _KINDS[row.kind],
        "Chủ đề": row.topic,
        "Tình trạng": _STATES[row.state],
        "Bắt đầu": iso(row.started_at),
        "Kết thúc": _moment(row.ended_at),
        "Điểm": row.score,
    }


def _attempt(row: AttemptRow) -> dict[str, Any]:
    return {
        "Bài số": row.session_id,
        "Câu": row.question_id,
        "Hỏi lúc": _moment(row.asked_at),
        "Trả lời lúc": _moment(row.answered_at),
        "Đã chọn": None if row.chosen is None else [index + 1 for index in row.chosen],
        "Đúng": row.correct,
        "Điểm": row.score,
        "Số giây": row.seconds,
    }


def _card(row: ReviewCardRow) -> dict[str, Any]:
    return {
        "Câu": row.question_id,
        "Ôn gần nhất": _moment(row.last_review),
        "Đến hạn": iso(row.due),
        "Độ bền (ngày)": row.stability,
        "Độ khó": row.difficulty,
    }


def _moment(moment: dt.datetime | None) -> str | None:
    return None if moment is None else iso(moment)
