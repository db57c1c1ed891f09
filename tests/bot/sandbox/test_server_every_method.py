"""Every method that the schema knows is done, and answers what the Bot API describes."""

from typing import Any

import pytest

from bot.sandbox.membership import set_bot_status
from bot.sandbox.schema import METHODS
from tests.bot.sandbox.bot_api_types import DESCRIPTION
from tests.bot.sandbox.conftest import GROUP, BotSide, UserApi

NONE: dict[str, Any] = {}
STAFF = {"chat_id": 1001}
MESSAGE = {**STAFF, "message_id": "MESSAGE"}
COMMANDS = [{"command": "start", "description": "Bắt đầu"}]
# Upper-case words stand for what the fixture made.
GOOD_CALLS: dict[str, dict[str, Any]] = {
    "getMe": NONE,
    "getUpdates": {"limit": 5},
    "setWebhook": {"url": "http://127.0.0.1:9/"},
    "deleteWebhook": NONE,
    "getWebhookInfo": NONE,
    "sendMessage": {**STAFF, "text": "<b>a</b>", "parse_mode": "HTML"},
    "sendPhoto": {**STAFF, "photo": "PHOTO"},
    "sendDocument": {**STAFF, "document": "DOCUMENT"},
    "sendPoll": {**STAFF, "question": "?", "options": [{"text": "a"}]},
    "stopPoll": {**STAFF, "message_id": "POLL"},
    "sendChatAction": {**STAFF, "action": "typing"},
    "sendMessageDraft": {**STAFF, "draft_id": 1, "text": "a"},
    "editMessageText": {**MESSAGE, "text": "b"},
    "editMessageMedia": {
        **STAFF,
        "message_id": "CAPTIONED",
        "media": {"type": "document", "media": "DOCUMENT"},
    },
    "editMessageReplyMarkup": {
        **MESSAGE,
        "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "https://a.vn"}]]},
    },
    "deleteMessage": MESSAGE,
    "answerCallbackQuery": {"callback_query_id": "CALLBACK"},
    "answerInlineQuery": {"inline_query_id": "INLINE", "results": []},
    "getFile": {"file_id": "DOCUMENT"},
    "setMyCommands": {"commands": COMMANDS},
    "deleteMyCommands": NONE,
    "getMyCommands": NONE,
    "setMyDescription": {"description": "a"},
    "getMyDescription": NONE,
    "setMyShortDescription": {"short_description": "a"},
    "getMyShortDescription": NONE,
    "getChatMember": {"chat_id": GROUP, "user_id": 1005},
}


@pytest.fixture
async def made(api: BotSide, users: UserApi, staff_started: int) -> dict[str, Any]:
    set_bot_status(users.world, "administrator")
    chat = "/staff/chats/private"
    text = ("a.txt", b"a", "text/plain")
    _, document = await users.uploads(chat, [text], kind="document")
    gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
    _, photo = await users.uploads(chat, [("a.gif", gif, "image/gif")], kind="photo")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    message = await api("sendMessage", chat_id=1001, text="a", reply_markup=markup)
    poll = await api("sendPoll", chat_id=1001, question="?", options=[{"text": "a"}])
    file_id = document["messages"][0]["document"]["file_id"]
    captioned = await api("sendDocument", chat_id=1001, document=file_id, caption="a")
    press = f"{chat}/messages/{message['message_id']}/press"
    pressed = await users.post(press, row=0, column=0, wait=0)
    await users.raw("POST", f"{chat}/inline", {"query": "a", "wait": 0})
    updates = await api.updates()
    return {
        "MESSAGE": message["message_id"],
        "POLL": poll["message_id"],
        "CAPTIONED": captioned["message_id"],
        "DOCUMENT": file_id,
        "PHOTO": photo["messages"][0]["photo"][0]["file_id"],
        "CALLBACK": pressed["callback_query_id"],
        "INLINE": updates[-1]["inline_query"]["id"],
    }


def filled(value: Any, made: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: filled(part, made) for name, part in value.items()}
    if isinstance(value, list):
        return [filled(part, made) for part in value]
    return made.get(value, value) if isinstance(value, str) else value


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="the Bot API's description is not at hand")
@pytest.mark.parametrize("method", METHODS)
async def test_every_method_answers_as_described(
    api: BotSide, made: dict[str, Any], method: str
) -> None:
    await api(method, **filled(GOOD_CALLS[method], made))


def test_the_calls_cover_every_method() -> None:
    assert GOOD_CALLS.keys() == METHODS.keys()
