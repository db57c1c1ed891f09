"""Turns the values of a call into a method's parameters, or into Telegram's refusal.

The wordings are those of Telegram's own server, as bots have met them in the wild; where none is
known, the rule and the field are said in the same style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.sandbox.errors import bad_request
from bot.sandbox.schema import MISSING, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from pydantic_core import ErrorDetails

    from bot.sandbox.schema import ApiMethod
    from bot.sandbox.values import Json

ATTACHED = "attach://"
"""Begins the name of an upload that stands for a file."""

_KEYBOARDS = {
    "inline_keyboard": ("inline keyboard button", "InlineKeyboardButton"),
    "keyboard": ("keyboard button", "KeyboardButton"),
}
_KINDS = {
    "string": "of type String",
    "bool": "of type Boolean",
    "list": "of type Array",
    "model": "of type Object",
    "dict": "of type Object",
    "int": "a valid Number",
}
_SIMPLE_KINDS = {"int": "Integer"} | {
    kind: said.removeprefix("of type ") for kind, said in _KINDS.items() if "type" in said
}


def parse_parameters(
    method: ApiMethod, values: Mapping[str, object], uploads: Container[str] = ()
) -> Json:
    """Return the parameters of a method from texts or JSON values.

    `uploads` names the files that came along; one under a field's own name stands for
    `attach://<field>`. Raises ApiError 400 for a missing or ill-typed field.
    """
    files = {
        field.name: f"{ATTACHED}{field.name}"
        for field in method.fields.values()
        if field.kind == "File" and field.name in uploads
    }
    try:
        return method.checked({**values, **files})
    except ValidationError as error:
        raise bad_request(_reason(method, error)) from error


def _reason(method: ApiMethod, error: ValidationError) -> str:
    details = error.errors(include_url=False, include_context=False)
    name = str(details[0]["loc"][0])
    # A field that takes several kinds of objects has an error for each: the one that got furthest.
    detail = max(
        (each for each in details if each["loc"][0] == name), key=lambda each: len(each["loc"])
    )
    is_given = detail["type"] != "missing" or len(detail["loc"]) > 1
    if is_given and name in UNREADABLE:
        return _object_reason(name, detail)
    if detail["type"] == "missing" and method.fields[name].kind == "File":
        return f"there is no {name} in the request"
    if detail["type"] == "missing" or name.endswith("_id"):
        return MISSING.get(name, f'parameter "{name}" is required')
    kind = _SIMPLE_KINDS.get(detail["type"].partition("_")[0])
    if kind in {"Array", "Object"}:
        return f"can't parse {name.replace('_', ' ')} JSON object"
    return f'field "{name}" must be of type {kind}' if kind else f'field "{name}" is wrong'


def _object_reason(name: str, detail: ErrorDetails) -> str:
    as_json, inside = UNREADABLE[name]
    kind = inside
    place = detail["loc"]
    if name == "reply_markup":
        if len(place) == 2 and not isinstance(detail["input"], str):
            return "object expected as reply markup"
        keyboard = next((_KEYBOARDS[str(part)] for part in place if str(part) in _KEYBOARDS), None)
        if keyboard is None or len(place) <= 3:
            return f"can't parse {as_json}"
        inside, kind = keyboard
    elif len(place) == 1 and not detail["type"].startswith("union_tag"):
        return f"can't parse {as_json}"
    return f"can't parse {inside}: {_rule(detail, kind)}"


def _rule(detail: ErrorDetails, kind: str) -> str:
    last = detail["loc"][-1]
    if detail["type"] == "missing":
        return f'Can\'t find field "{last}"'
    if detail["type"] == "union_tag_invalid":
        return "Unsupported type specified"
    if detail["type"] == "union_tag_not_found":
        return 'Can\'t find field "type"'
    if isinstance(last, int) or last[:1].isupper():  # an item itself, or a type of several
        return f"{kind} must be an Object"
    said = _KINDS.get(detail["type"].partition("_")[0])
    return f'Field "{last}" must be {said}' if said else f'Field "{last}" is wrong'
