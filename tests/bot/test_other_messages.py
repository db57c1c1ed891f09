from typing import Any

import pytest

from bot import texts
from tests.bot.conftest import GROUP, STAFF, Telegram, messages

FILE = {"file_id": "f", "file_unique_id": "f"}


async def test_help_explains(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("/help"))
    assert answer.text == texts.HELP


async def test_unknown_command(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("/xyz"))
    assert answer.text == texts.UNKNOWN_COMMAND
    assert await telegram.sends("/xyz", chat=GROUP) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"voice": {**FILE, "duration": 3}},
        {"photo": [{**FILE, "width": 1, "height": 1}], "caption": "2 thạo là gì"},
        {"document": FILE},
        {
            "sticker": {
                **FILE,
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"location": {"latitude": 22.3, "longitude": 104.0}},
        {"contact": {"phone_number": "1", "first_name": "A"}},
    ],
)
async def test_other_kinds_of_message_get_one_line(
    telegram: Telegram, fields: dict[str, Any]
) -> None:
    (answer,) = messages(await telegram.sends(**fields))
    assert answer.text == texts.NOT_TEXT


async def test_service_messages_are_ignored(telegram: Telegram) -> None:
    assert await telegram.sends(new_chat_members=[STAFF]) == []
    assert await telegram.sends(chat=GROUP, new_chat_title="Tên mới") == []
