"""Nothing that people or bots write becomes HTML."""

import pytest
from playwright.async_api import FilePayload, expect

from bot.sandbox import Sandbox
from tests.bot.sandbox.page.chat_page import ChatPage, keyboard
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ATTACK = '<img src=x onerror="window.attacked=1">'


async def test_nothing_that_people_or_bots_write_becomes_html(
    chat_page: ChatPage, scripted_bot: ScriptedBot, page_sandbox: Sandbox
) -> None:
    await chat_page.open()
    body = {"key": "evil", "first_name": ATTACK, "label": ATTACK, "in_group": True}
    made = await chat_page.page.request.post(f"{page_sandbox.page_url}users", data=body)
    assert made.status == 201
    user_id = (await made.json())["user"]["id"]
    await scripted_bot.call("setMyDescription", description=ATTACK)
    await scripted_bot.call("setMyCommands", commands=[{"command": "evil", "description": ATTACK}])
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
