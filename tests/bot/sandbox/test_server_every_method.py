"""Every method that the schema knows is done, and answers what the Bot API describes."""

from typing import Any

import pytest
from telegram import Bot

from bot.sandbox.members import REQUIRED_RIGHTS
from bot.sandbox.schema import METHODS
from tests.bot.sandbox.bot_api_types import DESCRIPTION
from tests.bot.sandbox.conftest import GROUP, BotSide, UsersSide

NONE: dict[str, Any] = {}
STAFF = {"chat_id": 1001}
IN_GROUP = {"chat_id": GROUP}
MESSAGE = {**STAFF, "message_id": "MESSAGE"}
COPY = {"chat_id": 1001, "from_chat_id": 1001}
EDITOR = {**IN_GROUP, "user_id": 1005}
COMMANDS = [{"command": "start", "description": "Bắt đầu"}]
RIGHTS = dict.fromkeys(REQUIRED_RIGHTS, False)
# Upper-case words stand for what the fixture made.
GOOD_CALLS: dict[str, dict[str, Any]] = {
    "getMe": NONE,
    "logOut": NONE,
    "close": NONE,
    "getUpdates": {"limit": 5},
    "setWebhook": {"url": "http://127.0.0.1:9/"},
    "deleteWebhook": NONE,
    "getWebhookInfo": NONE,
    "sendMessage": {**STAFF, "text": "<b>a</b>", "parse_mode": "HTML"},
    "forwardMessage": {**COPY, "message_id": "MESSAGE"},
    "forwardMessages": {**COPY, "message_ids": ["MESSAGE"]},
    "copyMessage": {**COPY, "message_id": "MESSAGE"},
    "copyMessages": {**COPY, "message_ids": ["MESSAGE"]},
    "sendPhoto": {**STAFF, "photo": "PHOTO"},
    "sendDocument": {**STAFF, "document": "DOCUMENT"},
    "sendVoice": {**STAFF, "voice": "VOICE"},
    "sendAudio": {**STAFF, "audio": "AUDIO", "title": "a", "caption": "b"},
    "sendVideo": {**STAFF, "video": "VIDEO", "width": 10, "has_spoiler": True},
    "sendAnimation": {**STAFF, "animation": "ANIMATION", "show_caption_above_media": True},
    "sendSticker": {**STAFF, "sticker": "STICKER", "emoji": "👍"},
    "sendLocation": {**STAFF, "latitude": 22.48, "longitude": 103.97},
    "sendContact": {**STAFF, "phone_number": "+84 214 3840 123", "first_name": "An"},
    "sendDice": STAFF,
    "sendMediaGroup": {**STAFF, "media": [{"type": "document", "media": "DOCUMENT"}] * 2},
    "sendPoll": {**STAFF, "question": "?", "options": [{"text": "a"}], "description": "Mô tả"},
    "stopPoll": {**STAFF, "message_id": "POLL"},
    "sendChatAction": {**STAFF, "action": "typing"},
    "sendMessageDraft": {**STAFF, "draft_id": 1, "text": "a"},
    "setMessageReaction": {**MESSAGE, "reaction": [{"type": "emoji", "emoji": "👍"}]},
    "editMessageText": {**MESSAGE, "text": "b"},
    "editMessageCaption": {**STAFF, "message_id": "CAPTIONED", "caption": "b"},
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
    "deleteMessages": {**STAFF, "message_ids": ["MESSAGE"]},
    "answerCallbackQuery": {"callback_query_id": "CALLBACK"},
    "answerInlineQuery": {"inline_query_id": "INLINE", "results": []},
    "getFile": {"file_id": "DOCUMENT"},
    "setMyCommands": {"commands": COMMANDS},
    "deleteMyCommands": NONE,
    "getMyCommands": NONE,
    "setMyName": {"name": "Trợ lý"},
    "getMyName": NONE,
    "setMyDescription": {"description": "a"},
    "getMyDescription": NONE,
    "setMyShortDescription": {"short_description": "a"},
    "getMyShortDescription": NONE,
    "setChatMenuButton": {"menu_button": {"type": "commands"}},
    "getChatMenuButton": NONE,
    "setMyDefaultAdministratorRights": {"rights": RIGHTS},
    "getMyDefaultAdministratorRights": NONE,
    "getChat": IN_GROUP,
    "getChatMember": EDITOR,
    "getChatAdministrators": IN_GROUP,
    "getChatMemberCount": IN_GROUP,
    "leaveChat": IN_GROUP,
    "banChatMember": EDITOR,
    "unbanChatMember": EDITOR,
    "restrictChatMember": {**EDITOR, "permissions": {"can_send_messages": True}},
    "promoteChatMember": {**EDITOR, "can_pin_messages": True},
    "setChatPermissions": {**IN_GROUP, "permissions": {"can_send_messages": True}},
    "setChatTitle": {**IN_GROUP, "title": "Phòng Hành chính"},
    "setChatDescription": {**IN_GROUP, "description": "a"},
    "exportChatInviteLink": IN_GROUP,
    "createChatInviteLink": {**IN_GROUP, "name": "Phòng", "member_limit": 5},
    "getUserProfilePhotos": {"user_id": 1001},
    "getForumTopicIconStickers": NONE,
    "pinChatMessage": MESSAGE,
    "unpinChatMessage": {**STAFF, "message_id": "PINNED"},
    "unpinAllChatMessages": STAFF,
}


@pytest.fixture
async def made(api: BotSide, users: UsersSide, ptb: Bot, staff_started: int) -> dict[str, Any]:
    await users.patch("/settings", bot_group_status="administrator")
    chat = "/staff/chats/private"
    text = ("a.txt", b"a", "text/plain")
    _, document = await users.uploads(chat, [text], kind="document")
    _, voice = await users.uploads(chat, [("a.ogg", b"OggS", "audio/ogg")], kind="voice")
    gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
    _, photo = await users.uploads(chat, [("a.gif", gif, "image/gif")], kind="photo")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    message = await api("sendMessage", chat_id=1001, text="a", reply_markup=markup)
    poll = await api("sendPoll", chat_id=1001, question="?", options=[{"text": "a"}])
    file_id = document["messages"][0]["document"]["file_id"]
    captioned = await api("sendDocument", chat_id=1001, document=file_id, caption="a")
    audio = (await ptb.send_audio(1001, b"ID3", filename="a.mp3")).audio
    video = (await ptb.send_video(1001, b"mp4", filename="a.mp4")).video
    animation = (await ptb.send_animation(1001, b"gif", filename="a.mp4")).animation
    sticker = (await ptb.send_sticker(1001, b"webp")).sticker
    assert None not in (audio, video, animation, sticker)
    await api("pinChatMessage", chat_id=1001, message_id=poll["message_id"])
    press = f"{chat}/messages/{message['message_id']}/press"
    pressed = await users.post(press, row=0, column=0, wait=0)
    await users.raw("POST", f"{chat}/inline", {"query": "a", "wait": 0})
    updates = await api.updates()
    return {
        "MESSAGE": message["message_id"],
        "POLL": poll["message_id"],
        "PINNED": poll["message_id"],
        "CAPTIONED": captioned["message_id"],
        "DOCUMENT": file_id,
        "VOICE": voice["messages"][0]["voice"]["file_id"],
        "AUDIO": audio.file_id,
        "VIDEO": video.file_id,
        "ANIMATION": animation.file_id,
        "STICKER": sticker.file_id,
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
