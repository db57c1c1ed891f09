"""What people do in the chat: come in, are let in, get roles, see and erase their data."""

import csv
import io
import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot.access.audit import AuditEntry
from bot.access.person import CLI
from bot.access.roles import Role
from bot.access.tables import AuditRow
from bot.database import Database
from bot.features.asking import texts as asking_texts
from bot.features.asking import texts as common
from bot.features.people import audit_files, audit_handlers, texts
from bot.features.people.invitations import START_PREFIX
from bot.settings import Access
from bot.telegram import texts as telegram_texts
from bot.telegram.texts import ROLES
from knowledge import KnowledgeBase
from tests.bot.access.office import NOW
from tests.bot.conftest import GROUP, messages
from tests.bot.telegram.test_gate import Bot

WELCOME = f"{common.WELCOME}\n\n{common.WELCOME_TRY}"


@pytest.fixture
async def bot(app_database: Database, shipped_base: KnowledgeBase, tmp_path: Path) -> Any:
    made = Bot(app_database, shipped_base, tmp_path, Access.APPROVAL)
    await made.office.has(Role.ADMIN, 1, 2)
    async with made.application:
        yield made
    await made.close()


def commands_shown(bot: Bot, person_id: int) -> list[str] | None:
    """The commands of somebody's own menu, or None where everybody's shows."""
    for scope, commands in bot.request.profile.items():
        if json.loads(scope).get("chat_id") == person_id:
            return [command["command"] for command in commands]
    return None


async def test_an_admin_invites_by_buttons_and_the_link_lets_in(bot: Bot) -> None:
    admin = bot.person(1)
    (asked,) = messages(await admin.sends("/invite"))
    edited = (await admin.presses(asked.buttons[ROLES[Role.EDITOR].capitalize()]))[-1]
    edited = (await admin.presses(edited.buttons["7 ngày"]))[-1]
    made = (await admin.presses(edited.buttons["1 lần"]))[-1]
    link = re.search(r"https://t\.me/vanphong_bot\?start=([\w-]+)", made.text)
    assert link is not None
    assert len(link[1]) <= 64
    guest = bot.person(50)
    (welcome,) = messages(await guest.sends(f"/start {link[1]}"))
    assert ROLES[Role.EDITOR] in welcome.text
    assert await bot.office.role(50) is Role.EDITOR
    (refused,) = messages(await bot.person(51).sends(f"/start {link[1]}"))
    assert "hết lượt" in refused.text
    (answer,) = messages(await guest.sends("2 thạo là gì"))
    assert "thạo nghề" in answer.text


async def test_an_admin_lists_and_revokes_invitations(bot: Bot) -> None:
    admin = bot.person(1)
    (asked,) = messages(await admin.sends("/invite"))
    edited = (await admin.presses(asked.buttons[ROLES[Role.STAFF].capitalize()]))[-1]
    edited = (await admin.presses(edited.buttons["1 ngày"]))[-1]
    made = (await admin.presses(edited.buttons["5 lần"]))[-1]
    token = made.text.partition("start=")[2].split()[0]
    listed = (await admin.presses(asked.buttons[texts.INVITE_LIST]))[-1]
    assert "đã dùng 0/5" in listed.text
    listed = (await admin.presses(listed.buttons["🚫 Thu hồi #1"]))[-1]
    assert "đã thu hồi" in listed.text
    (refused,) = messages(await bot.person(50).sends(f"/start {token}"))
    assert "đã bị thu hồi" in refused.text


@pytest.mark.parametrize("token", ["", "x" * 60, "<b>", "ẫ"])
async def test_forged_links_get_one_line(bot: Bot, token: str) -> None:
    (refused,) = messages(await bot.person(50).sends(f"/start {START_PREFIX}{token}"))
    assert "không đúng" in refused.text
    assert await bot.office.role(50) is Role.STRANGER


async def test_a_request_reaches_all_admins_and_the_first_press_counts(bot: Bot) -> None:
    guest = bot.person(50)
    (welcome,) = messages(await guest.sends("/start"))
    assert list(welcome.buttons) == [telegram_texts.JOIN_BUTTON]
    (denied,) = messages(await guest.sends("2 thạo là gì"))
    asked = messages(await guest.presses(denied.buttons[telegram_texts.JOIN_BUTTON]))
    assert [call.parameters["chat_id"] for call in asked] == [1, 2]
    (waiting,) = messages(await guest.sends("2 thạo là gì"))
    assert waiting.text == telegram_texts.DENIED_PENDING
    calls = await bot.person(2).presses(asked[1].buttons[texts.JOIN_APPROVE_STAFF])
    edits = [call for call in calls if call.method == "editMessageText"]
    assert {call.parameters["chat_id"] for call in edits} >= {1, 2}
    assert all("Người 2 xử lý" in call.text for call in edits)
    assert await bot.office.role(50) is Role.STAFF
    (late, *_) = await bot.person(1).presses(asked[0].buttons[texts.JOIN_REFUSE])
    assert "đã có người xử lý" in late.parameters["text"]
    assert await bot.office.role(50) is Role.STAFF
    (answer,) = messages(await guest.sends("2 thạo là gì"))
    assert "thạo nghề" in answer.text


