"""What the page shows of the bot's messages."""

import asyncio
import itertools
import re
import time

import pytest
from playwright.async_api import Route, expect

from tests.bot.sandbox.page.chat_page import STAFF, ChatPage, started
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
            "e => { const c = e.cloneNode(true);"
            " c.querySelectorAll('.meta').forEach(m => m.remove()); return c.textContent }"
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


async def test_what_the_bot_does_shows_live(chat_page: ChatPage, scripted_bot: ScriptedBot) -> None:
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
    place = f"users/staff/chats/private/messages/{sent['message_id']}"
    pin = await chat_page.page.request.post(
        f"{chat_page.address}{place}/pin", data={"pinned": True}
    )
    assert pin.ok
    await expect(chat_page.page.locator("#pinned")).to_contain_text("Đã viết lại")
    await scripted_bot.call("deleteMessage", chat_id=STAFF, message_id=sent["message_id"])
    await expect(row).to_have_count(0)
    await expect(chat_page.page.locator("#pinned")).to_be_hidden()


async def test_a_slow_second_reading_undoes_nothing_newer(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    read, may_arrive, arrived = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def held(route: Route) -> None:
        response = await route.fetch()
        read.set()
        await may_arrive.wait()
        await route.fulfill(response=response)
        arrived.set()

    await chat_page.page.route(re.compile(r"/staff/.*limit=1$"), held)
    await scripted_bot.call("setMyCommands", commands=[{"command": "a", "description": "b"}])
    await read.wait()
    status = chat_page.page.locator("#chat-status")
    await scripted_bot.call("sendChatAction", chat_id=STAFF, action="typing")
    await scripted_bot.call("sendMessageDraft", chat_id=STAFF, draft_id=5, text="Đang viết dở")
    await expect(status).to_contain_text("đang gõ")
    may_arrive.set()
    await arrived.wait()
    await expect(chat_page.page.locator("#menu-button")).to_be_visible()
    await expect(status).to_contain_text("đang gõ")
    await expect(chat_page.page.locator("#draft")).to_have_text("Đang viết dở")


async def test_a_slow_list_of_people_undoes_no_newer_connection(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await chat_page.open()
    read, may_arrive = asyncio.Event(), asyncio.Event()

    async def held(route: Route) -> None:
        response = await route.fetch()
        read.set()
        await may_arrive.wait()
        await route.fulfill(response=response)

    await chat_page.page.route(re.compile(r"/users$"), held)
    await scripted_bot.call("setMyCommands", commands=[{"command": "a", "description": "b"}])
    await read.wait()
    status = chat_page.page.locator("#chat-status")
    await scripted_bot.call("getUpdates", timeout=0)
    await expect(status).to_have_text("bot · trong vai Cán bộ")
    # What arrives now was written before the bot connected: the page asks again.
    seen = itertools.count(1)
    async with chat_page.page.expect_response(
        lambda response: response.url.endswith("/users") and next(seen) == 2
    ):
        may_arrive.set()
    await chat_page.choose("Nhân viên mới")
    await expect(status).to_have_text("bot · trong vai Nhân viên mới")


async def until_shown(chat_page: ChatPage, scripted_bot: ScriptedBot, said: str) -> float:
    """Return the milliseconds from the call that adds a message to the frame that shows it.

    The middle of five.
    """
    page = chat_page.page
    await page.evaluate(
        """async () => {
            const { Timeline } = await import("/page/timeline.js");
            window.addOnly ??= Timeline.prototype.add;
            const taken = [];
            Timeline.prototype.add = function (message) {
                const start = performance.now();
                const added = window.addOnly.call(this, message);
                document.querySelector("#messages").getBoundingClientRect();
                const done = () => taken.push(performance.now() - start);
                requestAnimationFrame(() => setTimeout(done));
                return added;
            };
            window.taken = taken;
        }"""
    )
    for number in range(5):
        await scripted_bot.says(STAFF, f"{said} {number}")
        await expect(chat_page.last).to_contain_text(f"{said} {number}")
    taken: list[float] = await page.evaluate(
        """new Promise(resolve => {
            const look = () => window.taken.length === 5
                ? resolve(window.taken) : requestAnimationFrame(look);
            look();
        })"""
    )
    return sorted(taken)[2]


@pytest.mark.slow
async def test_a_thousand_messages_stay_smooth(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await started(chat_page, scripted_bot)
    among_few = await until_shown(chat_page, scripted_bot, "Ít")
    await chat_page.choose("Nhân viên mới")
    numbers = itertools.count()
    for _ in range(40):
        await asyncio.gather(
            *(
                scripted_bot.says(
                    STAFF, f"Tin <b>số</b> {next(numbers)}\n" + "văn phòng " * 20, parse_mode="HTML"
                )
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
    # One more message among a thousand: at once, or no later than among a few on this machine.
    among_many = await until_shown(chat_page, scripted_bot, "Thêm")
    assert among_many < max(100, 3 * among_few), (among_many, among_few)
