"""What is deleted once it is old, and what never is; on SQLite and PostgreSQL."""

import datetime as dt
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.access.audit import AuditAction, AuditEvent
from bot.access.marks import MarkKind
from bot.access.person import CLI, on_telegram
from bot.access.roles import Role
from bot.access.tables import AuditSubjectRow, InvitationRow, JoinRequestRow, MarkRow
from bot.database import Database
from bot.database.errors import DatabaseError
from bot.database.schema import Base
from bot.features.challenges.feature import ChallengesFeature
from bot.features.challenges.tables import ChallengeAnswerRow, ChallengeQuestionRow, ChallengeRow
from bot.features.people.retention import expiring as of_people
from bot.features.quizzes.retention import expiring as of_quizzes
from bot.features.quizzes.tables import AttemptRow, QuizSessionRow, ReviewRow
from bot.features.retention.feature import RetentionFeature
from bot.retention import Expiring, delete_rows
from bot.settings import Settings
from tests.bot.access.office import DAY, NOW, Office, somebody

OLD, RECENT = NOW - 1100 * DAY, NOW - 30 * DAY
LONG_AGO = NOW - 6 * 365 * DAY


def core_of(office: Office) -> Any:
    return SimpleNamespace(
        database=office.database,
        audit=office.audit,
        now=lambda: NOW,
        clock=None,
        settings=Settings(_env_file=None),
    )


async def count(database: Database, table: type[Base]) -> int:
    async with database.session() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def add(database: Database, table: type[Base], **values: object) -> int:
    async with database.transaction() as session:
        key = table.__mapper__.primary_key[0]
        return int(await session.scalar(insert(table).values(**values).returning(key)) or 0)


async def quiz(database: Database, at: dt.datetime, kind: str, person: int | None) -> int:
    number = await add(
        database,
        QuizSessionRow,
        person_id=person,
        kind=kind,
        topic="t",
        state="finished",
        chat_id=0,
        questions=["q"],
        started_at=at,
        ended_at=at,
        score=1.0,
    )
    await add(
        database,
        AttemptRow,
        session_id=number,
        person_id=person,
        position=0,
        question_id="q",
        content_hash="h",
        topic="t",
        option_order=[0],
        right=[0],
        state="answered",
        chat_id=0,
        prepared_at=at,
    )
    return number


async def test_quizzes_go_but_not_what_progress_rests_on(office: Office) -> None:
    database = office.database
    await quiz(database, OLD, "practice", 7)
    await quiz(database, OLD, "path", None)  # of somebody erased
    passed = await quiz(database, OLD, "path", 7)
    recent = await quiz(database, RECENT, "practice", 7)
    for at in (OLD, RECENT):
        await add(database, ReviewRow, person_id=7, question_id="q", rating=3, at=at)
    await RetentionFeature(core_of(office), of_quizzes(core_of(office))).purge()
    async with database.session() as session:
        assert set(await session.scalars(select(QuizSessionRow.id))) == {passed, recent}
        assert list(await session.scalars(select(AttemptRow.session_id))) == [recent]
        assert list(await session.scalars(select(ReviewRow.at))) == [RECENT]


async def test_challenges_go_with_all_that_is_theirs(office: Office) -> None:
    core, database = core_of(office), office.database
    for at in (OLD, RECENT):
        number = await add(
            database,
            ChallengeRow,
            chat_id=-1,
            state="finished",
            seconds=30,
            started_at=at,
            ended_at=at,
            announced=True,
        )
        place = {"challenge_id": number, "position": 0}
        await add(
            database,
            ChallengeQuestionRow,
            **place,
            question_id="q",
            content_hash="h",
            option_order=[0],
            correct=[0],
            over=True,
        )
        await add(
            database,
            ChallengeAnswerRow,
            **place,
            person_id=7,
            name="Lan",
            chosen=[0],
            correct=True,
            seconds=1.0,
            answered_at=at,
        )
    core.gate = core.notes = core.rng = core.worker = core.people = None
    feature = ChallengesFeature(core, SimpleNamespace())  # type: ignore[arg-type]
    await RetentionFeature(core, feature.expiring).purge()
    for table in (ChallengeRow, ChallengeQuestionRow, ChallengeAnswerRow):
        assert await count(database, table) == 1


async def test_the_audit_log_forgets_by_months_and_says_so(office: Office) -> None:
    for person, at in ((5, LONG_AGO), (6, LONG_AGO), (6, RECENT)):
        await office.audit.record(on_telegram(person), AuditEvent(AuditAction.DENIED), at)
    core = core_of(office)
    retention = RetentionFeature(core, of_people(core))
    await retention.purge()
    await retention.purge()
    kept = await office.log()
    assert [(entry.action, entry.at) for entry in kept] == [
        ("denied", RECENT),
        ("audit.purge", NOW),
    ]
    assert kept[-1].details == {"entries": 2, "before": "2021-02-28"}
    async with office.database.session() as session:
        assert list(await session.scalars(select(AuditSubjectRow.person_id))) == [6]


async def test_the_database_keeps_an_entry_for_a_year(office: Office) -> None:
    now = dt.datetime.now(dt.UTC)
    await office.audit.record(CLI, AuditEvent(AuditAction.DENIED), now - 364 * DAY)
    with pytest.raises(DatabaseError):
        await office.audit.purge(now, now)
    assert await office.audit.count() == 1


async def test_what_says_nothing_any_more_goes(office: Office) -> None:
    core, database = core_of(office), office.database
    for at in (LONG_AGO, RECENT):
        await office.invitations.create(CLI, Role.STAFF, DAY, 1, at, name="Trần Thị B")
    await office.requests.make(somebody(5), LONG_AGO)
    await office.requests.decide(CLI, 5, None, LONG_AGO)
    await office.requests.make(somebody(6), RECENT)
    await office.requests.decide(CLI, 6, None, RECENT)
    async with database.transaction() as session:
        for person, until in ((1, NOW - DAY), (2, NOW + DAY), (3, None)):
            await office.marks.leave(session, MarkKind.JOIN_REQUEST, person, OLD, until=until)
    await RetentionFeature(core, of_people(core)).purge()
    async with database.session() as session:
        assert list(await session.scalars(select(InvitationRow.name))) == [None]
        assert list(await session.scalars(select(JoinRequestRow.person_id))) == [6]
        assert Counter(await session.scalars(select(MarkRow.until))) == {NOW + DAY: 1, None: 1}


async def test_many_rows_go_in_batches(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.retention._BATCH", 3)
    for _ in range(8):
        await add(office.database, ReviewRow, question_id="q", rating=3, at=OLD)
    assert await delete_rows(office.database, ReviewRow, ReviewRow.at < NOW) == 8
    assert await delete_rows(office.database, ReviewRow, ReviewRow.at < NOW) == 0


async def test_what_fails_leaves_the_rest_to_go_on(office: Office) -> None:
    async def fails() -> int:
        raise DatabaseError("đĩa đầy")

    done: list[str] = []

    async def works() -> int:
        done.append("works")
        return 1

    all_of_it = [Expiring("one", fails), Expiring("other", works)]
    await RetentionFeature(core_of(office), all_of_it).purge()
    assert done == ["works"]