async def test_a_refused_person_is_told_and_stays_outside(bot: Bot) -> None:
    guest = bot.person(50)
    asked = messages(await guest.presses("join"))
    calls = await bot.person(1).presses(asked[0].buttons[texts.JOIN_REFUSE])
    assert texts.JOIN_SORRY in [call.text for call in messages(calls)]
    (again,) = await guest.presses("join")
    assert "24 giờ" in again.parameters["text"]


async def test_names_are_shown_as_text(bot: Bot) -> None:
    guest = bot.person(50).of(50, "<b>An</b> & [x](y)")
    asked = messages(await guest.presses("join"))
    assert "&lt;b&gt;An&lt;/b&gt; &amp; [x](y)" in asked[0].text


async def test_roles_change_by_buttons_and_menus_follow(bot: Bot) -> None:
    await bot.office.has(Role.STAFF, 50)
    admin = bot.person(1)
    (listed,) = messages(await admin.sends("/people"))
    card = (await admin.presses(listed.buttons["Người 50 – cán bộ"]))[-1]
    calls = await admin.presses(card.buttons[ROLES[Role.ADMIN].capitalize()])
    assert await bot.office.role(50) is Role.ADMIN
    assert "quản trị viên" in messages(calls)[0].text
    assert {"people", "invite", "audit"} <= set(commands_shown(bot, 50) or [])
    card = (await admin.presses(listed.buttons["Người 50 – cán bộ"]))[-1]
    await admin.presses(card.buttons[ROLES[Role.NEWCOMER].capitalize()])
    assert commands_shown(bot, 50) is None
    ask = (await admin.presses(card.buttons[texts.PERSON_REMOVE]))[-1]
    await admin.presses(ask.buttons[texts.PERSON_REMOVE_YES])
    assert await bot.office.role(50) is Role.STRANGER
    (gone,) = await admin.presses(card.buttons[texts.PERSON_REMOVE])
    assert gone.parameters["text"] == texts.PERSON_GONE


@pytest.mark.parametrize("role", [Role.NEWCOMER, Role.STAFF, Role.EDITOR, Role.ADMIN])
async def test_help_names_the_commands_of_the_role(bot: Bot, role: Role) -> None:
    await bot.office.has(role, 50)
    person = bot.person(50)
    (welcome,) = messages(await person.sends("/start"))
    (help_,) = messages(await person.sends("/help"))
    menus = bot.whole.core.menus
    own = [command.name for command in menus.of(role)]
    everybodys = [command.name for command in menus.everybodys]
    assert re.findall(r"^/(\w+) – ", help_.text, re.MULTILINE) == [*everybodys, *own]
    if role is Role.NEWCOMER:
        assert welcome.text == WELCOME
    assert (ROLES[role] in welcome.text) is bool(own)
    assert (asking_texts.HELP_SEND_FILE in help_.text) is (role in {Role.EDITOR, Role.ADMIN})
    (in_group,) = messages(await person.sends("/help", chat=GROUP))
    of_groups = [command.name for command in menus.groups]
    assert re.findall(r"^/(\w+) – ", in_group.text, re.MULTILINE) == of_groups


async def test_help_shows_a_stranger_the_way_in(bot: Bot) -> None:
    explained, way_in = messages(await bot.person(50).sends("/help"))
    assert "Cách hỏi" in explained.text
    assert way_in.text == telegram_texts.DENIED_APPROVAL
    assert telegram_texts.JOIN_BUTTON in way_in.buttons


async def test_start_brings_the_menu_up_to_date(bot: Bot) -> None:
    await bot.office.has(Role.EDITOR, 50)  # on the command line, so Telegram isn't told
    await bot.person(50).sends("/start")
    assert "reload" in (commands_shown(bot, 50) or [])
    await bot.office.people.remove(CLI, 50, NOW)
    await bot.person(50).sends("/start")
    assert commands_shown(bot, 50) is None


async def test_a_menu_that_telegram_refuses_is_only_logged(bot: Bot) -> None:
    await bot.office.has(Role.STAFF, 50)
    bot.request.failures["setMyCommands"] = (400, "Bad Request: chat not found")
    await bot.person(1).presses("pr:1:1e:admin")
    assert await bot.office.role(50) is Role.ADMIN


