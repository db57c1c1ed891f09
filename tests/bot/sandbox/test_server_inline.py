import asyncio
from typing import Any

import pytest
from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent

from tests.bot.sandbox.conftest import BotSide, MovableClock, UserApi

PRIVATE = "/staff/chats/private"
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(name: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "Ở <b>Yên Bái</b>", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": name,
        "title": "Trụ sở",
        "input_message_content": content,
        **more,
    }


async def ask(users: UserApi, api: BotSide, results: list[dict[str, Any]]) -> dict[str, Any]:
    asked = asyncio.create_task(users.post(f"{PRIVATE}/inline", query="trụ sở"))
    (update,) = await api.updates(timeout=20)
    query = update["inline_query"]["id"]
    await api("answerInlineQuery", inline_query_id=query, results=results, next_offset="50")
    answer: dict[str, Any] = await asked
    return answer


async def test_a_result_is_sent_into_a_chat(ptb: Bot, users: UserApi) -> None:
    asked = asyncio.create_task(users.post("/staff/chats/group/inline", query="trụ sở"))
    (update,) = await ptb.get_updates(timeout=20)
    assert update.inline_query is not None
    assert (update.inline_query.query, update.inline_query.chat_type) == ("trụ sở", "supergroup")
    content = InputTextMessageContent("Ở <b>Yên Bái</b>", parse_mode="HTML")
    await update.inline_query.answer([InlineQueryResultArticle("1", "Trụ sở", content)])
    answer = await asked
    assert answer["results"][0]["title"] == "Trụ sở"
    place = f"/staff/chats/group/inline/{answer['inline_query_id']}"
    sent = await users.post(place, result_id="1")
    assert sent["text"] == "Ở Yên Bái"
    assert sent["via_bot"]["username"] == "vanphong_sandbox_bot"
    message, chosen = await ptb.get_updates(offset=update.update_id + 1)
    assert message.message is not None
    assert message.message.via_bot is not None
    assert chosen.chosen_inline_result is not None
    assert chosen.chosen_inline_result.result_id == "1"
    assert await users.refused("POST", place, {"result_id": "2"}) == 404
    assert await users.refused("POST", place.replace("staff", "admin"), {"result_id": "1"}) == 404


async def test_a_result_with_buttons_can_be_edited(api: BotSide, users: UserApi) -> None:
    markup = {"inline_keyboard": [[{"text": "Nguồn", "callback_data": "s"}]]}
    answer = await ask(users, api, [article(reply_markup=markup)])
    sent = await users.post(f"{PRIVATE}/inline/{answer['inline_query_id']}", result_id="1")
    _, chosen = await api.updates()
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    await users.post(f"{PRIVATE}/messages/{sent['message_id']}/press", row=0, column=0, wait=0)
    (update,) = await api.updates()
    assert update["callback_query"]["inline_message_id"] == inline_id
    assert await api("editMessageText", inline_message_id=inline_id, text="Đã sửa") is True
    assert (await users.get(f"{PRIVATE}/messages/{sent['message_id']}"))["text"] == "Đã sửa"
    unknown = await api.refused("editMessageText", inline_message_id="x", text="a")
    assert unknown == "400 Bad Request: MESSAGE_ID_INVALID"


async def test_queries_grow_old(api: BotSide, users: UserApi, clock: MovableClock) -> None:
    assert await users.refused("POST", f"{PRIVATE}/inline", {"query": "a", "wait": 0}) == 504
    (update,) = await api.updates()
    query = update["inline_query"]["id"]
    clock.passes(31)
    assert await api.refused("answerInlineQuery", inline_query_id=query, results=[]) == TOO_OLD
    assert await api.refused("answerInlineQuery", inline_query_id="5", results=[]) == TOO_OLD


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(str(n)) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("a" * 65)], "RESULT_ID_INVALID"),
        (
            [article(input_message_content={"message_text": "<b>a", "parse_mode": "HTML"})],
            "can't parse entities",
        ),
    ],
)
async def test_refused_results(
    api: BotSide, users: UserApi, results: list[dict[str, Any]], refusal: str
) -> None:
    await users.raw("POST", f"{PRIVATE}/inline", {"query": "a", "wait": 0})
    (update,) = await api.updates()
    query = update["inline_query"]["id"]
    assert refusal in await api.refused("answerInlineQuery", inline_query_id=query, results=results)
    await api("answerInlineQuery", inline_query_id=query, results=[article()])


async def test_a_known_photo_as_a_result(ptb: Bot, api: BotSide, users: UserApi) -> None:
    await users.says("xin chào")
    document = await ptb.send_document(1001, b"a", filename="a.txt")
    await api.updates()
    assert document.document is not None
    result = {
        "type": "document",
        "id": "1",
        "title": "Tệp",
        "document_file_id": document.document.file_id,
        "caption": "Đây",
    }
    answer = await ask(users, api, [result])
    sent = await users.post(f"{PRIVATE}/inline/{answer['inline_query_id']}", result_id="1")
    assert sent["document"]["file_name"] == "a.txt"
    assert sent["caption"] == "Đây"
