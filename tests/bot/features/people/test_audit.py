import csv
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bot.access.audit import AuditAction, AuditEvent
from bot.access.authorisation import Capability
from bot.access.errors import InvitationProblem
from bot.access.person import CLI, Identity, on_telegram
from bot.access.roles import Role
from bot.features.people.audit_files import details_in_words, rows, spreadsheet
from bot.features.people.texts import AUDIT_ACTIONS, AUDIT_VALUES
from bot.spreadsheet import FileKind
from tests.bot.access.office import DAY, NOW, Office, somebody


async def test_erasing_a_person_leaves_the_log_whole_and_nameless(office: Office) -> None:
    await office.has(Role.ADMIN, 1, 2)
    await office.people.set_role(on_telegram(2), 1, Role.EDITOR, NOW)
    before = await office.log()
    await office.data.erase(1, NOW)
    after = await office.log()
    assert [entry.id for entry in after[:-1]] == [entry.id for entry in before]
    assert after[-1].action == AuditAction.FORGET
    subjects = [entry.subject for entry in after if entry.subject]
    erased = {one.number for one in subjects if one.person_id is None}
    assert len(erased) == 1
    assert {one.person_id for one in subjects} == {None, 2}
    async with office.database.session() as session:
        for table in ("people", "audit_subjects", "join_requests", "invitation_uses"):
            column = "id" if table == "people" else "person_id"
            query = f"SELECT count(*) FROM {table} WHERE {column} = 1"  # noqa: S608
            assert await session.scalar(text(query)) == 0
    await office.has(Role.STAFF, 1)  # back again, and nobody can tell it is the same
    newest = (await office.log())[-1].subject
    assert newest is not None
    assert newest.number not in erased


async def test_a_person_sees_everything_and_afterwards_nothing(office: Office) -> None:
    await office.has(Role.ADMIN, 9)
    await office.requests.make(somebody(5), NOW)
    await office.requests.decide(on_telegram(9), 5, Role.STAFF, NOW)
    data = await office.data.export(5, NOW)
    profile = data["Hồ sơ"]
    assert isinstance(profile, dict)
    assert (profile["Tên"], profile["Vai trò"]) == ("Người 5", "cán bộ")
    assert data["Yêu cầu tham gia"]
    log = data["Nhật ký quản trị"]
    assert isinstance(log, list)
    assert [(line["Việc"], line["Chi tiết"]) for line in log] == [
        ("xin tham gia", None),
        ("duyệt tham gia", "vai trò: cán bộ"),
        ("xem dữ liệu cá nhân", None),
    ]
    await office.data.erase(5, NOW)
    assert (await office.data.export(5, NOW))["Hồ sơ"] == {"Số Telegram": 5}


async def test_files_hold_every_entry_and_no_formula(office: Office) -> None:
    await office.people.set_role(CLI, 3, Role.STAFF, NOW, name='=HYPERLINK("http://x")')
    await office.people.refresh_names(Identity(3, "=1+1"))
    entries = await office.log()
    read = list(
        csv.reader(io.StringIO(spreadsheet(rows(entries)).file(FileKind.CSV).decode("utf-8-sig")))
    )
    assert len(read) == 1 + len(entries)
    assert read[1][6] == "'=1+1 (3)"
    sheet = load_workbook(io.BytesIO(spreadsheet(rows(entries)).file(FileKind.XLSX))).active
    assert sheet is not None
    cell = sheet.cell(2, 7)
    assert (cell.value, cell.data_type) == ("=1+1 (3)", "s")
    assert sheet.cell(2, 2).value == "08:00 02/03/2026"


async def test_pages_run_from_the_newest(office: Office) -> None:
    for number in range(5):
        await office.audit.record(CLI, AuditEvent(AuditAction.DENIED, target=str(number)), NOW)
    assert await office.audit.count() == 5
    assert [entry.target for entry in await office.audit.page(1, 2)] == ["3", "2"]


@pytest.mark.parametrize("action", AuditAction)
def test_every_action_has_words(action: AuditAction) -> None:
    assert AUDIT_ACTIONS[action]


async def test_details_are_in_words(office: Office) -> None:
    invitation, _ = await office.invitations.create(CLI, Role.STAFF, 7 * DAY, 3, NOW)
    await office.invitations.revoke(CLI, invitation.id, NOW)
    await office.has(Role.EDITOR, 5)
    details = [details_in_words(entry) for entry in await office.log()]
    assert details == [
        "vai trò: cán bộ, số lần: 3, số ngày: 7",
        "",
        "từ: khách, thành: biên tập viên",
    ]


@pytest.mark.parametrize(
    "value", [*(problem.value for problem in InvitationProblem), *(one.value for one in Capability)]
)
def test_every_value_of_a_detail_has_words(value: str) -> None:
    assert AUDIT_VALUES[value]


async def test_looking_at_ones_data_again_and_again_does_not_fill_the_log(office: Office) -> None:
    await office.has(Role.STAFF, 5)
    for _ in range(12):
        await office.data.export(5, NOW)
    assert [entry.details for entry in await office.log()][1:] == [{}, {"times": 10}]


async def test_nothing_kept_nothing_erased_nothing_logged(office: Office) -> None:
    for _ in range(5):
        assert not await office.data.erase(5, NOW)
        await office.data.export(5, NOW)
    assert await office.log() == []
    await office.has(Role.STAFF, 6)
    assert await office.data.erase(6, NOW)
    assert not await office.data.erase(6, NOW)
    assert [entry.action for entry in await office.log()] == ["people.set_role", "people.forget"]


async def test_who_comes_and_goes_fills_no_log(office: Office) -> None:
    """Somebody of whom a little is kept each time, such as their denied tries."""
    for _ in range(20):
        await office.audit.record(on_telegram(5), AuditEvent(AuditAction.DENIED), NOW)
        assert await office.data.erase(5, NOW)
    forgotten = [entry for entry in await office.log() if entry.action == AuditAction.FORGET]
    assert [entry.details.get("times", 1) for entry in forgotten] == [1, 10]
