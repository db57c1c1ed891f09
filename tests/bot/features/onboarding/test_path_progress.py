"""How far people are, as read from both databases."""

import datetime as dt
import time

import pytest

from bot.access.audit import AuditLog
from bot.access.person import on_telegram
from bot.database import Database
from bot.features.onboarding.concern import Concern
from bot.features.onboarding.path_progress import LearnerState, cohort, learner_progress
from bot.features.quizzes.learners import Learners
from knowledge.quiz.path import StepState
from tests.bot.features.quizzes.learners import BANK, DAY, NOW, Learning, a_bank, an_office
from tests.databases import on_postgresql

SECONDS = 2.5


async def test_a_learner_s_way_is_read_as_it_was_gone(database: Database) -> None:
    learning = Learning()
    learning.learner(1, department="Phòng Tổng hợp")
    learning.quiz(1, "t0", [True] * 3 + [False] * 2, NOW - 4 * DAY)
    learning.quiz(1, "t0", [True] * 4 + [False], NOW - 3 * DAY)
    learning.quiz(1, "t0", [True] + [False] * 4, NOW - 3 * DAY)
    learning.quiz(1, "t1", [False], NOW - DAY)
    learning.quiz(1, "t1", [True], NOW, state="running")  # not finished: it passes nothing
    learning.quiz(1, "t2", [True] * 5, NOW, kind="practice")  # nor does practice
    learning.quiz(2, "t3", [True] * 5, NOW)  # somebody else's
    learning.card(1, "t0_0", stability=3.0, due=NOW)
    learning.card(1, "t0_1", stability=3.0, due=NOW + DAY, last_review=NOW)
    learning.card(1, "gone_1", due=NOW - DAY)
    learning.card(1, "own:7", due=NOW - DAY)
    await learning.store(database)
    found = await learner_progress(database, BANK, 1, NOW)
    assert found is not None
    assert [step.best for step in found.steps] == [0.8, 0.0, None, None, None, None]
    assert [step.state for step in found.steps[:3]] == [
        StepState.PASSED, StepState.OPEN, StepState.LOCKED,
    ]  # fmt: skip
    assert found.current is not None
    assert (found.passed, found.current.topic.topic_id, found.score) == (1, "t1", 0.4)
    assert found.failures == {"t0": 2, "t1": 1}
    assert (found.answered, found.right) == (22, 14)
    assert [day.answered for day in found.days] == [5, 10, 1, 6]
    assert found.last_active == NOW
    assert found.streak == 3  # Friday, Monday and Tuesday; Saturday adds nothing
    assert found.due == 2  # its own card among them, not that of a question that is gone
    assert found.memory["t0"] == pytest.approx((1.0 + 0.9245) / 2, abs=0.01)
    assert set(found.memory) == {"t0"}
    assert found.department == "Phòng Tổng hợp"
    assert await learner_progress(database, BANK, 99, NOW) is None


async def test_a_day_is_the_office_s(database: Database) -> None:
    midnight = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)
    learning = Learning()
    learning.learner(1)
    learning.quiz(1, "t0", [True], midnight - dt.timedelta(microseconds=1))
    learning.quiz(1, "t0", [True], midnight)
    await learning.store(database)
    found = await learner_progress(database, BANK, 1, NOW)
    assert found is not None
    assert [day.day for day in found.days] == [dt.date(2026, 11, 23), dt.date(2026, 11, 24)]


async def test_who_needs_looking_after_comes_first(database: Database) -> None:
    learning = Learning()
    late, early = NOW - DAY, NOW + 7 * DAY
    learning.learner(1, "Ánh", deadline=early, enrolled_at=NOW - DAY)
    learning.learner(2, "Bình", deadline=late)
    learning.learner(3, "Chi", deadline=late, completed_at=NOW - 2 * DAY)
    learning.learner(4, "Dung", deadline=early, enrolled_at=NOW - 7 * DAY)
    learning.learner(5, "Chỉ luyện tập", enrolled_at=None, deadline=None)
    await learning.store(database)
    found = await cohort(database, BANK, NOW)
    assert [learner.name for learner in found.learners] == ["Bình", "Dung", "Ánh", "Chi"]
    assert [learner.state for learner in found.learners] == list(LearnerState)
    assert (found.overdue, found.at_risk, found.completed) == (1, 1, 1)
    assert found.learners[0].concerns[0] is Concern.OVERDUE
    practising = await learner_progress(database, BANK, 5, NOW)
    assert practising is not None
    assert practising.concerns == ()


async def test_everybody_s_progress_is_as_read_alone(database: Database) -> None:
    await an_office(20).store(database)
    found = await cohort(database, BANK, NOW)
    assert len(found.learners) == 20
    for learner in found.learners:
        assert await learner_progress(database, BANK, learner.person_id, NOW) == learner


async def test_a_bank_without_questions_breaks_nothing(database: Database) -> None:
    await an_office(3).store(database)
    found = await cohort(database, a_bank(("Rỗng",), questions=0), NOW)
    assert [learner.steps for learner in found.learners] == [()] * 3
    assert found.topics == ()


async def test_a_deadline_moves_on_from_now_or_from_itself(database: Database) -> None:
    learning = Learning()
    learning.learner(1, deadline=NOW - 3 * DAY)
    learning.learner(2, deadline=NOW + 3 * DAY)
    learning.learner(3, completed_at=NOW)
    learning.learner(4, enrolled_at=None, deadline=None)
    await learning.store(database)
    by = on_telegram(500)
    learners = Learners(database, 14)
    moved = [await learners.extend_deadline(by, person, 7, NOW) for person in (1, 2, 3, 4, 5)]
    assert moved == [NOW + 7 * DAY, NOW + 10 * DAY, None, None, None]
    found = await learner_progress(database, BANK, 1, NOW)
    assert found is not None
    assert found.deadline == NOW + 7 * DAY
    entries = [entry async for entry in AuditLog(database).all()]
    assert [(e.action, e.subject and e.subject.person_id, e.details) for e in entries] == [
        ("learning.deadline", 1, {"days": 7}),
        ("learning.deadline", 2, {"days": 7}),
    ]
    with pytest.raises(ValueError, match="days"):
        await learners.extend_deadline(by, 1, 0, NOW)


@on_postgresql
@pytest.mark.timeout(300)
@pytest.mark.slow
async def test_the_cohort_of_500_with_100_000_answers_is_quick(database: Database) -> None:
    learning = Learning()
    for person in range(500):
        learning.learner(person, f"Người {person}")
        for number in range(25):
            at = NOW - number * DAY - dt.timedelta(minutes=person % 60)
            learning.quiz(person, f"t{number % 6}", [True] * 5 + [False] * 3, at)
        for question in list(BANK.questions)[:40]:
            learning.card(person, question)
    await learning.store(database)
    begun = time.process_time()
    found = await cohort(database, BANK, NOW)
    assert time.process_time() - begun <= SECONDS
    assert sum(learner.answered for learner in found.learners) == 100_000
    assert {learner.streak for learner in found.learners} == {17}
