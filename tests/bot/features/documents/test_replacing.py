"""Official documents through the chat: their details, what they replace, their text."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access.audit import AuditAction, AuditLog
from bot.features.documents import texts
from bot.sandbox.html_parser import parse_html
from bot.telegram.formatting import utf16_units
from knowledge.documents.details import DocumentDetails
from tests.bot.features.documents.document_chat import OTHER, DocumentChat, document_chat
from tests.bot.features.documents.test_upload_handlers import card
from tests.bot.offline_request import Call
from tests.office_files import PARAGRAPH, word, workbook


def regulation(
    number: str, day: str, leave: int, replaced: str, signer: str = "Vàng A Sáng"
) -> bytes:
    return f"""UBND TỈNH LÀO CAI
VĂN PHÒNG
Số: {number}
Lào Cai, ngày {day}
QUY CHẾ LÀM VIỆC
của Văn phòng UBND tỉnh Lào Cai
Điều 1. Phạm vi
{PARAGRAPH}
Điều 2. Nghỉ phép
Người làm việc đủ mười hai tháng tại Văn phòng thì được nghỉ phép {leave} ngày mỗi năm.
Điều 3. Hiệu lực
Quy chế này thay thế Quy chế ban hành kèm theo Quyết định số {replaced}.
KT. CHÁNH VĂN PHÒNG
PHÓ CHÁNH VĂN PHÒNG
(Đã ký)
{signer}
""".encode()


FIRST = regulation("12/QĐ-VP", "10 tháng 02 năm 2021", 12, "3/QĐ-VP")
SECOND = regulation("45/QĐ-VP", "15 tháng 3 năm 2026", 14, "12/QĐ-VP", "Lý Thị Hoa")


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[DocumentChat]:
    tmp_path.joinpath("articles").mkdir()
    async with document_chat(tmp_path, tmp_path / "articles") as opened:
        yield opened


async def stores(chat: DocumentChat, data: bytes, name: str = "a.txt", **fields: str) -> None:
    await chat.presses(card(await chat.sends_file(data, name, **fields)).buttons[texts.BUTTON_KEEP])


async def opens(chat: DocumentChat, document_id: str) -> Call:
    (page,) = await chat.sends("/docs")
    label = next(label for label in page.buttons if f"{document_id} ·" in label)
    shown, _ = await chat.presses(page.buttons[label])
    return shown


async def audited(chat: DocumentChat) -> list[tuple[str, str | None]]:
    entries = await AuditLog(chat.database).page(0, 20)
    return [(entry.action, entry.target) for entry in entries if "document" in entry.action]


async def test_the_card_shows_what_the_letterhead_states(chat: DocumentChat) -> None:
    shown = card(await chat.sends_file(FIRST, "a.txt"))
    for line in (
        "Tiêu đề: <b>Quy chế làm việc của Văn phòng UBND tỉnh Lào Cai</b>",
        "Nguồn: Quyết định số 12/QĐ-VP",
        "Ngày: 10/02/2021",
        "Số, ký hiệu: 12/QĐ-VP",
        "Cơ quan ban hành: Văn phòng UBND tỉnh Lào Cai",
        "Người ký: Vàng A Sáng, Phó Chánh Văn phòng",
        "Đối với văn bản khác: thay thế Quyết định số 3/QĐ-VP",
    ):
        assert f"\n{line}\n" in shown.text
    await chat.presses(shown.buttons[texts.BUTTON_KEEP])
    (stored,) = chat.store.documents()
    assert stored.details.signer == "Vàng A Sáng, Phó Chánh Văn phòng"
    (file,) = chat.store.article_files()
    assert file.stated is not None
    assert (file.stated.number, [str(one) for one in file.stated.amends]) == (
        "12/QĐ-VP",
        ["thay thế Quyết định số 3/QĐ-VP"],
    )


async def test_a_replacement_takes_the_details_of_the_new_file_and_shows_the_changes(
    chat: DocumentChat,
) -> None:
    await stores(chat, FIRST)
    shown = card(await chat.sends_file(SECOND, "b.txt", caption="Thay D1"))
    assert "Nguồn: Quyết định số 45/QĐ-VP\nNgày: 15/03/2026" in shown.text
    assert "So với D1: 5 dòng đổi, 0 dòng thêm, 0 dòng bỏ" in shown.text
    for mark, days in (("−", 12), ("+", 14)):
        assert re.search(rf"\n\{mark} … \w.* nghỉ phép {days} ngày mỗi năm\.\n", shown.text)
    assert "Đã gõ tay" not in shown.text
    assert not any("Lưu, gỡ" in button for button in shown.buttons)
    await chat.presses(shown.buttons[texts.BUTTON_KEEP])
    assert chat.store.get("D2").details.number == "45/QĐ-VP"


async def test_what_people_had_typed_is_offered_and_used_on_request(chat: DocumentChat) -> None:
    first = card(await chat.sends_file(FIRST, "a.txt"))
    (_, menu) = await chat.presses(first.buttons[texts.BUTTON_EDIT])
    await chat.presses(menu.buttons[texts.BUTTON_ISSUER])
    typed = card(await chat.sends("Văn phòng tỉnh"))
    await chat.presses(typed.buttons[texts.BUTTON_KEEP])
    shown = card(await chat.sends_file(SECOND, "b.txt", caption="Thay D1"))
    assert "Cơ quan ban hành: Văn phòng UBND tỉnh Lào Cai" in shown.text
    assert "• Cơ quan ban hành: Văn phòng tỉnh" in shown.text
    (_, menu) = await chat.presses(shown.buttons[texts.BUTTON_EDIT])
    used = card(await chat.presses(menu.buttons[texts.BUTTON_OFFERED]))
    assert "Cơ quan ban hành: Văn phòng tỉnh\n" in used.text
    assert "Đã gõ tay" not in used.text


async def test_a_document_that_is_replaced_by_its_number_can_be_retired_at_once(
    chat: DocumentChat,
) -> None:
    await stores(chat, FIRST)
    shown = card(await chat.sends_file(SECOND, "b.txt"))
    assert "⚠️ Văn bản này thay thế văn bản đang có trong kho: D1" in shown.text
    (_, kept) = await chat.presses(shown.buttons["✅ Lưu, gỡ D1"])
    assert kept.text.endswith("\nĐã gỡ D1.")
    assert [(one.document_id, one.is_active) for one in chat.store.documents()] == [
        ("D2", True),
        ("D1", False),
    ]
    assert await audited(chat) == [
        (AuditAction.RETIRE_DOCUMENT, "D1"),
        (AuditAction.STORE_DOCUMENT, "D2"),
        (AuditAction.STORE_DOCUMENT, "D1"),
    ]
    assert chat.changes == ["D1 active", "D2 active"]


async def test_details_are_edited_later(chat: DocumentChat) -> None:
    await stores(chat, FIRST)
    chat.now += timedelta(minutes=1)
    page = await opens(chat, "D1")
    (menu,) = [c for c in await chat.presses(page.buttons[texts.BUTTON_EDIT]) if c.buttons]
    (_, question) = await chat.presses(menu.buttons[texts.BUTTON_PUBLISHED])
    assert "D1" in question.text
    (refused,) = await chat.sends("tháng 8/2024")
    assert "thiếu ngày" in refused.text
    (shown,) = await chat.sends("hôm qua")
    assert "Ngày: 23/11/2026" in shown.text
    assert "Sửa lúc 10:01 24/11/2026, bởi Lan" in shown.text
    (_, question) = await chat.presses(menu.buttons[texts.BUTTON_SIGNER])
    (_, cleared) = await chat.presses(question.buttons[texts.BUTTON_CLEAR])
    assert "Người ký" not in cleared.text
    details = chat.store.get("D1").details
    assert (details.published, details.signer) == ("2026-11-23", None)
    assert chat.changes == ["D1 active"] * 3
    edit = (AuditAction.EDIT_DOCUMENT, "D1")
    assert await audited(chat) == [edit, edit, (AuditAction.STORE_DOCUMENT, "D1")]


async def test_an_edit_can_be_left_and_nobody_else_answers_it(chat: DocumentChat) -> None:
    await stores(chat, FIRST)
    page = await opens(chat, "D1")
    (menu,) = [c for c in await chat.presses(page.buttons[texts.BUTTON_EDIT]) if c.buttons]
    (_, question) = await chat.presses(menu.buttons[texts.BUTTON_TITLE])
    assert texts.BUTTON_CLEAR not in question.buttons
    await chat.sends("của người khác", **{"from": OTHER})
    for data in menu.buttons.values():
        await chat.presses(data, person=OTHER)
    await chat.presses(question.buttons[texts.BUTTON_BACK])
    await chat.sends("không phải tiêu đề")
    await chat.presses(menu.buttons[texts.BUTTON_TITLE])
    chat.now += timedelta(minutes=16)
    await chat.sends("không phải tiêu đề")
    assert [entry.action for entry in chat.store.history()] == ["added"]


async def test_a_question_about_a_document_survives_a_restart(
    chat: DocumentChat, tmp_path: Path
) -> None:
    await stores(chat, FIRST)
    page = await opens(chat, "D1")
    (menu,) = [c for c in await chat.presses(page.buttons[texts.BUTTON_EDIT]) if c.buttons]
    await chat.presses(menu.buttons[texts.BUTTON_SUMMARY])
    async with document_chat(tmp_path, tmp_path / "articles") as after:
        await after.sends("Về việc làm việc")
        assert after.store.get("D1").details.summary == "Về việc làm việc"


async def test_a_whole_text_is_paged_with_all_its_rows(chat: DocumentChat) -> None:
    rows = [["STT", "Họ tên", "Chức vụ"]]
    rows += [[str(n), f"Người số {n}", f"Chuyên viên phòng chuyên môn {n}"] for n in range(1, 901)]
    draft = card(await chat.sends_file(workbook({"Danh bạ": rows}), "danh bạ.xlsx"))
    (_, page) = await chat.presses(draft.buttons[texts.BUTTON_READ])
    assert page.method == "sendMessage"  # the card stays
    seen = []
    while True:
        text, _ = parse_html(page.text)
        assert utf16_units(text) <= 4_096
        assert "|" not in text
        seen.append(text)
        if texts.BUTTON_NEXT not in page.buttons:
            break
        (_, page) = await chat.presses(page.buttons[texts.BUTTON_NEXT])
    whole = "\n".join(seen)
    assert all(f"{n}. Người số {n}\n  Chức vụ: Chuyên viên" in whole for n in range(1, 901))
    assert f"trang {len(seen)}/{len(seen)}" in seen[-1]
    assert texts.BUTTON_FIRST in page.buttons


async def test_the_text_of_a_stored_document_opens_in_its_place(chat: DocumentChat) -> None:
    await stores(chat, FIRST)
    page = await opens(chat, "D1")
    (_, text) = await chat.presses(page.buttons[texts.BUTTON_READ])
    assert text.method == "editMessageText"
    assert "\n\n<b>Điều 2. Nghỉ phép</b>\nNgười làm việc" in text.text
    (back, _) = await chat.presses(text.buttons["« D1"])
    assert "Trạng thái: chưa vào bản đang dùng" in back.text


async def test_a_narrow_table_of_the_preview_stands_between_quotations(chat: DocumentChat) -> None:
    data = workbook({"Danh bạ": [["Phòng", "Số máy"], ["Tổng hợp", "101"], ["Kinh tế", "102"]]})
    shown = card(await chat.sends_file(data, "a.xlsx"))
    assert "<b>Danh bạ</b></blockquote>\n<pre>Phòng     Số máy\n" in shown.text


async def test_a_draft_of_earlier_days_is_still_there(chat: DocumentChat) -> None:
    draft = card(await chat.sends_file(word(), "a.docx"))
    (folder,) = (p for p in chat.store.root.joinpath("pending").iterdir() if p.is_dir())
    place = folder / "draft.json"
    early = re.sub(r',"ends":\[\].*', "}", place.read_text(encoding="utf-8"))
    assert early != place.read_text(encoding="utf-8")
    place.write_text(early, encoding="utf-8")
    chat.pending.load(chat.now)
    await chat.presses(draft.buttons[texts.BUTTON_KEEP])
    assert chat.store.get("D1").details == DocumentDetails("a")
