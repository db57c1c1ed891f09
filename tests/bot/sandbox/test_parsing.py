import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.methods import find_method
from bot.sandbox.parsing import parse_parameters
from bot.sandbox.schema import METHODS

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
    assert parse_parameters(METHODS["sendMessage"], values) == {
        "chat_id": 12,
        "text": "x",
        "reply_markup": KEYBOARD,
        "protect_content": True,
    }


@pytest.mark.parametrize("text", ["[1]", "12", "true", '{"a": 1}', "null"])
def test_a_text_that_looks_like_json_stays_a_text(text: str) -> None:
    parsed = parse_parameters(METHODS["sendMessage"], {"chat_id": 1, "text": text})
    assert parsed["text"] == text


def test_an_upload_under_the_fields_own_name_counts() -> None:
    parsed = parse_parameters(METHODS["sendPhoto"], {"chat_id": 1}, {"photo"})
    assert parsed["photo"] == "attach://photo"


@pytest.mark.parametrize("name", ["sendMessage", "SENDMESSAGE", "sendmessage"])
def test_a_methods_name_counts_in_any_case(name: str) -> None:
    method, _ = find_method(name)
    assert method is METHODS["sendMessage"]


@pytest.mark.parametrize("name", ["sendNothing", "", "send_message"])
def test_unknown_methods_are_refused(name: str) -> None:
    with pytest.raises(ApiError) as caught:
        find_method(name)
    assert (caught.value.status, caught.value.description) == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    ("method", "values", "status", "description"),
    [
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
            "Bad Request: can't parse MessageEntity: MessageEntity must be an Object",
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
            "Bad Request: can't parse BotCommand: Can't find field \"description\"",
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
        parse_parameters(METHODS[method], values)
    assert (caught.value.status, caught.value.description) == (status, description)


def keyboard(**markup: Any) -> dict[str, Any]:
    return {"chat_id": 1, "text": "x", "reply_markup": markup}


@pytest.mark.parametrize(
    ("method", "values", "reason"),
    [
        (
            "sendMessage",
            keyboard(inline_keyboard=[[{"callback_data": "a"}]]),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            "sendMessage",
            keyboard(inline_keyboard=[[{"text": "a", "url": {}}]]),
            'can\'t parse inline keyboard button: Field "url" must be of type String',
        ),
        (
            "sendMessage",
            keyboard(inline_keyboard=[[{"text": "a", "web_app": "https://x.vn"}]]),
            'can\'t parse inline keyboard button: Field "web_app" must be of type Object',
        ),
        (
            "sendMessage",
            keyboard(inline_keyboard=[["a"]]),
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            "sendMessage",
            keyboard(keyboard=[[{}]]),
            "can't parse keyboard button: Can't find field \"text\"",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": "[]"},
            "object expected as reply markup",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0}]},
            "can't parse MessageEntity: Can't find field \"length\"",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": "x"}},
            'can\'t parse ReplyParameters: Field "message_id" must be a valid Number',
        ),
        (
            "getMyCommands",
            {"scope": {"type": "chat"}},
            "can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
        (
            "getMyCommands",
            {"scope": '{"type": "x"}'},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("getMyCommands", {"scope": "x"}, "can't parse BotCommandScope JSON object"),
        (
            "editMessageMedia",
            {"chat_id": 1, "media": {"type": "photo"}},
            "can't parse InputMedia: Can't find field \"media\"",
        ),
        (
            "editMessageMedia",
            {"chat_id": 1, "media": {"type": "sticker", "media": "x"}},
            "can't parse InputMedia: Unsupported type specified",
        ),
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": "x"},
            "can't parse JSON encoded inline query results",
        ),
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": [{"type": "venue", "id": "1"}]},
            "can't parse inline query result: Unsupported type specified",
        ),
        ("sendMessage", {"chat_id": [], "text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "--5", "text": ["x"]}, 'field "text" must be of type String'),
        ("getUpdates", {"timeout": "nan"}, 'field "timeout" must be of type Integer'),
        (
            "sendPoll",
            {"chat_id": 1, "question": "?", "options": [], "correct_option_ids": "5"},
            "can't parse correct option ids JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "protect_content": "maybe"},
            'field "protect_content" must be of type Boolean',
        ),
    ],
)
def test_what_is_wrong_inside_is_named(method: str, values: dict[str, Any], reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_parameters(METHODS[method], values)
    assert caught.value.status == 400
    assert caught.value.description == f"Bad Request: {reason}"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "id", "keyboard", "inline_keyboard", "media", "chat_id", "x"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(METHODS)), st.data())
def test_any_values_are_taken_or_refused(method: str, data: st.DataObject) -> None:
    names = sorted(METHODS[method].fields) or ["x"]
    values = data.draw(
        st.dictionaries(
            st.sampled_from(names), json_values | json_values.map(json.dumps), max_size=5
        )
    )
    try:
        parsed = parse_parameters(METHODS[method], values)
    except ApiError as error:
        refusal = error
    else:
        required = {field.name for field in METHODS[method].fields.values() if field.required}
        assert required <= parsed.keys() <= METHODS[method].fields.keys()
        return
    assert refusal.status == 400
    assert refusal.description.startswith("Bad Request: ")
