from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access.person import Identity
from bot.features.documents import texts
from bot.features.documents.buttons import PAGE_SIZE
from bot.features.documents.personal_data import DocumentsOfPerson
from bot.limits import CALLBACK_DATA_BYTES
from bot.telegram.texts import NOT_YOUR_BUTTON
from knowledge.documents.details import DocumentDetails
from knowledge.documents.reader import read_document
from knowledge.documents.store import NewDocument
from tests.bot.features.documents.document_chat import OTHER, DocumentChat, document_chat
from tests.bot.features.documents.test_upload_handlers import card
from tests.office_files import PARAGRAPH, word


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[DocumentChat]:
    tmp_path.joinpath("articles").mkdir()
    async with document_chat(tmp_path, tmp_path / "articles") as opened:
        yield opened


def put_in(chat: DocumentChat, count: int, by: str = "7") -> list[bytes]:
    files = [word([("", f"{PARAGRAPH} Bản {number}.")]) for number in range(1, count + 1)]
    for number, data in enumerate(files, 1):
        reading = read_document(data, "a.docx")
        new = NewDocument.of(
            data, f"tệp {number}.docx", reading, DocumentDetails(f"Bài <{number}>")
        )
        chat.store.add(new, by=by, now=chat.now)
    return files


async def test_an_empty_store_says_how_to_begin(chat: DocumentChat) -> None:
    (call,) = await chat.sends("/docs")
    assert call.text == texts.LIST_EMPTY


async def test_pages_are_turned(chat: DocumentChat) -> None:
    put_in(chat, 2 * PAGE_SIZE + 1)
    (first,) = await chat.sends("/docs")
    assert "Kho tài liệu: 17 chưa vào bản đang dùng" in first.text  # there is no version
    assert next(iter(first.buttons)) == "⏳ D17 · Bài <17>"
    assert len(first.buttons) == PAGE_SIZE + 1
    (_, second) = await chat.presses(first.buttons[texts.BUTTON_NEXT])
    assert {texts.BUTTON_PREVIOUS, texts.BUTTON_NEXT} <= set(second.buttons)
    (_, last) = await chat.presses(second.buttons[texts.BUTTON_NEXT])
    assert list(last.buttons) == ["⏳ D1 · Bài <1>", texts.BUTTON_PREVIOUS]
    for call in (first, second, last):
        assert all(len(data.encode()) <= CALLBACK_DATA_BYTES for data in call.buttons.values())


async def test_a_document_is_viewed_retired_restored_and_downloaded(chat: DocumentChat) -> None:
    (data,) = put_in(chat, 1)
    (first,) = await chat.sends("/docs")
    (shown, _) = await chat.presses(first.buttons["⏳ D1 · Bài <1>"])
    assert "<b>Bài &lt;1&gt;</b>" in shown.text
    assert f"<blockquote expandable>{PARAGRAPH}" in shown.text
    assert "Thêm lúc 10:00 24/11/2026, bởi 7" in shown.text

    (_, sent) = await chat.presses(shown.buttons[texts.BUTTON_DOWNLOAD])
    assert sent.method == "sendDocument"
    assert sent.files["document"] == ("tệp 1.docx", data)

    chat.now += timedelta(minutes=1)
    (_, retired) = await chat.presses(shown.buttons[texts.BUTTON_RETIRE])
    assert "Trạng thái: đã gỡ" in retired.text
    assert "Sửa lúc 10:01 24/11/2026, bởi Lan" in retired.text
    (again,) = await chat.presses(shown.buttons[texts.BUTTON_RETIRE])
    assert "đã được gỡ" in again.parameters["text"]
    (_, restored) = await chat.presses(retired.buttons[texts.BUTTON_RESTORE])
    assert "Trạng thái: chưa vào bản đang dùng" in restored.text
    assert chat.changes == ["D1 retired", "D1 active"]


@pytest.mark.parametrize(
    ("by", "shown_as"),
    [
        ("2002", "Trần &lt;Minh&gt;"),
        ("3003", "người đã xóa dữ liệu"),
        ("4004", "4004"),  # no longer in the list of people: the number is all that is known
        ("cli:root", "dòng lệnh (root)"),
    ],
)
async def test_card_says_who_added_a_document(chat: DocumentChat, by: str, shown_as: str) -> None:
    await chat.people.refresh_names(Identity(2002, "Trần <Minh>"))
    put_in(chat, 1, by=by)
    await DocumentsOfPerson(chat.service).erase(3003)
    (first,) = await chat.sends("/docs")
    (shown, _) = await chat.presses(first.buttons["⏳ D1 · Bài <1>"])
    assert f"Thêm lúc 10:00 24/11/2026, bởi {shown_as}\n" in shown.text


async def test_a_replacement_is_announced_and_sent(chat: DocumentChat) -> None:
    put_in(chat, 1)
    (first,) = await chat.sends("/docs")
    (shown, _) = await chat.presses(first.buttons["⏳ D1 · Bài <1>"])
    (_, asked) = await chat.presses(shown.buttons[texts.BUTTON_REPLACE])
    assert "gửi tệp mới để thay D1" in asked.text
    other = card(await chat.sends_file(word(), "b.docx", **{"from": OTHER, "chat": OTHER_CHAT}))
    assert "Thay cho" not in other.text
    new = card(await chat.sends_file(word(), "b.docx"))
    assert "Thay cho D1" in new.text
    assert "⚠️ Có thể trùng" not in new.text
    await chat.presses(new.buttons[texts.BUTTON_KEEP])
    assert chat.store.get("D2").replaces == "D1"
    assert "Thay cho" not in card(await chat.sends_file(word([("", "Khác hẳn đi.")]))).text


OTHER_CHAT = {"id": 2002, "type": "private", "first_name": "Minh"}


async def test_an_announced_replacement_is_forgotten_after_an_hour(chat: DocumentChat) -> None:
    put_in(chat, 1)
    chat.pending.expect_replacement(1001, 1001, "D1", chat.now)
    chat.now += timedelta(hours=1)
    assert "Thay cho" not in card(await chat.sends_file(word())).text


async def test_another_person_and_forged_data_are_refused(chat: DocumentChat) -> None:
    put_in(chat, 1)
    (first,) = await chat.sends("/docs")
    (shown, _) = await chat.presses(first.buttons["⏳ D1 · Bài <1>"])
    for data in [*first.buttons.values(), *shown.buttons.values()]:
        (answered,) = await chat.presses(data, person=OTHER)
        assert answered.parameters["text"] in {texts.NOT_YOURS, NOT_YOUR_BUTTON}
    for data in ("dd:", "dd:rt:r:D1", "dd:rt:zz:D1:1", "dd:rt:r:../x:1"):
        (answered,) = await chat.presses(data)
        assert answered.parameters["text"] == texts.NOT_YOURS
    own = shown.buttons[texts.BUTTON_RETIRE].replace("D1", "D9")
    (answered,) = await chat.presses(own)
    assert "không có tài liệu “D9”" in answered.parameters["text"]
    assert chat.store.get("D1").is_active


async def test_a_damaged_text_is_shown_as_such(chat: DocumentChat) -> None:
    put_in(chat, 1)
    chat.store.root.joinpath("readings", "D1.json").write_text("{", encoding="utf-8")
    (first,) = await chat.sends("/docs")
    (shown, _) = await chat.presses(first.buttons["⏳ D1 · Bài <1>"])
    assert "bị hỏng" in shown.text
