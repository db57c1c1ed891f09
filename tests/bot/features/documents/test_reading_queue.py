"""Files that wait to be read: places, turns, cancelling, what a restart or a kill leaves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.access.person import CLI
from bot.access.roles import Role
from bot.features.documents import texts
from bot.features.documents.pending_uploads import MAX_DRAFTS, UPLOADS_FOLDER
from bot.features.documents.queued_uploads import UPLOAD_FILE
from bot.features.documents.reading_queue import MAX_QUEUED, READINGS_AT_ONCE
from tests.bot.features.documents.document_chat import OTHER, DocumentChat, document_chat
from tests.bot.features.documents.test_upload_handlers import RULES, card
from tests.bot.offline_request import Call

NOTE = "# Bãi xe\n\nBãi xe mở cửa lúc sáu giờ sáng mỗi ngày làm việc.\n".encode()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
async def chat(tmp_path: Path, articles: Path) -> AsyncIterator[DocumentChat]:
    async with document_chat(tmp_path, articles) as opened:
        opened.reader.open.clear()
        yield opened


async def put(chat: DocumentChat, name: str, /, **fields: object) -> Call:
    """Send a file and return what its sender is told at once."""
    return next(c for c in await chat.puts_file(NOTE, name, **fields) if c.method == "sendMessage")


def drafts(chat: DocumentChat) -> list[str]:
    """The names on the cards that were shown, in their order."""
    cards = (call for call in chat.request.calls if texts.BUTTON_KEEP in call.buttons)
    return [call.text.split("Tệp: ")[1].split("\n")[0] for call in cards]


async def test_the_sender_is_told_the_place_and_sees_it_change(chat: DocumentChat) -> None:
    told = [await put(chat, f"{number}.md") for number in range(READINGS_AT_ONCE + 3)]
    assert all(texts.TURN_NOW in call.text for call in told[:READINGS_AT_ONCE])
    assert "Đã nhận <b>4.md</b>. Đang chờ đọc, trước bạn còn 4 tệp …" in told[-1].text
    assert list(told[-1].buttons) == [texts.BUTTON_CANCEL]
    chat.reader.open.set()
    await chat.queue.join()
    edits = [call.text for call in chat.request.calls if call.method == "editMessageText"]
    assert any("4.md" in text and "còn 2 tệp" in text for text in edits)
    assert sorted(drafts(chat)) == [f"{number}.md" for number in range(5)]
    assert edits[-1].startswith(f"<b>{texts.CARD_HEAD}")  # nothing is written over a card


async def test_one_that_sends_much_does_not_keep_the_others_waiting(chat: DocumentChat) -> None:
    for number in range(6):
        await put(chat, f"{number}.md")
    other = await put(chat, "một.md", **{"from": OTHER}, chat={"id": 2002, "type": "private"})
    assert "còn 2 tệp" in other.text
    chat.reader.open.set()
    await chat.queue.join()
    # of two that begin one after the other, either may come first to the reader
    assert "một.md" in chat.reader.begun[:4]


async def test_a_waiting_file_and_one_that_is_read_are_cancelled(
    chat: DocumentChat, tmp_path: Path
) -> None:
    read, _, waiting = [await put(chat, f"{number}.md") for number in range(3)]
    for call, name in ((waiting, "2.md"), (read, "0.md")):
        data = call.buttons[texts.BUTTON_CANCEL]
        (refused,) = await chat.presses(data, person=OTHER)
        assert refused.parameters["text"] == texts.CANCEL_TOO_LATE
        _, edited = (c for c in await chat.presses(data) if "sendMessage" not in c.method)
        assert edited.text == texts.CANCELLED.format(name=name)
    chat.reader.open.set()
    await chat.queue.join()
    assert drafts(chat) == ["1.md"]
    assert [p.name for p in tmp_path.joinpath(UPLOADS_FOLDER).iterdir() if p.is_dir()] == [
        draft.token for draft in chat.pending.of(1001)
    ]
    (late,) = await chat.presses(read.buttons[texts.BUTTON_CANCEL])
    assert late.parameters["text"] == texts.CANCEL_TOO_LATE


async def test_a_cancelled_file_gives_its_place_back(chat: DocumentChat) -> None:
    told = [await put(chat, f"{number}.md") for number in range(MAX_DRAFTS)]
    refused = await put(chat, "thừa.md")
    assert f"đang có {MAX_DRAFTS} tệp" in refused.text
    await chat.presses(told[3].buttons[texts.BUTTON_CANCEL])
    assert "Đã nhận" in (await put(chat, "vừa.md")).text


async def test_a_file_that_cannot_be_read_gives_its_place_back(chat: DocumentChat) -> None:
    chat.reader.open.set()
    await chat.sends_file(b"\x00", "hỏng.md")
    assert chat.queue.places_of(1001) == 0


async def test_a_full_queue_is_told_at_once(chat: DocumentChat) -> None:
    for number in range(MAX_QUEUED):
        editor = 5000 + number // MAX_DRAFTS
        if number % MAX_DRAFTS == 0:
            await chat.people.set_role(CLI, editor, Role.EDITOR, chat.now, name="Biên tập")
        person = {"id": editor, "is_bot": False, "first_name": "A"}
        await put(chat, "a.md", **{"from": person}, chat={"id": editor, "type": "private"})
    refused = await put(chat, "thừa.md")
    assert refused.text == texts.QUEUE_FULL.format(count=MAX_QUEUED, name="thừa.md")


@pytest.mark.parametrize("read_before", [False, True])
async def test_a_message_that_comes_twice_makes_one_draft(
    chat: DocumentChat, *, read_before: bool
) -> None:
    chat.request.files["f"] = NOTE
    file = {"file_id": "f", "file_unique_id": "f", "file_name": "a.md", "file_size": len(NOTE)}
    if read_before:
        chat.reader.open.set()
    await chat.sends(document=file, message_id=77)
    if read_before:
        await chat.queue.join()
    again = await chat.sends(document=file, message_id=77)
    assert {call.method for call in again} <= {"getFile"}  # of the first
    chat.reader.open.set()
    await chat.queue.join()
    assert drafts(chat) == ["a.md"]


async def test_a_kill_loses_nothing_that_was_received(
    chat: DocumentChat, tmp_path: Path, articles: Path
) -> None:
    told = [await put(chat, f"{number}.md") for number in range(READINGS_AT_ONCE + 2)]
    await chat.reader.has_begun(READINGS_AT_ONCE)
    # what a killed process leaves is what lies on the disk now
    async with document_chat(tmp_path, articles) as after:
        after.request.files.update(chat.request.files)
        await after.queue.join()
        assert sorted(drafts(after)) == [f"{number}.md" for number in range(len(told))]
        cards = [call for call in after.request.calls if texts.BUTTON_KEEP in call.buttons]
        assert {call.method for call in cards} == {"editMessageText"}  # where it was received
        assert not list(tmp_path.joinpath(UPLOADS_FOLDER).glob(f"*/{UPLOAD_FILE}"))


async def test_a_draft_that_was_not_shown_is_shown_after_a_kill(
    chat: DocumentChat, tmp_path: Path, articles: Path
) -> None:
    chat.reader.open.set()
    chat.request.failures["editMessageText"] = (500, "Internal Server Error")
    await put(chat, "a.md")
    await chat.clock.is_waited_for()  # to try again
    assert drafts(chat) == []
    async with document_chat(tmp_path, articles) as after:
        await after.queue.join()
        assert drafts(after) == ["a.md"]
        assert after.reader.begun == []  # it was read


async def test_a_file_that_ends_the_program_each_time_is_given_up(
    chat: DocumentChat, tmp_path: Path, articles: Path
) -> None:
    await put(chat, "a.md")
    (file,) = tmp_path.joinpath(UPLOADS_FOLDER).glob(f"*/{UPLOAD_FILE}")
    await chat.reader.has_begun(1)
    assert '"attempts":1' in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace('"attempts":1', '"attempts":5'), "utf-8")
    async with document_chat(tmp_path, articles) as after:
        await after.queue.join()
        assert "đã đọc 5 lần" in after.request.calls[-1].text
        assert after.queue.places_of(1001) == 0


async def test_a_stop_in_the_middle_of_a_reading_is_no_attempt(
    tmp_path: Path, articles: Path
) -> None:
    async with document_chat(tmp_path, articles) as chat:
        chat.reader.open.clear()
        await put(chat, "a.md")
        await chat.reader.has_begun(1)
    (file,) = tmp_path.joinpath(UPLOADS_FOLDER).glob(f"*/{UPLOAD_FILE}")
    assert '"attempts":0' in file.read_text("utf-8")


async def test_what_telegram_does_not_take_is_told_later(chat: DocumentChat) -> None:
    chat.reader.open.set()
    chat.request.failures["editMessageText"] = (502, "Bad Gateway")
    await put(chat, "a.md")
    await chat.clock.is_waited_for()
    del chat.request.failures["editMessageText"]
    await chat.clock.passes(10)
    await chat.queue.join()
    assert drafts(chat) == ["a.md"]


async def test_a_replaced_document_is_expected_until_its_file_is_kept(
    chat: DocumentChat, tmp_path: Path, articles: Path
) -> None:
    chat.reader.open.set()
    await chat.presses(card(await chat.sends_file(RULES)).buttons[texts.BUTTON_KEEP])
    chat.pending.expect_replacement(1001, 1001, "D1", chat.now)
    chat.reader.open.clear()
    assert "để thay D1" in (await put(chat, "mới.md")).text
    async with document_chat(tmp_path, articles) as after:
        after.request.files.update(chat.request.files)
        await after.queue.join()
        assert "Thay cho D1" in card(after.request.calls).text
        assert after.pending.replacement_expected(1001, 1001, after.now) is None


async def test_whoever_is_forgotten_has_nothing_waiting(chat: DocumentChat, tmp_path: Path) -> None:
    for number in range(READINGS_AT_ONCE + 1):
        await put(chat, f"{number}.md")
    assert chat.service.waiting_files(1001) == ["0.md", "1.md", "2.md"]
    await chat.service.forget(1001)
    assert chat.service.waiting_files(1001) == []
    assert not [p for p in tmp_path.joinpath(UPLOADS_FOLDER).iterdir() if p.is_dir()]
