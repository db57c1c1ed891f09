"""What becomes of those who used an open office once it is open no more; on both databases."""

import datetime as dt

import pytest
from sqlalchemy import insert

from bot.access.person import CLI, Channel, Identity, on_telegram
from bot.access.roles import Role
from bot.features.answer_log.tables import AnswerRow
from bot.features.people.former_guests import ACTIVE_DAYS, FormerGuests
from bot.features.quizzes.learners import Learners
from bot.features.quizzes.session import NewQuiz
from bot.features.quizzes.store import QuizStore
from bot.features.quizzes.tables import AttemptRow, SessionKind
from bot.settings import Access
from tests.bot.access.office import DAY, NOW, Office

LONG_AGO = NOW - (ACTIVE_DAYS + 1) * DAY
ASKED, LEARNED, GONE, REMOVED, MEMBER = 51, 52, 53, 54, 55


async def asked(office: Office, person_id: int, at: dt.datetime) -> None:
    async with office.database.transaction() as session:
        await session.execute(
            insert(AnswerRow).values(
                id=f"a{person_id:06}",
                shown_at=at,
                day=at.date(),
                person_id=person_id,
                chat_kind="private",
                question="?",
                normalised="?",
                refused=False,
                confidence=1.0,
                kb_version="v",
                latency_ms=1.0,
                chat_id=person_id,
            )
        )


@pytest.fixture
async def guests(office: Office) -> FormerGuests:
    """An office that was open, and who was there."""
    await asked(office, ASKED, NOW - DAY)
    await asked(office, GONE, LONG_AGO)
    await asked(office, REMOVED, NOW - DAY)
    await asked(office, MEMBER, NOW - DAY)
    await office.has(Role.EDITOR, MEMBER, REMOVED)
    await office.people.remove(CLI, REMOVED, NOW)
    await Learners(office.database, 14).enrol(Identity(LEARNED, "Lan"), NOW - DAY)
    store = QuizStore(office.database)
    quiz = await store.begin(NewQuiz(LEARNED, SessionKind.PATH, "t", ("q",)), NOW - DAY)
    async with office.database.transaction() as session:
        await session.execute(
            insert(AttemptRow).values(
                session_id=quiz.id,
                person_id=LEARNED,
                position=0,
                question_id="q",
                content_hash="h",
                topic="t",
                option_order=[0, 1],
                right=[0],
                state="asked",
                chat_id=LEARNED,
                prepared_at=NOW - DAY,
                first=True,
                sent_again=False,
            )
        )
    return FormerGuests(office.database, office.people)


async def test_who_was_active_stays_in(office: Office, guests: FormerGuests) -> None:
    assert await guests.admit(Access.APPROVAL, NOW, is_set=False) == [ASKED, LEARNED]
    assert await office.role(ASKED) is Role.STAFF
    assert await office.role(LEARNED) is Role.NEWCOMER
    assert await office.role(MEMBER) is Role.EDITOR
    for person in (GONE, REMOVED):
        assert await office.role(person) is Role.STRANGER
    entries = (await office.log())[-2:]
    assert {entry.channel for entry in entries} == {Channel.SETTINGS}
    await asked(office, 60, NOW)  # how ever they got to: the office is closed now
    assert await guests.admit(Access.APPROVAL, NOW, is_set=False) == []


@pytest.mark.parametrize("access", [Access.APPROVAL, Access.INVITE])
async def test_who_sets_access_decides_for_themselves(
    office: Office, guests: FormerGuests, access: Access
) -> None:
    assert await guests.admit(access, NOW, is_set=True) == []
    assert await guests.admit(Access.APPROVAL, NOW, is_set=False) == []  # it was closed before
    assert await office.role(ASKED) is Role.STRANGER


async def test_the_first_admin_closes_an_open_office(office: Office, guests: FormerGuests) -> None:
    assert await guests.admit(Access.OPEN, NOW, is_set=False) == []
    await office.people.set_role(on_telegram(1), MEMBER, Role.STAFF, NOW)
    assert await guests.admit(Access.APPROVAL, NOW, is_set=False) == [ASKED, LEARNED]
