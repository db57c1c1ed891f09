import asyncio
import datetime as dt
import hashlib

import pytest
from sqlalchemy import text

from bot.access.errors import InvitationError, InvitationProblem, PeopleError, RoleError
from bot.access.person import CLI, on_telegram
from bot.access.roles import Role
from bot.features.people.invitations import deep_link, mark_of
from tests.bot.access.office import DAY, NOW, Office, somebody


async def refused(office: Office, token: str, person_id: int, now: dt.datetime) -> str:
    with pytest.raises(InvitationError) as caught:
        await office.invitations.redeem(token, somebody(person_id), now)
    return caught.value.problem.value


async def test_an_invitation_gives_its_role_once_a_use(office: Office) -> None:
    invitation, token = await office.invitations.create(CLI, Role.EDITOR, DAY, 2, NOW)
    for person_id in (1, 2):
        await office.invitations.redeem(token, somebody(person_id), NOW)
        assert await office.role(person_id) is Role.EDITOR
    assert await refused(office, token, 3, NOW) == "used_up"
    assert await office.role(3) is Role.STRANGER
    (listed,) = await office.invitations.page(0, 10)
    assert (listed.id, listed.used) == (invitation.id, 2)


async def test_expired_revoked_and_forged_invitations_let_nobody_in(office: Office) -> None:
    _, expired = await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW)
    revoked, closed = await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW)
    await office.invitations.revoke(CLI, revoked.id, NOW)
    assert await refused(office, expired, 1, NOW + DAY) == "expired"
    assert await refused(office, closed, 1, NOW) == "revoked"
    for forged in ("", "x" * 59, expired[:-1], expired + "A", expired.swapcase(), "' OR 1=1 --"):
        assert await refused(office, forged, 1, NOW) == "unknown"
    assert await office.role(1) is Role.STRANGER
    denied = [entry.details for entry in await office.log() if entry.denied]
    assert denied == [{"reason": reason} for reason in ("expired", "revoked", "unknown")]
    for _ in range(4):  # whoever goes on guessing can't fill the log
        assert await refused(office, "guessed", 1, NOW) == "unknown"
    assert (await office.log())[-1].details == {"reason": "unknown", "times": 10}


async def test_a_clock_that_is_put_on_and_back_uses_no_invitation_up(office: Office) -> None:
    _, token = await office.invitations.create(CLI, Role.STAFF, DAY, 1, NOW)
    assert await refused(office, token, 1, NOW + DAY) == "expired"
    await office.invitations.redeem(token, somebody(1), NOW - dt.timedelta(hours=1))
    assert await refused(office, token, 2, NOW) == "used_up"
    assert await office.role(1) is Role.STAFF


@pytest.mark.parametrize("uses", [1, 3])
async def test_a_race_takes_no_use_too_many(office: Office, uses: int) -> None:
    _, token = await office.invitations.create(CLI, Role.STAFF, DAY, uses, NOW)
    ended = await asyncio.gather(
        *(office.invitations.redeem(token, somebody(number), NOW) for number in range(1, 13)),
        return_exceptions=True,
    )
    problems = [result.problem for result in ended if isinstance(result, InvitationError)]
    assert problems == [InvitationProblem.USED_UP] * (12 - uses)
    assert len(await office.people.with_role(Role.STAFF)) == uses


async def test_one_person_at_two_devices_takes_one_use(office: Office) -> None:
    _, token = await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW)
    ended = await asyncio.gather(
        *(office.invitations.redeem(token, somebody(1), NOW) for _ in range(4)),
        return_exceptions=True,
    )
    assert sum(not isinstance(result, BaseException) for result in ended) == 1
    assert sum(isinstance(result, InvitationError) for result in ended) == 3
    (listed,) = await office.invitations.page(0, 1)
    assert listed.used == 1


async def test_an_invitation_never_lowers_a_role_nor_is_wasted(office: Office) -> None:
    await office.has(Role.ADMIN, 1)
    _, token = await office.invitations.create(on_telegram(1), Role.NEWCOMER, DAY, 1, NOW)
    assert await refused(office, token, 1, NOW) == "not_needed"
    assert await office.role(1) is Role.ADMIN
    await office.invitations.redeem(token, somebody(2), NOW)


async def test_who_was_removed_does_not_come_back_by_the_same_link(office: Office) -> None:
    _, token = await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW)
    await office.invitations.redeem(token, somebody(1), NOW)
    await office.people.remove(CLI, 1, NOW)
    assert await refused(office, token, 1, NOW) == "used_by_you"