async def test_the_last_admin_is_told_why_nothing_happens(bot: Bot) -> None:
    await bot.office.has(Role.STAFF, 2)
    (answered,) = await bot.person(1).presses("pr:1:1:staff")
    assert "quản trị viên cuối cùng" in answered.parameters["text"]
    (asked,) = messages(await bot.person(1).sends("/forgetme"))
    told = (await bot.person(1).presses(asked.buttons[texts.FORGET_YES]))[-1]
    assert "quản trị viên cuối cùng" in told.text
    assert await bot.office.role(1) is Role.ADMIN


async def test_long_lists_turn_pages(bot: Bot) -> None:
    await bot.office.has(Role.STAFF, *range(100, 120))
    admin = bot.person(1)
    (page,) = messages(await admin.sends("/people"))
    assert "trang 1/3" in page.text
    page = (await admin.presses(page.buttons[telegram_texts.NEXT]))[-1]
    page = (await admin.presses(page.buttons[telegram_texts.NEXT]))[-1]
    assert "trang 3/3" in page.text
    assert telegram_texts.NEXT not in page.buttons


async def test_the_audit_log_is_read_and_downloaded(bot: Bot) -> None:
    await bot.person(60).sends("2 thạo là gì")
    (page,) = messages(await bot.person(1).sends("/audit"))
    assert "⛔" in page.text
    assert "(việc: hỏi, vai trò: khách, lý do: chưa đủ quyền)" in page.text
    assert "2 thạo" not in page.text
    for label, name in ((texts.AUDIT_XLSX, "xlsx"), (texts.AUDIT_CSV, "csv")):
        sent = (await bot.person(1).presses(page.buttons[label]))[-1]
        assert sent.method == "sendDocument"
        assert sent.files["document"][0] == f"nhat-ky-quan-tri.{name}"
    assert [entry.action for entry in await bot.office.log()][-2:] == ["audit.export"] * 2


async def test_a_long_audit_log_is_downloaded_whole_beside_the_event_loop(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = set()

    def row(entry: AuditEntry) -> audit_files.Row:
        threads.add(threading.current_thread())
        return entry_row(entry)

    entry_row = audit_files.row
    monkeypatch.setattr(audit_files, "row", row)
    entry = {"at": NOW, "channel": "cli", "action": "denied", "denied": True, "details": {}}
    async with bot.office.database.transaction() as session:
        await session.execute(insert(AuditRow), [entry] * 450)
    (page,) = messages(await bot.person(1).sends("/audit"))
    sent = (await bot.person(1).presses(page.buttons[texts.AUDIT_CSV]))[-1]
    table = list(csv.reader(io.StringIO(sent.files["document"][1].decode("utf-8-sig"))))
    log = await bot.office.log()
    assert [line[0] for line in table[1:]] == [str(entry.id) for entry in log]
    assert len(log) > 450
    assert threading.main_thread() not in threads


async def test_an_audit_log_that_telegram_does_not_take_is_not_sent(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_handlers, "UPLOAD_BYTES", 100)
    (page,) = messages(await bot.person(1).sends("/audit"))
    for label in (texts.AUDIT_XLSX, texts.AUDIT_CSV):
        calls = await bot.person(1).presses(page.buttons[label])
        assert "sendDocument" not in [call.method for call in calls]
        assert "vanphong audit --export" in calls[-1].text


async def test_a_person_sees_and_erases_their_data(bot: Bot) -> None:
    await bot.office.has(Role.STAFF, 50)
    person = bot.person(50)
    calls = await person.sends("/mydata")
    files = [call.files["document"] for call in calls if call.method == "sendDocument"]
    assert [file[0] for file in files] == ["du-lieu-cua-toi.txt", "du-lieu-cua-toi.json"]
    assert "Tên: Người 50" in files[0][1].decode()
    assert json.loads(files[1][1])["Hồ sơ"]["Vai trò"] == "cán bộ"
    (asked,) = messages(await person.sends("/forgetme"))
    kept = (await person.presses(asked.buttons[texts.CANCEL]))[-1]
    assert kept.text == texts.CANCELLED
    assert await bot.office.role(50) is Role.STAFF
    done = await person.presses(asked.buttons[texts.FORGET_YES])
    assert texts.FORGOTTEN in [call.text for call in done]
    assert await bot.office.role(50) is Role.STRANGER


async def test_personal_commands_stay_out_of_groups(bot: Bot) -> None:
    for command in ("/people", "/invite", "/audit", "/mydata", "/forgetme"):
        assert await bot.person(1).sends(command, chat=GROUP) == []
    (introduction,) = await bot.person(1).sends("/start inv_x", chat=GROUP)
    assert introduction.text.startswith("Chào cả nhóm!")


async def test_a_known_persons_name_follows_telegram(bot: Bot) -> None:
    await bot.office.has(Role.STAFF, 50)
    await bot.person(50).of(50, "Nguyễn Thị Tên Mới").sends("/help")
    person = await bot.office.people.get(50)
    assert person is not None
    assert person.name == "Nguyễn Thị Tên Mới"
