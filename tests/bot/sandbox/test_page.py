"""The chat page in Chromium, against the real sandbox and a bot that says what the test wants."""

import asyncio
import io
import itertools
import re
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, expect

from bot.sandbox import Sandbox
from tests.bot.sandbox.chat_page import ChatPage
from tests.bot.sandbox.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")

STAFF = 1001
GROUP = -1001000000001
ATTACK = '<img src=x onerror="window.attacked=1">'


def picture(color: str, size: tuple[int, int] = (640, 480)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, color).save(content, "PNG")
    return content.getvalue()


async def started(chat_page: ChatPage, bot: ScriptedBot, **opened: Any) -> None:
    """The person has pressed "Bắt đầu", so the bot may write to them."""
    await chat_page.open(**opened)
    await chat_page.button("Bắt đầu").click()
    assert (await bot.sees("message"))["text"] == "/start"
    await expect(chat_page.rows).to_have_count(1)


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


async def test_the_page_can_be_used_within_a_second(chat_page: ChatPage) -> None:
    await chat_page.open()  # the browser has compiled its own parts now
    before = time.perf_counter()
    await chat_page.open()
    assert time.perf_counter() - before < 1
    await expect(chat_page.button("Bắt đầu")).to_be_visible()
    await expect(chat_page.page.get_by_text("Chạy thử, không nối Telegram")).to_be_visible()


