"""The driver: what a persona does and sees, with a bot of raw calls on the other side."""

import asyncio

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.persona import RefusedError
from tests.bot.sandbox.conftest import BotSide


async def test_a_persona_chooses_an_inline_result(sandbox: Sandbox, api: BotSide) -> None:
    staff = sandbox.persona("staff")
    await staff.starts("quiz_7")
    (update,) = await api.updates()
    assert update["message"]["text"] == "/start quiz_7"

    async def answer() -> None:
        (asked,) = await api.updates(timeout=20)
        query = asked["inline_query"]
        result = {
            "type": "article",
            "id": "1",
            "title": "Trụ sở",
            "input_message_content": {"message_text": query["query"].upper()},
        }
        await api("answerInlineQuery", inline_query_id=query["id"], results=[result])

    offer, _ = await asyncio.gather(staff.asks_inline("trụ sở"), answer())
    assert [result["title"] for result in offer["results"]] == ["Trụ sở"]
    assert (await staff.chooses(offer)).text == "TRỤ SỞ"


async def test_a_persona_sees_what_becomes_of_a_message(sandbox: Sandbox, api: BotSide) -> None:
    staff = sandbox.persona("staff")
    await staff.sends_sticker("👍")
    keyboard = {"inline_keyboard": [[{"text": "Xem", "url": "https://laocai.gov.vn/"}]]}
    await api("sendMessage", chat_id=1001, text="🌸 <b>a</b>", parse_mode="HTML")
    await api("sendMessage", chat_id=1001, text="Bài", reply_markup=keyboard)
    assert (await staff.receives()).marked("bold") == ["a"]
    message = await staff.receives()
    assert message.url_of("Xem") == "https://laocai.gov.vn/"
    with pytest.raises(LookupError, match="there are \\['Xem'\\]"):
        await message.press("Nguồn")
    with pytest.raises(RefusedError, match="400"):
        await message.press("Xem")
    place = {"chat_id": 1001, "message_id": message.message_id}
    await api("editMessageText", **place, text="Bài mới")
    assert (await message.changes()).text == "Bài mới"
    await api("deleteMessage", **place)
    await staff.sees_deletion(message)


async def test_a_persona_who_stopped_the_bot_gets_nothing(sandbox: Sandbox, api: BotSide) -> None:
    staff = sandbox.persona("staff")
    await staff.sends("xin chào")
    await staff.blocks()
    refused = await api.refused("sendMessage", chat_id=1001, text="a")
    assert refused == "403 Forbidden: bot was blocked by the user"
    await staff.blocks(blocked=False)
    await api("sendMessage", chat_id=1001, text="a")
    assert (await staff.receives()).text == "a"
