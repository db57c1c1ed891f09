"""A day of those who look after the bot: the whole bot, on both databases, seen from the chat."""

import datetime as dt
import re
from pathlib import Path

import pytest

from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.answer_log import texts as record_texts
from bot.features.documents import texts as document_texts
from bot.features.knowledge_versions import texts as version_texts
from bot.features.people import texts as people_texts
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, SeenMessage
from bot.settings import Settings
from bot.telegram.texts import ROLES
from knowledge.answering.assistant import OFF_TOPIC
from knowledge.documents.store import SOMEBODY
from tests.bot.conversations.test_questions import answer
from tests.databases import on_postgresql, on_sqlite

SHUTTLE = (
    "Xe đưa đón\n\nXe đưa đón khởi hành lúc 6 giờ 45 phút tại cổng số 2. "
    "Ai đi thì ghi tên ở sổ trực.\n\nĐầu mối: 0912345678.\n"
)
SHUTTLE_QUESTION = "xe đưa đón khởi hành lúc mấy giờ"


async def command(person: Persona, text: str) -> SeenMessage:
    await person.sends(text)
    return await person.receives()


async def finished_reload(person: Persona) -> SeenMessage:
    """The progress message, once it has become the report."""
    progress = await person.receives(where=lambda m: m.text.startswith("🔄"))
    return await person.sees_change(
        progress, where=lambda message: not message.text.startswith("🔄")
    )


async def invite(admin: Persona, role: str) -> str:
    """The deep link's parameter of a new invitation for one."""
    asked = await command(admin, "/invite")
    await asked.press(role.capitalize())
    days = await asked.changes()
    await days.press(days.buttons[0])
    uses = await days.changes()
    await uses.press(uses.buttons[0])
    link = await uses.changes()
    found = re.search(r"start=(inv_[\w-]+)", str(link.data))
    assert found is not None, link.text
    return found[1]


async def upload(editor: Persona, name: str, content: bytes) -> SeenMessage:
    """Send a file and return the card that shows what was read."""
    await editor.sends_files((name, content))
    status = await editor.receives()
    return await editor.sees_change(
        status, where=lambda message: document_texts.BUTTON_KEEP in message.buttons
    )


async def test_from_an_invitation_to_a_rollback(office: Sandbox) -> None:
    admin, editor, staff = (office.persona(key) for key in ("admin", "stranger", "staff"))
    await admin.starts()
    await admin.receives()
    # somebody is invited as an editor
    token = await invite(admin, ROLES["editor"])
    await editor.starts(token)
    assert "biên tập viên" in (await editor.receives()).text
    # a question that nothing answers yet
    refusal = await answer(staff, SHUTTLE_QUESTION)
    assert OFF_TOPIC in refusal.text
    await refusal.press(record_texts.DOWN_BUTTON)
    # the editor sees the gap, and closes it with a document
    gaps = await command(editor, "/gaps")
    assert SHUTTLE_QUESTION in gaps.text
    card = await upload(editor, "xe-dua-don.txt", SHUTTLE.encode())
    assert "Xe đưa đón" in card.text
    assert document_texts.PERSONAL_DATA in card.text
    await card.press(document_texts.BUTTON_KEEP)
    report = await finished_reload(editor)
    assert "Đã chuyển sang bản v0002" in report.text
    assert "• Xe đưa đón (D1)" in report.text
    reply = await answer(staff, SHUTTLE_QUESTION)
    assert "6 giờ 45 phút" in reply.text
    await reply.press(record_texts.UP_BUTTON)
    # the figures, as a picture
    figures = await command(admin, "/stats")
    assert figures.data["photo"]
    assert "2 câu hỏi" in figures.text
    # and back
    asked = await command(admin, "/rollback")
    await asked.press(version_texts.CONFIRM_ROLLBACK.format(version="v0001"))
    assert "v0001" in (await admin.receives()).text
    assert OFF_TOPIC in (await answer(staff, SHUTTLE_QUESTION)).text
    # all of it is in the audit log
    log = (await command(admin, "/audit")).text
    for done in ("tạo lời mời", "dùng lời mời", "lưu tài liệu", "cập nhật tài liệu", "quay lại"):
        assert done in log


@on_sqlite
async def test_a_reload_that_loses_an_answer_waits_for_a_decision(
    office: Sandbox, articles: Path
) -> None:
    admin, staff = office.persona("admin"), office.persona("staff")
    articles.joinpath("03-hai-thao-ba-dung-ba-khong.md").write_text(
        "---\ntitle: Nguyên tắc\n---\nNguyên tắc đang được soạn lại.\n", encoding="utf-8"
    )
    await admin.sends("/reload")
    report = await finished_reload(admin)
    assert "chưa chuyển" in report.text
    assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
    last = (await admin.messages())[-1]
    await last.press(version_texts.DISCARD_BUTTON)
    assert "Đã bỏ bản v0002" in (await admin.receives()).text
    await admin.sends("/reload")
    await finished_reload(admin)
    await (await admin.messages())[-1].press(version_texts.USE_BUTTON)
    assert "Đã chuyển sang bản" in (await admin.receives()).text
    assert "thạo nghề" not in (await answer(staff, "2 thạo là gì")).text


def the_article(folder: Path) -> bytes:
    return next(folder.glob("*.txt")).read_bytes()


async def test_the_real_article_comes_in_by_the_chat(office: Sandbox, real_articles: Path) -> None:
    admin = office.persona("admin")
    card = await upload(admin, "bai-viet.txt", the_article(real_articles))
    assert "Cán bộ CCVC Văn phòng UBND tỉnh Lào Cai" in card.text
    await card.press(document_texts.BUTTON_KEEP)
    report = await finished_reload(admin)
    assert "thêm 1" in report.text
    docs = await command(admin, "/docs")
    assert any("Cán bộ CCVC" in button for button in docs.buttons)


