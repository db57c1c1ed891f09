"""Limits that have no feature's test of their own."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import BotSide, UserApi

CHAT = {"chat_id": 1001}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "a", "start_parameter": "x" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": "a", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        (
            {"button": {"text": "a"}},
            "can't parse InlineQueryResultsButton: Can't find field \"start_parameter\"",
        ),
    ],
)
async def test_inline_answers_out_of_bounds_are_refused(
    api: BotSide, users: UserApi, staff_started: int, answer: dict[str, Any], reason: str
) -> None:
    await users.raw("POST", "/staff/chats/private/inline", {"query": "a", "wait": 0})
    query = (await api.updates())[-1]["inline_query"]["id"]
    refused = await api.refused("answerInlineQuery", inline_query_id=query, results=[], **answer)
    assert refused == f"400 Bad Request: {reason}"


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        (
            {},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "đ" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        *(
            ({"url": url}, f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
            for url in ("http://localhost/a", "a b", "ftp://laocai.gov.vn", "http://a.vn:99999/")
        ),
    ],
)
async def test_buttons_out_of_bounds_are_refused(
    api: BotSide, staff_started: int, button: dict[str, Any], reason: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "a", **button}]]}
    refused = await api.refused("sendMessage", **CHAT, text="a", reply_markup=markup)
    assert refused == f"400 Bad Request: {reason}"


@pytest.mark.parametrize("url", ["laocai.gov.vn/a", "https://t.me/b?start=1", "tg://user?id=1001"])
async def test_buttons_lead_to_addresses_of_the_web_and_of_apps(
    api: BotSide, staff_started: int, url: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "url": url}]]}
    await api("sendMessage", **CHAT, text="a", reply_markup=markup)
