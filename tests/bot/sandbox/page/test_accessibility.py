"""The page by keyboard and by screen reader."""

import pytest
from playwright.async_api import expect

from tests.bot.sandbox.page.chat_page import STAFF, ChatPage, keyboard, started
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_keyboard_alone_is_enough(chat_page: ChatPage, scripted_bot: ScriptedBot) -> None:
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
        .filter(e => !e.hidden && !e.labels?.length)
        .filter(e => !e.getAttribute("aria-label") && !e.textContent.trim())
        .map(e => e.outerHTML)"""
    )
    assert nameless == []
    assert await page.evaluate("document.documentElement.lang") == "vi"
