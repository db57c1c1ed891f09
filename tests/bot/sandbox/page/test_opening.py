"""Opening the page, coming back to it, and losing the server."""

import re
import time

import pytest
from playwright.async_api import Browser, expect

from bot.sandbox import Sandbox
from tests.bot.sandbox.page.chat_page import STAFF, ChatPage, keyboard, started
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_page_can_be_used_within_a_second(chat_page: ChatPage) -> None:
    taken = []
    for _ in range(3):  # the first time the browser compiles, and the machine may be busy
        before = time.perf_counter()
        await chat_page.open()
        taken.append(time.perf_counter() - before)
    assert min(taken) < 1, taken
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


@pytest.mark.parametrize(
    ("expected", "at_first"),
    [(True, "bot đang khởi động…"), (False, "chưa có bot nào kết nối")],
)
@pytest.mark.parametrize(
    "connecting", [("getUpdates", {}), ("setWebhook", {"url": "http://127.0.0.1:9/"})]
)
async def test_the_header_says_whether_the_bot_is_there_yet(
    browser: Browser, *, expected: bool, at_first: str, connecting: tuple[str, dict[str, str]]
) -> None:
    async with Sandbox(port=0, bot_expected=expected) as sandbox:
        page = await browser.new_page()
        chat_page = ChatPage(page, sandbox.page_url)
        chat_page.watch()
        await chat_page.open("admin")
        status = page.locator("#chat-status")
        await expect(status).to_have_text(f"{at_first} · trong vai Quản trị viên")
        async with ScriptedBot(sandbox.api_url, sandbox.token) as bot:
            await bot.call("getMe")  # a bot that only asks who it is takes no messages yet
            await bot.call("setMyDescription", description="Hỏi đáp về Văn phòng.")
            await expect(page.locator("#empty")).to_contain_text("Hỏi đáp về Văn phòng.")
            await expect(status).to_have_text(f"{at_first} · trong vai Quản trị viên")
            method, parameters = connecting
            await bot.call(method, **parameters)
            await expect(status).to_have_text("bot · trong vai Quản trị viên")
        await chat_page.choose("Phòng Tổng hợp")
        await expect(status).to_have_text("4 thành viên")
        await page.close()
        assert chat_page.problems == []


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
        reply_markup=keyboard(
            [{"text": "Chức năng của Văn phòng là gì?", "callback_data": "1"}] * 3
        ),
    )
    await expect(chat_page.row(sent["message_id"])).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await page.evaluate(
        "[...document.querySelectorAll('.bubble, .inline-button, #composer')]"
        ".every(e => e.getBoundingClientRect().right <= 390)"
    )
    await chat_page.button("Về danh sách").click()
    await expect(page.locator("#sidebar")).to_be_visible()


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
    await chat_page.page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    )
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
    second = Sandbox(port=port)
    for _ in range(50):  # more has happened there than in the first one
        second.world.publish_bot()
    async with second:
        await expect(chat_page.button("Bắt đầu")).to_be_visible(timeout=20_000)
        await expect(chat_page.page.locator("#offline")).to_be_hidden()
        async with ScriptedBot(second.api_url, second.token) as bot:
            await chat_page.button("Bắt đầu").click()
            assert (await bot.sees("message"))["text"] == "/start"
        await expect(chat_page.rows).to_have_count(1)
        await context.close()
