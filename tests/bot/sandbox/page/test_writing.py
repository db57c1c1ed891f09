"""The composer and what is done with messages."""

import re

import pytest
from playwright.async_api import expect

from tests.bot.sandbox.page.chat_page import STAFF, ChatPage, started
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ATTACK = '<img src=x onerror="window.attacked=1">'
GROUP = -1001000000001


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
            "input_field_placeholder": "Chọn một mục",
        },
    )
    await expect(chat_page.input).to_have_attribute("placeholder", "Chọn một mục")
    await chat_page.button("📚 Ôn tập").click()
    assert (await scripted_bot.sees("message"))["text"] == "📚 Ôn tập"
    toggle = chat_page.button("Bàn phím của bot")
    await toggle.click()
    await expect(chat_page.button("📚 Ôn tập")).to_be_hidden()
    await toggle.click()
    await expect(chat_page.button("📚 Ôn tập")).to_be_visible()
    await scripted_bot.says(STAFF, "Cất đi", reply_markup={"remove_keyboard": True})
    await expect(toggle).to_be_hidden()
    once = {"keyboard": [[{"text": "Xong"}]], "one_time_keyboard": True}
    await scripted_bot.says(STAFF, "Một lần", reply_markup=once)
    await chat_page.button("Xong").click()
    await expect(chat_page.button("Xong")).to_be_hidden()
    assert (await scripted_bot.sees("message"))["text"] == "Xong"
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
