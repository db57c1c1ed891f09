"""Which messages of a group are for the bot, as Telegram sends them."""

from typing import Any

import pytest
from telegram import Update

from bot.features.asking.addressed import asked_of_bot
from tests.bot.conftest import GROUP, STAFF, Telegram
from tests.bot.offline_request import BOT, DATE

AT = f"@{BOT['username']}"
QUESTION = "2 thạo là gì"
COLLEAGUE = {"id": 1005, "is_bot": False, "first_name": "Mai"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
WRITTEN_AS_A_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
OTHER_BOT = {"id": 700002, "is_bot": True, "first_name": "Bot khác", "username": "other_bot"}


def message(text: str = "", sender: dict[str, Any] = STAFF, **fields: Any) -> dict[str, Any]:
    """A message in the group; @names in its text or caption are mentions."""
    said = {"message_id": 9, "date": DATE, "from": sender, "chat": GROUP, **fields}
    if text:
        said["text"] = text
    words = text or fields.get("caption", "")
    name = "entities" if text else "caption_entities"
    found = [
        {
            "type": "mention",
            "offset": len(words[: words.index(word)].encode("utf-16-le")) // 2,
            "length": len(word),
        }
        for word in words.replace(",", " ").replace(":", " ").split()
        if word.startswith("@")
    ]
    return said if name in said or not found else {**said, name: found}


def by_link(text: str, user: dict[str, Any]) -> dict[str, Any]:
    """A message whose first word names somebody without a @name."""
    first = {
        "type": "text_mention",
        "offset": 0,
        "length": len(text.split(maxsplit=1)[0]),
        "user": user,
    }
    return message(text, entities=[first])


FROM_BOT = message("Câu trả lời", BOT)
FROM_COLLEAGUE = message(QUESTION, COLLEAGUE)
OPENED = {"forum_topic_created": {"name": "Hỏi đáp", "icon_color": 1}}
FORWARDED = {"type": "hidden_user", "date": DATE, "sender_user_name": "Ai đó"}

CASES: dict[str, tuple[dict[str, Any], str | None]] = {
    "nobody called": (message(QUESTION), None),
    "called": (message(f"{AT} {QUESTION}"), QUESTION),
    "called in capitals": (message(f"{AT.upper()} {QUESTION}"), QUESTION),
    "after an emoji": (message(f"😀 {AT} {QUESTION}"), f"😀  {QUESTION}"),
    "called with a comma": (message(f"{AT}, {QUESTION}"), QUESTION),
    "a quotation mark stays": (message(f"{AT}: “{QUESTION}”?"), f"“{QUESTION}”?"),
    "called at the end": (message(f"{QUESTION} {AT}"), QUESTION),
    "called by a link": (by_link(f"Trợ-lý {QUESTION}", BOT), QUESTION),
    "somebody else by a link": (by_link(f"Mai {QUESTION}", COLLEAGUE), None),
    "another bot": (message(f"@other_bot {QUESTION}"), None),
    "both bots": (message(f"@other_bot {AT} {QUESTION}"), f"@other_bot  {QUESTION}"),
    "only called": (message(AT), ""),
    "only called, with a mark": (message(f"{AT} ?!"), ""),
    "an emoji is something": (message(f"{AT} 👍"), "👍"),
    "in a caption": (message(caption=f"{AT} {QUESTION}", photo=[]), QUESTION),
    "a caption for nobody": (message(caption=QUESTION, photo=[]), None),
    "a reply to the bot": (message(QUESTION, reply_to_message=FROM_BOT), QUESTION),
    "a caption in reply": (
        message(caption=QUESTION, photo=[], reply_to_message=FROM_BOT),
        QUESTION,
    ),
    "a picture in reply": (message(photo=[], reply_to_message=FROM_BOT), None),
    "a reply for another bot": (message("@other_bot dịch", reply_to_message=FROM_BOT), None),
    "a reply that names a colleague": (
        message(f"@mai_vp xem này: {QUESTION}", reply_to_message=FROM_BOT),
        f"@mai_vp xem này: {QUESTION}",
    ),
    "a reply to a colleague": (message("Đúng", reply_to_message=FROM_COLLEAGUE), None),
    "a reply to another bot": (message("Đúng", reply_to_message=message("A", OTHER_BOT)), None),
    "the name under a question": (message(AT, reply_to_message=FROM_COLLEAGUE), QUESTION),
    "the name under a question to it": (
        message(AT, reply_to_message=message(f"{AT} {QUESTION}", COLLEAGUE)),
        QUESTION,
    ),
    "the name under a part": (
        message(AT, reply_to_message=FROM_COLLEAGUE, quote={"text": "2 thạo", "position": 0}),
        "2 thạo",
    ),
    "the name under a caption": (
        message(AT, reply_to_message=message(caption=QUESTION, photo=[])),
        QUESTION,
    ),
    "the name under a picture": (message(AT, reply_to_message=message(photo=[])), ""),
    "the name under an answer": (message(AT, reply_to_message=FROM_BOT), ""),
    "words and a question above": (
        message(f"{AT} vì sao", reply_to_message=FROM_COLLEAGUE),
        "vì sao",
    ),
    "in a topic of the bot's": (
        message(QUESTION, reply_to_message=message("", BOT, **OPENED)),
        None,
    ),
    "called in a topic": (message(AT, reply_to_message=message("", COLLEAGUE, **OPENED)), ""),
    "by an anonymous admin": (message(f"{AT} {QUESTION}", ANONYMOUS), QUESTION),
    "by somebody as a channel": (message(f"{AT} {QUESTION}", WRITTEN_AS_A_CHANNEL), QUESTION),
    "forwarded": (message(f"{AT} {QUESTION}", forward_origin=FORWARDED), None),
    "a poll in reply": (message(reply_to_message=FROM_BOT, dice={"emoji": "🎲", "value": 1}), None),
}


@pytest.mark.parametrize("case", CASES)
async def test_what_is_asked(telegram: Telegram, case: str) -> None:
    given, expected = CASES[case]
    update = Update.de_json({"update_id": 1, "message": given}, telegram.application.bot)
    assert update.message is not None
    assert asked_of_bot(update.message) == expected
