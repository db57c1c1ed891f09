"""Turns the values of a call into a method's parameters, or into Telegram's refusal.

The wordings are those of Telegram's own server (tdlib/telegram-bot-api, `Client.cpp`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.sandbox.api_error import ApiError, bad_request
from bot.sandbox.schema.base import attached, is_file
from bot.sandbox.schema.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from pydantic_core import ErrorDetails

    from bot.sandbox.schema.base import Parameters

_BY_LOWER_NAME = {name.lower(): parameters for name, parameters in METHODS.items()}
_REFUSALS = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "from_chat_id is empty",
    "user_id": "invalid user_id specified",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "file_id": "invalid file_id",
    "callback_query_id": ("query is too old and response timeout expired or query ID is invalid"),
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_UNREADABLE = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "entities": "can't parse entities JSON object",
    "caption_entities": "can't parse entities JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "options": "can't parse options JSON object",
    "commands": "can't parse commands JSON object",
    "scope": "can't parse BotCommandScope JSON object",
    "media": "can't parse media JSON object",
    "results": "can't parse inline query results JSON object",
    "reaction": "can't parse reaction types JSON object",
    "menu_button": "can't parse menu button JSON object",
    "permissions": "can't parse chat permissions JSON object",
}


def parse_parameters(
    method: str, values: Mapping[str, object], uploads: Container[str] = ()
) -> Parameters:
    """Return the parameters of `method` (any case) from texts or JSON values.

    `uploads` names the files that came along; one under a field's own name stands for
    `attach://<field>`. Raises ApiError: 404 for an unknown method, 400 for a missing or ill-typed
    field.
    """
    parameters = _BY_LOWER_NAME.get(method.lower())
    if parameters is None:
        raise ApiError(404, "Not Found: method not found")
    files = {
        name: attached(name)
        for name, field in parameters.model_fields.items()
        if is_file(field) and name in uploads
    }
    try:
        return parameters.model_validate({**values, **files})
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        raise bad_request(_reason(parameters, details[0])) from error


def _reason(parameters: type[Parameters], detail: ErrorDetails) -> str:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    inside = [
        str(part)
        for part in detail["loc"][1:]
        if not isinstance(part, int) and str(part)[:1].islower()  # the rest names types of a union
    ]
    field = parameters.model_fields[name]
    if detail["type"] == "missing" and not inside and is_file(field):
        return f"there is no {name} in the request"
    if (detail["type"] == "missing" or name.endswith("_id")) and not inside:
        return _REFUSALS.get(name, f'parameter "{name}" is required')
    if name in _UNREADABLE:
        where = f': field "{inside[-1]}" {_rule(detail)}' if inside else ""
        return _UNREADABLE[name] + where
    if detail["type"] in {"list_type", "dict_type", "model_type", "model_attributes_type"}:
        return f"can't parse {name.replace('_', ' ')} JSON object"
    return f'field "{name}" {_rule(detail)}'


def _rule(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "is required"
    kind = detail["type"].partition("_")[0]
    names = {"int": "Integer", "string": "String", "bool": "Boolean", "float": "Float"}
    return f"must be of type {names[kind]}" if kind in names else "has a wrong value"