DECISION = """UBND TỈNH LÀO CAI
VĂN PHÒNG
Số: 45/QĐ-VP
Lào Cai, ngày 15 tháng 3 năm 2026
QUY CHẾ ĐI XE
của Văn phòng UBND tỉnh Lào Cai
Điều 1. Giờ xe chạy
Xe đưa đón khởi hành lúc 6 giờ 45 phút tại cổng số 2.
CHÁNH VĂN PHÒNG
Lê Văn An
"""


@on_postgresql
async def test_the_details_of_a_decision_are_cited_and_edited(office: Sandbox) -> None:
    admin, staff = office.persona("admin"), office.persona("staff")
    card = await upload(admin, "quy-che.txt", DECISION.encode())
    assert "Người ký: Lê Văn An, Chánh Văn phòng" in card.text
    await card.press(document_texts.BUTTON_KEEP)
    await finished_reload(admin)
    answered = await answer(staff, SHUTTLE_QUESTION)
    await answered.press(answered.buttons[0])
    assert "Nguồn: Quyết định số 45/QĐ-VP ngày 15/03/2026" in (await staff.receives()).text
    docs = await command(admin, "/docs")
    await docs.press(docs.buttons[0])
    shown = await docs.changes()
    await shown.press(document_texts.BUTTON_EDIT)
    menu = await shown.changes()
    await menu.press(document_texts.BUTTON_NUMBER)
    await admin.receives()
    await admin.sends("46/QĐ-VP")
    edited = await admin.receives()
    assert "Số, ký hiệu: 46/QĐ-VP" in edited.text
    await finished_reload(admin)
    answered = await answer(staff, SHUTTLE_QUESTION)
    await answered.press(answered.buttons[0])
    assert "Nguồn: Quyết định số 46/QĐ-VP ngày 15/03/2026" in (await staff.receives()).text
    await edited.press(document_texts.BUTTON_READ)
    assert "Xe đưa đón khởi hành" in (await edited.changes()).text
    log = (await command(admin, "/audit")).text
    assert "sửa thông tin tài liệu" in log


@on_postgresql
@pytest.mark.parametrize("key", ["staff", "stranger"])
async def test_staff_and_strangers_are_refused(office: Sandbox, key: str) -> None:
    for text in ("/reload", "/docs", "/gaps", "/stats", "/people", "/audit"):
        assert "cần quyền" in (await command(office.persona(key), text)).text


@on_sqlite
async def test_a_document_of_staff_is_not_taken(office: Sandbox) -> None:
    staff = office.persona("staff")
    await staff.sends_files(("a.txt", SHUTTLE.encode()))
    assert "cần quyền" in (await staff.receives()).text


@on_postgresql
async def test_an_editor_demoted_in_the_middle_of_an_upload_stores_nothing(
    office: Sandbox, whole: Settings
) -> None:
    admin, editor = office.persona("admin"), office.persona("stranger")
    await admin.starts()
    await admin.receives()
    await editor.starts(await invite(admin, ROLES["editor"]))
    await editor.receives()
    card = await upload(editor, "xe-dua-don.txt", SHUTTLE.encode())
    database = Database.of(whole)
    await database.connect()
    await People(database).set_role(CLI, 1004, Role.STAFF, dt.datetime.now(dt.UTC))
    await database.close()
    pressed = await card.press(document_texts.BUTTON_KEEP)
    assert (pressed.show_alert, "cần quyền" in pressed.text) == (True, True)
    assert (await command(admin, "/docs")).text == document_texts.LIST_EMPTY


async def test_what_is_known_of_somebody_is_shown_and_erased(office: Sandbox) -> None:
    staff = office.persona("staff")
    reply = await answer(staff, "2 thạo là gì")
    await reply.press("👍")  # answered once the answer is stored
    await staff.sends("/mydata")
    assert "2 thạo là gì" in await downloaded(staff)
    await staff.sends("/forgetme")
    asked = await staff.receives(where=lambda message: people_texts.FORGET_YES in message.buttons)
    await asked.press(people_texts.FORGET_YES)
    await asked.changes()
    await staff.sends("/mydata")
    assert "2 thạo là gì" not in await downloaded(staff)


@on_sqlite
async def test_an_editor_who_leaves_is_cut_off_from_the_documents(office: Sandbox) -> None:
    admin, editor = office.persona("admin"), office.persona("stranger")
    await admin.starts()
    await admin.receives()
    await editor.starts(await invite(admin, ROLES["editor"]))
    await editor.receives()
    card = await upload(editor, "xe-dua-don.txt", SHUTTLE.encode())
    await card.press(document_texts.BUTTON_KEEP)
    await finished_reload(editor)
    await editor.sends("/mydata")
    assert "lưu tài liệu D1" in await downloaded(editor)
    await editor.sends("/forgetme")
    asked = await editor.receives(where=lambda message: people_texts.FORGET_YES in message.buttons)
    await asked.press(people_texts.FORGET_YES)
    await asked.changes()
    docs = await command(admin, "/docs")
    await docs.press(docs.buttons[0])
    shown = await docs.changes()
    assert SOMEBODY in shown.text
    assert "1004" not in shown.text


async def downloaded(person: Persona) -> str:
    """The next file that the bot sends."""
    sent = await person.receives(where=lambda message: "document" in message.data)
    return (await sent.download()).decode()
