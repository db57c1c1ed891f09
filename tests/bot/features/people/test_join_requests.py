import asyncio

import pytest
from sqlalchemy import select

from bot.access.audit_throttle import WINDOW
from bot.access.errors import JoinRequestError
from bot.access.marks import MarkKind, Marks
from bot.access.person import on_telegram
from bot.access.roles import Role
from bot.access.tables import MarkRow
from bot.features.people.join_requests import MOST_AN_HOUR, JoinDecision, JoinRequests
from bot.settings import Access
from bot.telegram.admin_notices import Notice
from tests.bot.access.office import DAY, NOW, Office, somebody


async def test_a_request_waits_and_is_approved(office: Office) -> None:
    await office.requests.make(somebody(5), NOW)
    assert await office.role(5) is Role.PENDING
    await office.requests.add_notices(5, [Notice(1, 10), Notice(2, 20)])
    decision = await office.requests.decide(on_telegram(1), 5, Role.STAFF, NOW)
    assert decision.notices == (Notice(1, 10), Notice(2, 20))
    assert await office.role(5) is Role.STAFF
    assert [entry.action for entry in await office.log()] == ["join.request", "join.approve"]


async def test_two_admins_deciding_at_once_decide_once(office: Office) -> None:
    await office.requests.make(somebody(5), NOW)
    ended = await asyncio.gather(
        *(
            office.requests.decide(on_telegram(admin), 5, role, NOW)
            for admin, role in ((1, Role.STAFF), (2, None), (3, Role.NEWCOMER))
        ),
        return_exceptions=True,
    )
    (first,) = [result for result in ended if isinstance(result, JoinDecision)]
    assert sum(isinstance(result, JoinRequestError) for result in ended) == 2
    assert await office.role(5) is (first.role or Role.STRANGER)


async def test_a_refused_person_waits_a_day(office: Office) -> None:
    await office.requests.make(somebody(5), NOW)
    await office.requests.decide(on_telegram(1), 5, None, NOW)
    assert await office.role(5) is Role.STRANGER
    with pytest.raises(JoinRequestError, match="24 giờ"):
        await office.requests.make(somebody(5), NOW + DAY / 2)
    await office.requests.make(somebody(5), NOW + DAY)
    assert await office.role(5) is Role.PENDING


async def test_nobody_asks_twice_or_when_in(office: Office) -> None:
    for _ in range(2):  # until an admin was told
        await office.requests.make(somebody(5), NOW)
    assert len(await office.log()) == 1
    await office.requests.add_notices(5, [Notice(1, 10)])
    with pytest.raises(JoinRequestError, match="đang chờ duyệt"):
        await office.requests.make(somebody(5), NOW)
    await office.has(Role.STAFF, 6)
    with pytest.raises(JoinRequestError, match="đã có trong danh sách"):
        await office.requests.make(somebody(6), NOW)


async def test_what_was_never_asked_or_is_gone_is_not_decided(office: Office) -> None:
    with pytest.raises(JoinRequestError):
        await office.requests.decide(on_telegram(1), 5, Role.STAFF, NOW)
    await office.requests.make(somebody(5), NOW)
    await office.data.erase(5, NOW)
    with pytest.raises(JoinRequestError):
        await office.requests.decide(on_telegram(1), 5, Role.STAFF, NOW)
    assert await office.role(5) is Role.STRANGER


@pytest.mark.parametrize("access", [Access.OPEN, Access.INVITE])
async def test_requests_are_taken_only_where_admins_approve(office: Office, access: Access) -> None:
    with pytest.raises(JoinRequestError):
        await JoinRequests(office.database, access, office.marks).make(somebody(1), NOW)


@pytest.mark.parametrize("refused", [True, False])
async def test_an_erasure_lets_nobody_ask_again(office: Office, *, refused: bool) -> None:
    await office.requests.make(somebody(5), NOW)
    if refused:
        await office.requests.decide(on_telegram(1), 5, None, NOW)
    await office.data.erase(5, NOW)
    with pytest.raises(JoinRequestError, match="24 giờ"):
        await office.requests.make(somebody(5), NOW + DAY / 2)
    await office.data.erase(5, NOW)  # nor does another one
    with pytest.raises(JoinRequestError, match="24 giờ"):
        await office.requests.make(somebody(5), NOW + DAY / 2)
    await office.requests.make(somebody(5), NOW + DAY)
    assert await office.role(5) is Role.PENDING


@pytest.mark.parametrize("erased", [True, False])
async def test_who_was_removed_waits_a_day_too(office: Office, *, erased: bool) -> None:
    await office.has(Role.STAFF, 5)
    await office.people.remove(on_telegram(1), 5, NOW)
    if erased:
        await office.data.erase(5, NOW)
    with pytest.raises(JoinRequestError, match="24 giờ"):
        await office.requests.make(somebody(5), NOW + DAY / 2)
    await office.requests.make(somebody(5), NOW + DAY)


async def test_many_strangers_together_ask_a_number_of_times_an_hour(office: Office) -> None:
    for person in range(MOST_AN_HOUR):
        await office.requests.make(somebody(1000 + person), NOW)
    with pytest.raises(JoinRequestError, match="quá nhiều"):
        await office.requests.make(somebody(5), NOW)
    assert len(await office.log()) == MOST_AN_HOUR
    await office.requests.make(somebody(5), NOW + WINDOW)


async def test_what_is_left_after_an_erasure_names_nobody(office: Office) -> None:
    person = 987_654_321
    await office.requests.make(somebody(person), NOW)
    await office.data.erase(person, NOW)
    async with office.database.session() as session:
        (row,) = (await session.scalars(select(MarkRow))).all()
    assert str(person) not in f"{row.mark} {row.kind} {row.amount}"
    again = Marks.beside(office.folder)
    await again.load()
    assert row.mark == again.of(MarkKind.JOIN_REQUEST, person)
    shown = (await office.data.export(person, NOW))[
        "Dấu không ghi tên (còn lại sau khi xóa dữ liệu)"
    ]
    assert isinstance(shown, list)
    assert len(shown) == 1
