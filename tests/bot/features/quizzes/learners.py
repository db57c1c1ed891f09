"""A question bank and learners in the database, for the tests of what mentors and learners see."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert

from bot.database import Database
from bot.features.quizzes.tables import (
    AttemptRow,
    LearnerRow,
    QuizSessionRow,
    ReviewCardRow,
    ReviewRow,
)
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.question import QuizQuestion
from knowledge.quiz.topic import LessonPart, QuizTopic

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
"""Tuesday, ten in the morning in the office."""
DAY = dt.timedelta(days=1)
TITLES = (
    "Ngày truyền thống Văn phòng",
    "Lịch sử hình thành và phát triển",
    "Chức năng, nhiệm vụ của Văn phòng",
    "Hai thạo, ba đúng, ba không",
    "Truyền thống và chuẩn mực đạo đức",
    "Tỉnh Lào Cai: bối cảnh và các mốc lịch sử",
)


def a_question(topic: str, number: int, text: str | None = None) -> QuizQuestion:
    return QuizQuestion(
        question_id=f"{topic}_{number}",
        topic=topic,
        text=text or f"Câu hỏi {number} của {topic} là gì?",
        options=("Phương án A", "Phương án B", "Phương án <C>", "Phương án D"),
        correct=(0,),
        explanation="Vì tài liệu nói thế.",
        article="bai",
        quote="tài liệu",
    )


def a_bank(titles: Sequence[str] = TITLES, questions: int = 8) -> QuestionBank:
    return QuestionBank(
        tuple(
            QuizTopic(
                f"t{n}",
                title,
                n,
                (LessonPart("bai"),),
                tuple(a_question(f"t{n}", number) for number in range(questions)),
            )
            for n, title in enumerate(titles)
        )
    )


BANK = a_bank()


class Learning:
    """Fills the tables of learning as the quizzes do."""

    def __init__(self, bank: QuestionBank = BANK) -> None:
        self.bank = bank
        self.rows: dict[type, list[dict[str, Any]]] = {
            table: []
            for table in (LearnerRow, QuizSessionRow, AttemptRow, ReviewCardRow, ReviewRow)
        }
        self._asked: set[tuple[int, str]] = set()

    def learner(self, person_id: int, name: str = "Lan", **fields: Any) -> None:
        row = {
            "person_id": person_id, "name": name, "enrolled_at": NOW - 7 * DAY,
            "deadline": NOW + 7 * DAY, "completed_at": None, "reminders": True,
            "department": None, "on_leaderboard": False,
        }  # fmt: skip
        self.rows[LearnerRow].append(row | fields)

    def quiz(
        self,
        person_id: int | None,
        topic: str,
        answers: Iterable[bool | int],
        at: dt.datetime = NOW,
        *,
        kind: str = "path",
        state: str = "finished",
        score: float | None = None,
    ) -> None:
        """Add a quiz: each answer is the chosen option's index, or whether it was right."""
        chosen = [(0 if a else 1) if isinstance(a, bool) else a for a in answers]
        right = [option == 0 for option in chosen]
        session_id = len(self.rows[QuizSessionRow]) + 1
        questions = self.bank.topic_of[topic].questions
        finished = state == "finished"
        if score is None and finished:
            score = sum(right) / len(right)
        self.rows[QuizSessionRow].append(
            {
                "id": session_id, "person_id": person_id, "kind": kind, "topic": topic,
                "state": state, "chat_id": person_id or 1,
                "questions": [q.question_id for q in questions[: len(chosen)]],
                "started_at": at, "ended_at": at if finished else None, "score": score,
            }
        )  # fmt: skip
        for position, (option, correct) in enumerate(zip(chosen, right, strict=True)):
            question = questions[position % len(questions)]
            key = (person_id or 0, question.question_id)
            number = len(self.rows[AttemptRow]) + 1
            self.rows[AttemptRow].append(
                {
                    "id": number, "session_id": session_id, "person_id": person_id,
                    "position": position, "question_id": question.question_id,
                    "content_hash": question.content_hash, "topic": topic,
                    "option_order": list(range(len(question.options))), "state": "answered",
                    "chat_id": person_id or 1, "message_id": number, "poll_id": f"p{number}",
                    "sent_again": False, "prepared_at": at, "asked_at": at, "answered_at": at,
                    "chosen": [option], "correct": correct, "score": float(correct),
                    "seconds": 5.0, "first": key not in self._asked,
                }
            )  # fmt: skip
            self._asked.add(key)

    def card(
        self,
        person_id: int,
        question_id: str,
        *,
        stability: float | None = 3.0,
        due: dt.datetime = NOW + DAY,
        last_review: dt.datetime | None = NOW - 2 * DAY,
        topic: str | None = "",
    ) -> None:
        known = self.bank.questions.get(question_id)
        self.rows[ReviewCardRow].append(
            {
                "person_id": person_id, "question_id": question_id,
                "topic": (known.topic if known else None) if topic == "" else topic,
                "state": 2, "step": None, "stability": stability, "difficulty": 5.0,
                "due": due, "last_review": last_review,
            }
        )  # fmt: skip
        self.rows[ReviewRow].append(
            {"person_id": person_id, "question_id": question_id, "rating": 3, "at": NOW}
        )

    async def store(self, database: Database) -> None:
        """Write what was added."""
        async with database.transaction() as session:
            for table, values in self.rows.items():
                if values:
                    await session.execute(insert(table), values)


