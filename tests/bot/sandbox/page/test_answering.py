"""Buttons, polls and files."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import FilePayload, expect

from tests.bot.sandbox.page.chat_page import STAFF, ChatPage, keyboard, started
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ATTACK = '<img src=x onerror="window.attacked=1">'


def picture(color: str, size: tuple[int, int] = (640, 480)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, color).save(content, "PNG")
    return content.getvalue()


async def test_pressing_a_button_shows_what_the_bot_answers(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    rows = keyboard(
        [
            {"text": "📄 Nguồn", "callback_data": "source"},
            {"text": "Báo", "callback_data": "alert"},
        ],
        [{"text": "Chép", "copy_text": {"text": "điều 828"}}],
        [{"text": "Trang", "url": "https://laocai.gov.vn/"}],
    )
    await scripted_bot.says(STAFF, "Xem nguồn?", reply_markup=rows)
    source = chat_page.button("📄 Nguồn")
    await source.click()
    query = await scripted_bot.sees("callback_query")
    assert query["data"] == "source"
    await expect(source).to_have_attribute("aria-busy", "true")
    await scripted_bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Đã mở")
    await expect(chat_page.page.locator(".toast")).to_have_text("Đã mở")
    await expect(source).not_to_have_attribute("aria-busy", "true")
    await chat_page.button("Báo").click()
    query = await scripted_bot.sees("callback_query")
    await scripted_bot.call(
        "answerCallbackQuery", callback_query_id=query["id"], text=ATTACK, show_alert=True
    )
    dialog = chat_page.page.get_by_role("dialog")
    await expect(dialog).to_contain_text(ATTACK)
    await chat_page.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await chat_page.button("Chép").click()
    await expect(chat_page.page.locator(".toast").last).to_contain_text("Đã chép")
    assert await chat_page.page.evaluate("navigator.clipboard.readText()") == "điều 828"
    await expect(chat_page.page.get_by_role("link", name="Trang")).to_have_attribute(
        "href", "https://laocai.gov.vn/"
    )


async def test_a_quiz_shows_right_and_wrong_after_the_vote(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    sent = await scripted_bot.call(
        "sendPoll",
        chat_id=STAFF,
        question="Ngày truyền thống?",
        options=[{"text": "28/8"}, {"text": "2/9"}, {"text": "3/2"}],
        type="quiz",
        correct_option_ids=[0],
        explanation="Theo <b>tài liệu</b>.",
        explanation_parse_mode="HTML",
        is_anonymous=False,
    )
    row = chat_page.row(sent["message_id"])
    await expect(row).not_to_contain_text("Theo tài liệu")
    await row.get_by_role("button", name="2/9").click()
    assert (await scripted_bot.sees("poll_answer"))["option_ids"] == [1]
    await expect(row.locator(".poll-verdict")).to_have_text("Chưa đúng")
    await expect(row.locator(".poll-result.right .option-text")).to_have_text("28/8")
    await expect(row.locator(".poll-result.wrong .option-text")).to_have_text("2/9")
    await expect(row.locator(".poll-result.wrong .percent")).to_have_text("100%")
    await expect(row.get_by_role("note")).to_have_text("Theo tài liệu.")
    await expect(row.get_by_role("button", name="Rút phiếu")).to_have_count(0)


async def test_a_poll_takes_several_choices_and_gives_them_back(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    sent = await scripted_bot.call(
        "sendPoll",
        chat_id=STAFF,
        question="Học phần nào?",
        options=[{"text": "Lịch sử"}, {"text": "Chức năng"}, {"text": "Truyền thống"}],
        allows_multiple_answers=True,
        is_anonymous=False,
    )
    row = chat_page.row(sent["message_id"])
    vote = row.get_by_role("button", name="Bình chọn")
    await expect(vote).to_be_disabled()
    await row.get_by_label("Lịch sử").check()
    await row.get_by_label("Truyền thống").check()
    await vote.click()
    assert (await scripted_bot.sees("poll_answer"))["option_ids"] == [0, 2]
    await expect(row.locator(".poll-result.picked")).to_have_count(2)
    await row.get_by_role("button", name="Rút phiếu").click()
    assert (await scripted_bot.sees("poll_answer"))["option_ids"] == []
    await expect(vote).to_be_disabled()
    await scripted_bot.call("stopPoll", chat_id=STAFF, message_id=sent["message_id"])
    await expect(row).to_contain_text("Bình chọn đã kết thúc")


async def test_files_go_up_and_come_down(
    chat_page: ChatPage, scripted_bot: ScriptedBot, tmp_path: Path
) -> None:
    await started(chat_page, scripted_bot)
    content = "Quyết định 828".encode() * 1000
    payload = FilePayload(name="quyết định.docx", mimeType="application/msword", buffer=content)
    await chat_page.page.locator("#file-input").set_input_files(payload)
    dialog = chat_page.page.get_by_role("dialog", name="Gửi một tệp")
    await dialog.get_by_label("Chú thích").fill("bản mới")
    await dialog.get_by_role("button", name="Gửi").click()
    seen = await scripted_bot.sees("message")
    assert seen["caption"] == "bản mới"
    assert seen["document"]["file_name"] == "quyết định.docx"
    assert await scripted_bot.file(seen["document"]["file_id"]) == content
    await expect(dialog).to_have_count(0)
    await scripted_bot.call(
        "sendDocument", ("document", "trả lời.bin", content[::-1]), chat_id=STAFF
    )
    async with chat_page.page.expect_download() as download:
        await chat_page.page.get_by_role("link", name="Tải tệp trả lời.bin").click()
    saved = tmp_path / "down"
    await (await download.value).save_as(saved)
    assert saved.read_bytes() == content[::-1]
    assert (await download.value).suggested_filename == "trả lời.bin"


async def test_several_photos_make_an_album_and_one_opens_large(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    await chat_page.page.locator("#file-input").set_input_files(
        [
            FilePayload(name=f"{color}.png", mimeType="image/png", buffer=picture(color))
            for color in ("green", "blue", "gold")
        ]
    )
    dialog = chat_page.page.get_by_role("dialog", name="Gửi 3 tệp")
    await expect(dialog.locator("canvas")).to_have_count(3)
    await expect(dialog.get_by_label("Ảnh")).to_be_checked()
    await dialog.get_by_label("Chú thích").press("Enter")
    seen = [await scripted_bot.sees("message") for _ in range(3)]
    assert len({message["media_group_id"] for message in seen}) == 1
    album = chat_page.last.locator(".album .photo img")
    await expect(album).to_have_count(3)
    for index in range(3):
        await expect(album.nth(index)).to_have_js_property("complete", value=True)
        assert await album.nth(index).evaluate("image => image.naturalWidth") > 0
    await chat_page.last.locator(".photo").first.click()
    await expect(chat_page.page.get_by_role("dialog", name="Xem ảnh")).to_be_visible()
    await chat_page.page.keyboard.press("Escape")
    await expect(chat_page.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "label", "mime_type"),
    [("voice", "Tin thoại", "audio/ogg"), ("video", "Video", "video/mp4")],
)
async def test_voices_and_videos_can_be_played(
    chat_page: ChatPage, scripted_bot: ScriptedBot, kind: str, label: str, mime_type: str
) -> None:
    await started(chat_page, scripted_bot)
    payload = FilePayload(name="ghi lại", mimeType=mime_type, buffer=b"content")
    await chat_page.page.locator("#file-input").set_input_files(payload)
    dialog = chat_page.page.get_by_role("dialog", name="Gửi một tệp")
    await dialog.get_by_label(label).check()
    await dialog.get_by_role("button", name="Gửi").click()
    seen = await scripted_bot.sees("message")
    assert await scripted_bot.file(seen[kind]["file_id"]) == b"content"
    await expect(chat_page.last.locator("audio, video")).to_be_visible()


DROP = """([kind, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "text/plain" }));
    const target = document.querySelector(kind === "paste" ? "#input" : "#scroller");
    const init = { bubbles: true, cancelable: true };
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { ...init, clipboardData: data })
        : new DragEvent(kind, { ...init, dataTransfer: data });
    target.dispatchEvent(event);
}"""


@pytest.mark.parametrize("kinds", [["dragenter", "dragover", "drop"], ["paste"]])
async def test_files_can_be_dropped_and_pasted(
    chat_page: ChatPage, scripted_bot: ScriptedBot, kinds: list[str]
) -> None:
    await started(chat_page, scripted_bot)
    for kind in kinds:
        await chat_page.page.evaluate(DROP, [kind, "ghi chú.txt", "nội dung"])
    dialog = chat_page.page.get_by_role("dialog", name="Gửi một tệp")
    await expect(dialog).to_contain_text("ghi chú.txt")
    await dialog.get_by_role("button", name="Gửi").click()
    seen = await scripted_bot.sees("message")
    assert (await scripted_bot.file(seen["document"]["file_id"])).decode() == "nội dung"


async def test_what_the_server_refuses_is_told(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    many = [FilePayload(name=f"{n}.txt", mimeType="text/plain", buffer=b"x") for n in range(11)]
    await chat_page.page.locator("#file-input").set_input_files(many)
    await expect(chat_page.page.locator(".toast")).to_contain_text("tối đa 10 tệp")
    await chat_page.writes("x" * 4097)
    await expect(chat_page.page.locator(".toast").last).to_contain_text("tối đa 4.096 ký tự")
    await expect(chat_page.input).to_have_value("x" * 4097)
    sent = await scripted_bot.call(
        "sendPoll",
        chat_id=STAFF,
        question="Đóng rồi?",
        options=[{"text": "a"}, {"text": "b"}],
        is_anonymous=False,
    )
    # The person's own view is a moment behind: the vote comes after the poll was closed.
    chat_page.expected_refusals = {"409"}
    await chat_page.page.route("**/vote", lambda route: route.fulfill(status=409, json={}))
    await chat_page.row(sent["message_id"]).get_by_role("button", name="a", exact=True).click()
    await expect(chat_page.page.locator(".toast").last).to_contain_text("Không thể làm việc này")
    await expect(
        chat_page.row(sent["message_id"]).get_by_role("button", name="a", exact=True)
    ).to_be_enabled()