async def test_an_empty_chat_shows_the_description_and_starts(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await scripted_bot.call("setMyDescription", description="Hỏi đáp về Văn phòng.")
    await chat_page.open()
    await expect(chat_page.page.locator("#empty")).to_contain_text("Hỏi đáp về Văn phòng.")
    await chat_page.button("Bắt đầu").click()
    seen = await scripted_bot.sees("message")
    assert seen["text"] == "/start"
    await scripted_bot.says(seen["chat"]["id"], "Chào <b>anh/chị</b>!", parse_mode="HTML")
    await expect(chat_page.last.locator("strong")).to_have_text("anh/chị")
    await expect(chat_page.page.locator("#empty")).to_be_hidden()
    await chat_page.writes("Trụ sở ở đâu?")
    assert (await scripted_bot.sees("message"))["text"] == "Trụ sở ở đâu?"
    await expect(chat_page.last).to_have_class(re.compile(r"\bout\b"))
    await expect(chat_page.input).to_have_value("")


async def test_a_deep_link_starts_with_its_parameter(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await chat_page.open(query="?start=quiz_7")
    await chat_page.button("Bắt đầu").click()
    assert (await scripted_bot.sees("message"))["text"] == "/start quiz_7"
    me = await scripted_bot.call("getMe")
    link = f"https://t.me/{me['username']}?start=lesson"
    await scripted_bot.says(STAFF, f'<a href="{link}">Vào bài</a>', parse_mode="HTML")
    await chat_page.page.get_by_role("link", name="Vào bài").click()
    await chat_page.button("Bắt đầu").click()
    assert (await scripted_bot.sees("message"))["text"] == "/start lesson"


FORMATS = [
    ("<b>đậm</b>", "strong", "đậm"),
    ("<i>nghiêng</i>", "em", "nghiêng"),
    ("<u>gạch chân</u>", "u", "gạch chân"),
    ("<s>gạch bỏ</s>", "s", "gạch bỏ"),
    ("<code>mã</code>", "code", "mã"),
    ('<pre><code class="language-python">x = 1</code></pre>', ".code-block pre code", "x = 1"),
    ("<blockquote>trích</blockquote>", "blockquote.quote", "trích"),
    ("<b>một <i>hai</i></b>", "strong em", "hai"),
    ('🇻🇳👩‍👩‍👧 <a href="https://laocai.gov.vn/?a=1&amp;b=2">trang</a>', "a", "trang"),
    ("xem https://laocai.gov.vn nhé", "a[href='https://laocai.gov.vn/']", "https://laocai.gov.vn"),
    ("thư a@laocai.gov.vn", "a[href='mailto:a@laocai.gov.vn']", "a@laocai.gov.vn"),
    ("gõ /help đi", "button.text-button", "/help"),
    ("<b>trước</b>\n<blockquote>giữa</blockquote>\nsau", ".text", "trướcgiữasau"),
]


async def test_formatting_is_shown(chat_page: ChatPage, scripted_bot: ScriptedBot) -> None:
    await started(chat_page, scripted_bot)
    for html, selector, text in FORMATS:
        sent = await scripted_bot.says(STAFF, html, parse_mode="HTML")
        found = chat_page.row(sent["message_id"]).locator(selector)
        await expect(found).to_have_count(1)
        shown = await found.evaluate(
            "e => { const c = e.cloneNode(true); c.querySelectorAll('.meta').forEach(m => m.remove());"
            " return c.textContent }"
        )
        assert shown == text


async def test_a_spoiler_and_a_long_quote_open(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    quote = "Văn phòng tham mưu, giúp việc và phục vụ. " * 20
    html = f"<tg-spoiler>bí mật</tg-spoiler>\n<blockquote expandable>{quote}</blockquote>"
    sent = await scripted_bot.says(STAFF, html, parse_mode="HTML")
    row = chat_page.row(sent["message_id"])
    await row.get_by_role("button", name="Nội dung ẩn, bấm để xem").press("Enter")
    await expect(row.locator(".spoiler")).to_have_class(re.compile("revealed"))
    body = row.locator(".quote-body")
    short = (await body.bounding_box() or {})["height"]
    await row.get_by_role("button", name="Mở rộng trích dẫn").click()
    assert (await body.bounding_box() or {})["height"] > 2 * short
    # What was opened stays open when the bot changes the message.
    await scripted_bot.call(
        "editMessageText",
        chat_id=STAFF,
        message_id=sent["message_id"],
        text=html + "\nthêm",
        parse_mode="HTML",
    )
    await expect(row.locator(".edited")).to_have_text("đã sửa")
    await expect(row.locator(".spoiler")).to_have_class(re.compile("revealed"))
    await row.get_by_role("button", name="Thu gọn trích dẫn").click()
    await expect(row.get_by_role("button", name="Mở rộng trích dẫn")).to_be_visible()


async def test_only_harmless_addresses_become_links(chat_page: ChatPage) -> None:
    await chat_page.open()
    table = {
        "https://laocai.gov.vn": True,
        "laocai.gov.vn/a": True,
        "http://127.0.0.1:1/": True,
        "tg://user?id=1": True,
        "mailto:a@b.vn": True,
        "tel:+84214": True,
        "javascript:alert(1)": False,
        " JavaScript:alert(1)": False,
        "java\nscript:alert(1)": False,
        "data:text/html,<script>alert(1)</script>": False,
        "vbscript:x": False,
        "file:///etc/passwd": False,
        "blob:https://a/b": False,
        "": False,
    }
    safe = await chat_page.page.evaluate(
        "async (all) => { const { safeUrl } = await import('/page/entities.js');"
        " return all.map(each => safeUrl(each)?.protocol ?? null) }",
        list(table),
    )
    allowed = {"http:", "https:", "tg:", "mailto:", "tel:", None}
    assert set(safe) <= allowed
    assert [each is not None for each in safe] == list(table.values())


async def test_pressing_a_button_shows_what_the_bot_answers(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    rows = keyboard(
        [{"text": "📄 Nguồn", "callback_data": "source"}, {"text": "Báo", "callback_data": "alert"}],
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
    await scripted_bot.call("sendDocument", ("document", "trả lời.bin", content[::-1]), chat_id=STAFF)
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


async def test_what_the_bot_does_shows_live(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    status = chat_page.page.locator("#chat-status")
    await scripted_bot.call("sendChatAction", chat_id=STAFF, action="typing")
    await expect(status).to_contain_text("đang gõ")
    await scripted_bot.call("sendMessageDraft", chat_id=STAFF, draft_id=5, text="Đang viết dở")
    await expect(chat_page.page.locator("#draft")).to_have_text("Đang viết dở")
    sent = await scripted_bot.says(STAFF, "Đã viết xong")
    await expect(chat_page.page.locator("#draft")).to_be_hidden()
    await expect(status).to_have_text(re.compile("^bot"))
    row = chat_page.row(sent["message_id"])
    await scripted_bot.call(
        "editMessageText", chat_id=STAFF, message_id=sent["message_id"], text="Đã viết lại"
    )
    await expect(row.locator(".text")).to_contain_text("Đã viết lại")
    await expect(row.locator(".edited")).to_have_text("đã sửa")
    await scripted_bot.call("pinChatMessage", chat_id=STAFF, message_id=sent["message_id"])
    await expect(chat_page.page.locator("#pinned")).to_contain_text("Đã viết lại")
    await scripted_bot.call("deleteMessage", chat_id=STAFF, message_id=sent["message_id"])
    await expect(row).to_have_count(0)
    await expect(chat_page.page.locator("#pinned")).to_be_hidden()


async def test_people_reply_edit_react_pin_and_delete(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    sent = await scripted_bot.says(STAFF, "Hỏi gì cũng được")
    row = chat_page.row(sent["message_id"])

    async def menu(name: str) -> None:
        await row.locator(".bubble").click(button="right")
        await chat_page.page.get_by_role("menuitem", name=name).click()

    await menu("Trả lời")
    await chat_page.writes("Trụ sở?")
    seen = await scripted_bot.sees("message")
    assert seen["reply_to_message"]["message_id"] == sent["message_id"]
    await chat_page.last.locator(".reply-quote").click()
    await expect(row).to_be_focused()
    await row.locator(".bubble").click(button="right")
    await chat_page.button("👍").click()
    assert (await scripted_bot.sees("message_reaction"))["new_reaction"][0]["emoji"] == "👍"
    reaction = row.locator(".reaction")
    await expect(reaction).to_have_attribute("aria-pressed", "true")
    await reaction.click()
    await expect(reaction).to_have_count(0)
    await menu("Ghim")
    await expect(chat_page.page.locator("#pinned")).to_contain_text("Hỏi gì cũng được")
    await chat_page.input.press("ArrowUp")
    await expect(chat_page.input).to_have_value("Trụ sở?")
    await chat_page.writes("Trụ sở ở đâu?")
    assert (await scripted_bot.sees("edited_message"))["text"] == "Trụ sở ở đâu?"
    await menu("Xoá")
    await chat_page.page.get_by_role("dialog").get_by_role("button", name="Xoá").click()
    await expect(row).to_have_count(0)


async def test_commands_come_from_the_menu_and_from_a_slash(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    commands = [
        {"command": "start", "description": "Lời chào"},
        {"command": "ask", "description": "Hỏi một câu"},
    ]
    await scripted_bot.call("setMyCommands", commands=commands)
    await started(chat_page, scripted_bot)
    await chat_page.button("Menu").click()
    options = chat_page.suggestions
    await expect(options).to_have_count(2)
    await options.filter(has_text="/ask").click()
    assert (await scripted_bot.sees("message"))["text"] == "/ask"
    await chat_page.input.fill("/as")
    await expect(options).to_have_count(1)
    await chat_page.input.press("Tab")
    await expect(chat_page.input).to_have_value("/ask ")
    await chat_page.input.fill("/")
    await chat_page.input.press("Escape")
    await expect(options).to_have_count(0)


async def test_a_reply_keyboard_sends_its_texts(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    await scripted_bot.says(
        STAFF,
        "Chọn:",
        reply_markup={
            "keyboard": [[{"text": "📚 Ôn tập"}, {"text": "❓ Hỏi đáp"}]],
            "one_time_keyboard": True,
            "input_field_placeholder": "Chọn một mục",
        },
    )
    await expect(chat_page.input).to_have_attribute("placeholder", "Chọn một mục")
    await chat_page.button("📚 Ôn tập").click()
    assert (await scripted_bot.sees("message"))["text"] == "📚 Ôn tập"
    await expect(chat_page.button("📚 Ôn tập")).to_be_hidden()
    await chat_page.button("Bàn phím của bot").click()
    await expect(chat_page.button("📚 Ôn tập")).to_be_visible()
    await scripted_bot.says(STAFF, "Cất đi", reply_markup={"remove_keyboard": True})
    await expect(chat_page.button("Bàn phím của bot")).to_be_hidden()
    asked = await scripted_bot.says(STAFF, "Tên gì?", reply_markup={"force_reply": True})
    await expect(chat_page.page.locator("#context-bar")).to_contain_text("Tên gì?")
    await chat_page.writes("Lan")
    seen = await scripted_bot.sees("message")
    assert seen["reply_to_message"]["message_id"] == asked["message_id"]


async def test_inline_mode_offers_and_sends_results(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    me = await scripted_bot.call("getMe")
    await chat_page.input.press_sequentially(f"@{me['username']} thạo")
    query = await scripted_bot.sees("inline_query")
    assert query["query"] == "thạo"
    results = [
        {
            "type": "article",
            "id": str(number),
            "title": title,
            "description": "Nguyên tắc",
            "input_message_content": {"message_text": f"{title}: thạo việc"},
        }
        for number, title in enumerate(("2 thạo", ATTACK))
    ]
    await scripted_bot.call("answerInlineQuery", inline_query_id=query["id"], results=results)
    await expect(chat_page.suggestions).to_have_count(2)
    await chat_page.input.press("ArrowDown")
    await chat_page.input.press("Enter")
    assert (await scripted_bot.sees("message"))["text"] == "2 thạo: thạo việc"
    await expect(chat_page.last.locator(".via")).to_have_text(f"qua @{me['username']}")
    await expect(chat_page.input).to_have_value("")


async def test_the_bot_can_be_blocked_and_started_again(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    await chat_page.button("Việc khác").click()
    await chat_page.page.get_by_role("menuitem", name="Dừng và chặn bot").click()
    changed = await scripted_bot.sees("my_chat_member")
    assert changed["new_chat_member"]["status"] == "kicked"
    await chat_page.button("Khởi động lại bot").click()
    assert (await scripted_bot.sees("message"))["text"] == "/start"
    await expect(chat_page.input).to_be_visible()


async def test_the_group_is_seen_by_a_chosen_persona(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    chat_page.expected_refusals = {"403"}
    await chat_page.open("staff", "group")
    await chat_page.writes("/ask ngày nào")
    assert (await scripted_bot.sees("message"))["chat"]["id"] == GROUP
    await scripted_bot.says(GROUP, "Ngày 28/8")
    await expect(chat_page.last.locator(".sender")).to_be_visible()
    await chat_page.page.get_by_label("Trong vai").select_option("editor")
    await expect(chat_page.rows.first).to_have_class(re.compile(r"\bin\b"))
    await chat_page.page.get_by_label("Trong vai").select_option("newcomer")
    await expect(chat_page.page.locator("#empty")).to_contain_text("không ở trong nhóm")
    await chat_page.button("Vào nhóm").click()
    await expect(chat_page.last).to_contain_text("đã vào nhóm")
    await expect(chat_page.input).to_be_visible()


async def test_other_chats_count_what_was_not_read(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    await chat_page.choose("Nhân viên mới")
    for text in ("một", "hai"):
        await scripted_bot.says(STAFF, text)
    item = chat_page.page.locator(".chat-item[data-key=staff]")
    await expect(item.locator(".badge")).to_have_text("2 tin chưa đọc")
    await expect(item.locator(".chat-item-preview")).to_have_text("hai")
    await expect(chat_page.page).to_have_title(re.compile(r"^\(2\) "))
    await chat_page.choose("Cán bộ")
    await expect(item.locator(".badge")).to_be_hidden()
    await expect(chat_page.last).to_contain_text("hai")


async def test_nothing_that_people_or_bots_write_becomes_html(
    chat_page: ChatPage, scripted_bot: ScriptedBot, page_sandbox: Sandbox
) -> None:
    await chat_page.open()
    body = {"key": "evil", "first_name": ATTACK, "label": ATTACK, "in_group": True}
    made = await chat_page.page.request.post(f"{page_sandbox.page_url}users", data=body)
    assert made.status == 201
    user_id = (await made.json())["user"]["id"]
    await scripted_bot.call("setMyName", name=ATTACK)
    await scripted_bot.call("setMyDescription", description=ATTACK)
    await scripted_bot.call(
        "setMyCommands", commands=[{"command": "evil", "description": ATTACK}]
    )
    await chat_page.open("evil")
    await expect(chat_page.page.locator("#empty")).to_contain_text(ATTACK)
    await chat_page.button("Bắt đầu").click()
    await scripted_bot.sees("message")
    await chat_page.writes(ATTACK)
    await expect(chat_page.last.locator(".text")).to_contain_text(ATTACK)
    mine = await scripted_bot.sees("message")
    await scripted_bot.says(
        user_id,
        ATTACK,
        reply_markup=keyboard([{"text": ATTACK, "callback_data": ATTACK}]),
        reply_parameters={"message_id": mine["message_id"]},
    )
    await chat_page.button(ATTACK).click()
    query = await scripted_bot.sees("callback_query")
    assert query["data"] == ATTACK
    await scripted_bot.call("answerCallbackQuery", callback_query_id=query["id"], text=ATTACK)
    await expect(chat_page.page.locator(".toast")).to_have_text(ATTACK)
    await scripted_bot.call(
        "sendPoll", chat_id=user_id, question=ATTACK, options=[{"text": ATTACK}, {"text": "b"}]
    )
    await expect(chat_page.last.locator(".poll-question")).to_have_text(ATTACK)
    payload = FilePayload(name="<img src=x>.txt", mimeType="text/plain", buffer=b"x")
    await chat_page.page.locator("#file-input").set_input_files(payload)
    await chat_page.page.get_by_role("dialog").get_by_role("button", name="Gửi").click()
    await expect(chat_page.last.locator(".document-name")).to_contain_text("img src=x")
    await scripted_bot.says(user_id, "bàn phím", reply_markup={"keyboard": [[{"text": ATTACK}]]})
    await expect(chat_page.page.locator(".reply-button")).to_have_text(ATTACK)
    await chat_page.page.get_by_label("Soạn tin nhắn").fill("/")
    await expect(chat_page.suggestions).to_contain_text(ATTACK)
    await chat_page.choose("Phòng")
    await chat_page.page.get_by_label("Trong vai").select_option("evil")
    await chat_page.writes(ATTACK)
    await expect(chat_page.last.locator(".text")).to_contain_text(ATTACK)
    assert await chat_page.page.locator("img[src='x']").count() == 0
    assert await chat_page.page.evaluate("window.attacked") is None


async def test_the_keyboard_alone_is_enough(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await chat_page.open()
    press = chat_page.page.keyboard.press

    async def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(60):
            await press(key)
            if await chat_page.page.evaluate(
                "selector => document.activeElement.matches(selector)", selector
            ):
                return
        pytest.fail(f"{key} never reached {selector}")

    await tab_to(".chat-item[data-key=newcomer]")
    await press("Enter")
    await chat_page.settled()
    await tab_to(".start-button")
    await press("Enter")
    seen = await scripted_bot.sees("message")
    assert seen["from"]["id"] == 1002
    await scripted_bot.says(
        1002, "Chọn nhé", reply_markup=keyboard([{"text": "Có", "callback_data": "yes"}])
    )
    await expect(chat_page.last).to_contain_text("Chọn nhé")
    await expect(chat_page.page.get_by_role("log")).to_contain_text("Chọn nhé")
    await tab_to(".inline-button", "Shift+Tab")
    await press("Enter")
    query = await scripted_bot.sees("callback_query")
    await scripted_bot.call("answerCallbackQuery", callback_query_id=query["id"])
    await tab_to(".row", "Shift+Tab")
    await press("End")
    await press("ArrowUp")
    await press("ArrowDown")
    await press("Enter")
    await expect(chat_page.page.get_by_role("menu")).to_be_visible()
    await press("Escape")
    await expect(chat_page.page.get_by_role("menu")).to_have_count(0)
    await expect(chat_page.last).to_be_focused()
    await press("Enter")
    for _ in range(len("👍❤🔥👏🎉🤔👎")):
        await press("ArrowDown")
    await press("Enter")
    await expect(chat_page.input).to_be_focused()
    await chat_page.page.keyboard.type("Có ạ")
    await press("Enter")
    assert (await scripted_bot.sees("message"))["reply_to_message"]["text"] == "Chọn nhé"


async def test_screen_readers_get_names_and_landmarks(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    await scripted_bot.says(
        STAFF, "Nút", reply_markup=keyboard([{"text": "Có", "callback_data": "yes"}])
    )
    page = chat_page.page
    await expect(page.get_by_role("navigation", name="Các cuộc trò chuyện")).to_be_visible()
    await expect(page.get_by_role("main")).to_be_visible()
    nameless = await page.evaluate(
        """[...document.querySelectorAll("button, a, input, select, textarea")]
        .filter(e => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length || e.hidden))
        .map(e => e.outerHTML)"""
    )
    assert nameless == []
    assert await page.evaluate("document.documentElement.lang") == "vi"


async def test_the_theme_is_remembered(chat_page: ChatPage) -> None:
    await chat_page.open()
    root = chat_page.page.locator("html")
    await expect(root).to_have_attribute("data-theme", "light")
    await chat_page.button("Giao diện tối").click()
    await expect(root).to_have_attribute("data-theme", "dark")
    await chat_page.open()
    await expect(root).to_have_attribute("data-theme", "dark")


async def test_a_phone_shows_the_list_and_the_chat_in_turn(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    page = chat_page.page
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(chat_page.address)
    await expect(page.locator("#sidebar")).to_be_visible()
    await expect(page.locator("#chat")).to_be_hidden()
    await chat_page.choose("Cán bộ")
    await expect(page.locator("#sidebar")).to_be_hidden()
    await chat_page.button("Bắt đầu").click()
    await scripted_bot.sees("message")
    long_word = "vănphòng" * 40
    sent = await scripted_bot.says(
        STAFF,
        long_word,
        reply_markup=keyboard([{"text": "Chức năng của Văn phòng là gì?", "callback_data": "1"}] * 3),
    )
    await expect(chat_page.row(sent["message_id"])).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await page.evaluate(
        "[...document.querySelectorAll('.bubble, .inline-button, #composer')]"
        ".every(e => e.getBoundingClientRect().right <= 390)"
    )
    await chat_page.button("Về danh sách").click()
    await expect(page.locator("#sidebar")).to_be_visible()


async def test_a_thousand_messages_stay_smooth(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    await chat_page.choose("Nhân viên mới")
    numbers = itertools.count()
    for _ in range(40):
        await asyncio.gather(
            *(
                scripted_bot.says(STAFF, f"Tin <b>số</b> {next(numbers)}\n" + "văn phòng " * 20, parse_mode="HTML")
                for _ in range(25)
            )
        )
    page = chat_page.page
    before = time.perf_counter()
    await chat_page.choose("Cán bộ")
    await expect(chat_page.last).to_be_in_viewport()
    assert time.perf_counter() - before < 1
    await expect(chat_page.rows).to_have_count(50)
    # Older ones come on the way up, and the place where one reads stays.
    scroller = page.locator("#scroller")
    first = await chat_page.rows.first.get_attribute("id")
    await scroller.evaluate("e => e.scrollTo(0, 1)")
    await expect(chat_page.rows).not_to_have_count(50)
    await expect(page.locator(f"#{first}")).to_be_in_viewport()
    while await chat_page.rows.count() < 1001:
        shown = await chat_page.rows.count()
        await scroller.evaluate("e => e.scrollTo(0, 1)")
        await expect(chat_page.rows).not_to_have_count(shown)
    ids = await chat_page.rows.evaluate_all("rows => rows.map(row => Number(row.dataset.id))")
    assert ids == sorted(set(ids))
    await chat_page.button("Xuống cuối").click()
    await expect(chat_page.last).to_be_in_viewport()
    # One more message among a thousand: from the call that adds it to the frame that shows it.
    milliseconds = await page.evaluate(
        """async () => {
            const { Timeline } = await import("/page/timeline.js");
            const taken = [];
            const add = Timeline.prototype.add;
            Timeline.prototype.add = function (message) {
                const start = performance.now();
                const added = add.call(this, message);
                document.querySelector("#messages").getBoundingClientRect();
                requestAnimationFrame(() => setTimeout(() => taken.push(performance.now() - start)));
                return added;
            };
            window.taken = taken;
        }"""
    )
    assert milliseconds is None
    for number in range(5):
        await scripted_bot.says(STAFF, f"Thêm {number}")
        await expect(chat_page.last).to_contain_text(f"Thêm {number}")
    await page.wait_for_function("window.taken.length === 5")
    taken = await page.evaluate("window.taken")
    assert sorted(taken)[2] < 100, taken


async def test_a_broken_stream_goes_on_without_loss_or_doubling(
    chat_page: ChatPage, scripted_bot: ScriptedBot, page_sandbox: Sandbox
) -> None:
    await started(chat_page, scripted_bot)
    # Every connection for events ends after its first event, as on a bad line.
    await chat_page.page.evaluate(
        """() => {
            const Real = window.EventSource;
            window.connections = 0;
            window.EventSource = class extends Real {
                constructor(url) {
                    super(url);
                    window.connections += 1;
                    this.addEventListener("message", () => this.break());
                }
                break() {
                    this.close();
                    this.dispatchEvent(new Event("error"));
                }
            };
        }"""
    )
    await chat_page.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    for number in range(8):
        await scripted_bot.says(STAFF, f"Tin {number}")
    await expect(chat_page.last).to_contain_text("Tin 7", timeout=20_000)
    texts = await chat_page.rows.evaluate_all(
        "rows => rows.slice(1).map(row => row.querySelector('.text').firstChild.textContent)"
    )
    assert texts == [f"Tin {number}" for number in range(8)]
    assert await chat_page.page.evaluate("window.connections") > 2


async def test_a_server_started_anew_is_loaded_anew(browser: Browser) -> None:
    context = await browser.new_context()
    async with Sandbox(port=0) as first:
        chat_page = ChatPage(await context.new_page(), first.page_url)
        async with ScriptedBot(first.api_url, first.token) as bot:
            await started(chat_page, bot)
            for number in range(5):
                await bot.says(STAFF, f"Tin {number}")
            await expect(chat_page.last).to_contain_text("Tin 4")
        port = int(first.api_url.rpartition(":")[2])
    await expect(chat_page.page.locator("#offline")).to_be_visible()
    async with Sandbox(port=port) as second:
        await expect(chat_page.button("Bắt đầu")).to_be_visible(timeout=20_000)
        await expect(chat_page.page.locator("#offline")).to_be_hidden()
        async with ScriptedBot(second.api_url, second.token) as bot:
            await chat_page.button("Bắt đầu").click()
            assert (await bot.sees("message"))["text"] == "/start"
        await expect(chat_page.rows).to_have_count(1)
        await context.close()