NAMES = (
    "Nguyễn Thị Thanh Hương", "Trần Văn Đức", "Công Huyền Tôn Nữ Thị Phương Thảo Nguyên Khánh",
    "Lý A Sùng", "Giàng Thị Máy", "Phạm Vy", "Hoàng Minh Quân 🌸", "李明", "Vàng Seo Páo",
    "Đặng Ngọc Ánh", "Bùi Quốc Khánh", "Lê Thị Hồng Nhung",
)  # fmt: skip


def an_office(count: int, bank: QuestionBank = BANK, seed: int = 3) -> Learning:
    """`count` learners who are anywhere on the path."""
    rng = random.Random(seed)  # noqa: S311 -- plays no part in security
    learning = Learning(bank)
    topics = [topic.topic_id for topic in bank.topics]
    for number in range(count):
        person_id = 1000 + number
        passed = rng.randint(0, len(topics))
        began = NOW - rng.randint(3, 21) * DAY
        done = passed == len(topics)
        learning.learner(
            person_id,
            NAMES[number % len(NAMES)] + (f" {number}" if number >= len(NAMES) else ""),
            enrolled_at=began,
            deadline=began + 14 * DAY,
            completed_at=NOW - DAY if done else None,
            department=("Phòng Tổng hợp", "Phòng Hành chính", None)[number % 3],
        )
        for place, topic in enumerate(topics[: passed + 1]):
            at = min(NOW, began + place * 2 * DAY + dt.timedelta(minutes=number))
            if place == passed:
                for _ in range(rng.randint(0, 4)):
                    learning.quiz(
                        person_id, topic, [rng.random() < 0.5 for _ in range(5)] + [False] * 3, at
                    )
                continue
            if rng.random() < 0.4:
                learning.quiz(person_id, topic, [True] * 4 + [False] * 4, at)
            learning.quiz(
                person_id, topic, [True] * rng.choice([7, 8]) + [False] * rng.choice([0, 1]), at
            )
            for question in bank.topic_of[topic].questions[:6]:
                learning.card(
                    person_id, question.question_id, stability=rng.uniform(0.5, 12),
                    due=NOW + rng.randint(-3, 5) * DAY, last_review=at,
                )  # fmt: skip
        for back in range(rng.randint(0, 6)):
            answers = [rng.random() < 0.8 for _ in range(rng.randint(2, 6))]
            learning.quiz(person_id, topics[0], answers,
                          NOW - back * DAY - dt.timedelta(minutes=5), kind="practice")  # fmt: skip
    return learning
