import json
from typing import Any

import pytest

from bot.sandbox.api_error import ApiError
from bot.sandbox.schema import SendMessage, SendPhoto, parse_parameters

KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}


@pytest.mark.parametrize(
    "values",
    [
        {
            "chat_id": "12",
            "text": "x",
            "reply_markup": json.dumps(KEYBOARD),
            "protect_content": "true",
        },
        {"chat_id": 12, "text": "x", "reply_markup": KEYBOARD, "protect_content": True},
        {
            "chat_id": "12",
            "text": "x",
            "reply_markup": KEYBOARD,
            "protect_content": "1",
            "unknown": "y",
        },
    ],
)
def test_forms_and_json_bodies_say_the_same(values: dict[str, Any]) -> None:
    parsed = parse_parameters("SENDMESSAGE", values)
    assert isinstance(parsed, SendMessage)
    assert (parsed.chat_id, parsed.protect_content) == (12, True)
    assert parsed.reply_markup is not None


@pytest.mark.parametrize("text", ["[1]", "12", "true", '{"a": 1}', "null"])
def test_a_text_that_looks_like_json_stays_a_text(text: str) -> None:
    parsed = parse_parameters("sendMessage", {"chat_id": 1, "text": text})
    assert isinstance(parsed, SendMessage)
    assert parsed.text == text


def test_an_upload_under_the_fields_own_name_counts() -> None:
    parsed = parse_parameters("sendPhoto", {"chat_id": 1}, {"photo"})
    assert isinstance(parsed, SendPhoto)
    assert parsed.photo == "attach://photo"


@pytest.mark.parametrize(
    ("method", "values", "status", "description"),
    [
        ("sendNothing", {}, 404, "Not Found: method not found"),
        ("sendMessage", {}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": ""}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, 400, "Bad Request: message text is empty"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": "{"},
            400,
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "entities": "[5]"},
            400,
            "Bad Request: can't parse entities JSON object",
        ),
        (
            "editMessageText",
            {"message_id": "x", "text": "x"},
            400,
            "Bad Request: message identifier is not specified",
        ),
        ("sendDocument", {"chat_id": 1}, 400, "Bad Request: there is no document in the request"),
        (
            "sendPoll",
            {"chat_id": 1, "question": "?", "options": "x"},
            400,
            "Bad Request: can't parse options JSON object",
        ),
        (
            "sendPoll",
            {"chat_id": 1, "options": "[]"},
            400,
            'Bad Request: parameter "question" is required',
        ),
        (
            "getUpdates",
            {"timeout": "x"},
            400,
            'Bad Request: field "timeout" must be of type Integer',
        ),
        (
            "answerCallbackQuery",
            {},
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        (
            "setMyCommands",
            {"commands": '[{"command": "a"}]'},
            400,
            'Bad Request: can\'t parse commands JSON object: field "description" is required',
        ),
        (
            "setMyCommands",
            {"commands": "[" * 100_000},
            400,
            "Bad Request: can't parse commands JSON object",
        ),
    ],
)
def test_wrong_values_are_refused_in_telegrams_words(
    method: str, values: dict[str, Any], status: int, description: str
) -> None:
    with pytest.raises(ApiError) as caught:
        parse_parameters(method, values)
    assert (caught.value.status, caught.value.description) == (status, description)