@pytest.mark.parametrize("removed_first", [True, False])
async def test_who_was_erased_does_not_come_back_by_the_same_link(
    office: Office, *, removed_first: bool
) -> None:
    _, token = await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW)
    _, other = await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW)
    await office.invitations.redeem(token, somebody(1), NOW)
    if removed_first:
        await office.people.remove(CLI, 1, NOW)
    await office.data.erase(1, NOW)
    assert await refused(office, token, 1, NOW) == "used_by_you"
    await office.invitations.redeem(token, somebody(2), NOW)
    await office.invitations.redeem(other, somebody(1), NOW)  # invited anew
    assert await office.role(1) is Role.STAFF


async def test_what_stays_of_an_erased_guest_leads_to_nobody_without_the_link(
    office: Office,
) -> None:
    person_id = 987_654_321
    for _ in range(2):
        _, token = await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW)
        await office.invitations.redeem(token, somebody(person_id), NOW)
        await office.people.remove(CLI, person_id, NOW)
    await office.data.erase(person_id, NOW)
    async with office.database.session() as session:
        marks = (await session.scalars(text("SELECT mark FROM invitation_marks"))).all()
        hashes = (await session.scalars(text("SELECT token_hash FROM invitations"))).all()
        everything = [
            row
            for table in ("invitations", "invitation_uses", "invitation_marks", "audit_subjects")
            for row in (await session.execute(text(f"SELECT * FROM {table}"))).all()  # noqa: S608
        ]
    assert str(person_id) not in repr(everything)
    assert len(set(marks)) == 2  # the same person, and no two marks alike
    guesses = {mark_of(key, person_id) for key in (*hashes, "", "1", "2")}
    guesses.add(hashlib.sha256(str(person_id).encode()).hexdigest())
    assert guesses.isdisjoint(marks)


async def test_the_token_is_stored_nowhere(office: Office) -> None:
    _, token = await office.invitations.create(CLI, Role.STAFF, DAY, 1, NOW)
    await office.invitations.redeem(token, somebody(1), NOW)
    async with office.database.session() as session:
        for table in ("invitations", "invitation_uses", "invitation_marks", "audit_log"):
            rows = await session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            assert token not in repr(rows.all())


async def test_tokens_differ_and_links_fit_telegram(office: Office) -> None:
    made = [await office.invitations.create(CLI, Role.STAFF, DAY, 1, NOW) for _ in range(20)]
    assert len({token for _, token in made}) == 20
    link = deep_link("vanphong_bot", made[0][1])
    parameter = link.removeprefix("https://t.me/vanphong_bot?start=")
    assert len(parameter) <= 64
    assert parameter.replace("_", "").replace("-", "").isalnum()


@pytest.mark.parametrize("role", [Role.STRANGER, Role.PENDING])
async def test_some_roles_have_no_invitations(office: Office, role: Role) -> None:
    with pytest.raises(RoleError):
        await office.invitations.create(CLI, role, DAY, 1, NOW)


@pytest.mark.parametrize(
    ("lifetime", "uses"), [(DAY, 0), (DAY, 1001), (DAY * 0, 1), (-DAY, 1), (DAY * 366, 1)]
)
async def test_limits_are_held(office: Office, lifetime: dt.timedelta, uses: int) -> None:
    with pytest.raises(PeopleError, match=r"từ 1 đến"):
        await office.invitations.create(CLI, Role.STAFF, lifetime, uses, NOW)


async def test_revoking_what_is_not_there_is_said(office: Office) -> None:
    with pytest.raises(PeopleError, match="số 9"):
        await office.invitations.revoke(CLI, 9, NOW)


async def test_a_name_comes_with_an_invitation_for_one(office: Office) -> None:
    invitation, token = await office.invitations.create(CLI, Role.STAFF, DAY, 1, NOW)
    await office.invitations.give_name(CLI, invitation.id, " Trần  Thị B", NOW)
    await office.invitations.redeem(token, somebody(5), NOW)
    person = await office.people.get(5)
    assert person is not None
    assert person.official_name == "Trần Thị B"
    with pytest.raises(PeopleError, match="một lần"):
        await office.invitations.create(CLI, Role.STAFF, DAY, 5, NOW, name="Trần Thị B")
    with pytest.raises(PeopleError, match="một lần"):
        await office.invitations.give_name(CLI, invitation.id, "Trần Thị C", NOW)
