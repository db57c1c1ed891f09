"""What is kept of a learner: shown on request, and erased without spoiling the figures."""

from sqlalchemy import func, insert, select

from bot.database import Database
from bot.features.mentoring.items import item_reports
from bot.features.onboarding.path_progress import cohort
from bot.features.quizzes.personal_data import LearningOfPerson
from bot.features.quizzes.tables import (
    AttemptRow,
    LearnerRow,
    OwnCardRow,
    QuizSessionRow,
    ReviewCardRow,
    ReviewRow,
)
from tests.bot.features.quizzes.learners import BANK, NOW, Learning


async def fill(database: Database) -> None:
    learning = Learning()
    for person in (1, 2):
        learning.learner(person, f"Người {person}", department="Phòng Tổng hợp")
        learning.quiz(person, "t0", [True, False])
        learning.quiz(person, "t1", [True], state="running")
        learning.card(person, "t0_0")
    await learning.store(database)
    own = {"question": "2 thạo?", "answer": "…", "source": "Bài", "created_at": NOW}
    async with database.transaction() as session:
        for person in (1, 2):
            row = {"person_id": person, "answer_id": "0000001", **own}
            await session.execute(insert(OwnCardRow).values(**row))


async def test_everything_of_a_learner_is_shown(database: Database) -> None:
    await fill(database)
    found = await LearningOfPerson(database).export(1)
    assert found is not None
    assert found["Người học"]["Phòng"] == "Phòng Tổng hợp"
    assert [quiz["Tình trạng"] for quiz in found["Bài làm"]] == ["đã xong", "đang làm"]
    assert [answer["Đúng"] for answer in found["Câu trả lời"]] == [True, False, True]
    assert found["Câu trả lời"][0]["Đã chọn"] == [1]
    assert [card["Câu"] for card in found["Thẻ ôn"]] == ["t0_0"]
    assert found["Thẻ tự lập"][0]["Câu hỏi"] == "2 thạo?"
    assert found["Lần ôn"][0]["Mức"] == "nhớ"
    assert await LearningOfPerson(database).export(3) is None


async def test_erasing_leaves_figures_and_nobody(database: Database) -> None:
    await fill(database)
    store = LearningOfPerson(database)
    others = await store.export(2)
    before = await item_reports(database, BANK, ())
    await store.erase(1)
    await store.erase(1)
    assert await store.export(1) is None
    assert await store.export(2) == others
    assert await item_reports(database, BANK, ()) == before
    assert [who.person_id for who in (await cohort(database, BANK, NOW)).learners] == [2]
    async with database.session() as session:
        for table in (LearnerRow, ReviewCardRow, OwnCardRow):
            assert await session.scalar(select(func.count()).select_from(table)) == 1
        for kept, count in ((QuizSessionRow, 2), (AttemptRow, 3), (ReviewRow, 1)):
            left = await session.scalars(select(kept).where(kept.person_id.is_(None)))
            rows = list(left)
            assert len(rows) == count
            assert {getattr(row, "chat_id", 0) for row in rows} == {0}
        states = await session.scalars(
            select(QuizSessionRow.state).where(QuizSessionRow.person_id.is_(None))
        )
        assert set(states) == {"finished", "abandoned"}
