import asyncio

import pytest

from bot.access.audit import AuditAction, AuditLog
from bot.access.errors import (
    ConfiguredAdminError,
    LastAdminError,
    PeopleError,
    RoleError,
    UnknownPersonError,
)
from bot.access.person import CLI, Channel, Identity, on_telegram
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from tests.bot.access.office import NOW, Office


async def test_roles_are_given_changed_and_taken(office: Office) -> None:
    await office.has(Role.ADMIN, 1)
    assert await office.role(2) is Role.STRANGER
    await office.has(Role.NEWCOMER, 2)
    await office.people.set_role(on_telegram(1), 2, Role.EDITOR, NOW)
    assert await office.role(2) is Role.EDITOR
    await office.people.remove(on_telegram(1), 2, NOW)
    assert await office.role(2) is Role.STRANGER
    entries = await office.log()
    assert [(entry.action, entry.details) for entry in entries[1:]] == [
        (AuditAction.SET_ROLE, {"before": "stranger", "after": "newcomer"}),
        (AuditAction.SET_ROLE, {"before": "newcomer", "after": "editor"}),
        (AuditAction.REMOVE, {"before": "editor"}),
    ]
    assert [entry.actor.person_id if entry.actor else None for entry in entries] == [
        None,
        None,
        1,
        1,
    ]
    assert [entry.channel for entry in entries] == [
        Channel.CLI,
        Channel.CLI,
        Channel.TELEGRAM,
        Channel.TELEGRAM,
    ]


async def test_giving_the_same_role_again_is_no_change(office: Office) -> None:
    await office.has(Role.ADMIN, 1)
    await office.has(Role.ADMIN, 1)
    assert len(await office.log()) == 1


@pytest.mark.parametrize("role", [Role.STRANGER, Role.PENDING])
async def test_some_roles_are_not_given(office: Office, role: Role) -> None:
    with pytest.raises(RoleError, match=role.value):
        await office.people.set_role(CLI, 1, role, NOW, name="A")


async def test_unknown_people_are_named(office: Office) -> None:
    with pytest.raises(UnknownPersonError, match="77"):
        await office.people.set_role(CLI, 77, Role.STAFF, NOW)
    with pytest.raises(UnknownPersonError, match="77"):
        await office.people.remove(CLI, 77, NOW)


async def test_the_last_admin_stays(office: Office) -> None:
    await office.has(Role.ADMIN, 1, 2)
    await office.people.set_role(on_telegram(1), 2, Role.STAFF, NOW)
    with pytest.raises(LastAdminError):
        await office.people.set_role(on_telegram(1), 1, Role.EDITOR, NOW)
    with pytest.raises(LastAdminError):
        await office.people.remove(on_telegram(1), 1, NOW)
    with pytest.raises(LastAdminError):
        await office.data.erase(1, NOW)
    assert await office.role(1) is Role.ADMIN


@pytest.mark.parametrize("way", ["demote", "remove", "forget"])
async def test_admins_who_leave_at_once_do_not_all_leave(office: Office, way: str) -> None:
    admins = [1, 2, 3, 4]
    await office.has(Role.ADMIN, *admins)

    async def leave(admin: int) -> None:
        if way == "demote":
            await office.people.set_role(on_telegram(admin), admin, Role.STAFF, NOW)
        elif way == "remove":
            await office.people.remove(on_telegram(admin), admin, NOW)
        else:
            await office.data.erase(admin, NOW)

    ended = await asyncio.gather(*map(leave, admins), return_exceptions=True)
    assert [type(result) for result in ended if result is not None] == [LastAdminError]
    assert len(await office.people.with_role(Role.ADMIN)) == 1


async def test_configured_admins_are_made_and_stay(database: Database) -> None:
    people = People(database, [7])
    await people.ensure_configured_admins(NOW)
    await people.ensure_configured_admins(NOW)
    await people.set_role(CLI, 8, Role.ADMIN, NOW, name="B")
    for change in (
        people.set_role(CLI, 7, Role.STAFF, NOW),
        people.remove(CLI, 7, NOW),
    ):
        with pytest.raises(ConfiguredAdminError, match="ADMIN_IDS"):
            await change
    entries = [entry async for entry in AuditLog(database).all()]
    assert [entry.channel for entry in entries] == [Channel.SETTINGS, Channel.CLI]


async def test_the_list_shows_most_rights_first_in_pages(office: Office) -> None:
    await office.has(Role.STAFF, *range(10, 20))
    await office.has(Role.ADMIN, 99)
    await office.has(Role.EDITOR, 50)
    first, rest = await office.people.page(0, 8), await office.people.page(8, 8)
    assert [person.id for person in first[:2]] == [99, 50]
    assert [person.id for person in (*first, *rest)][2:] == list(range(10, 20))
    assert await office.people.count() == 12


async def test_names_follow_telegram_and_are_cut(office: Office) -> None:
    await office.has(Role.STAFF, 5)
    await office.people.refresh_names(Identity(5, "Ẫ" * 500, "an"))
    person = await office.people.get(5)
    assert person is not None
    assert (len(person.name), person.username) == (160, "an")
    await office.people.refresh_names(Identity(6, "Không quen"))
    assert await office.people.get(6) is None


async def test_ids_of_telegrams_full_width_fit(office: Office) -> None:
    largest = (1 << 52) - 1
    await office.has(Role.STAFF, largest)
    assert await office.role(largest) is Role.STAFF


def test_every_error_is_a_line_for_people() -> None:
    for error in (LastAdminError(), ConfiguredAdminError(1), UnknownPersonError(1)):
        assert isinstance(error, PeopleError)
        assert str(error).endswith(".")
