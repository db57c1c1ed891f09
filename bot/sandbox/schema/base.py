"""What the parameters of all methods have in common: how values arrive and become typed."""

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.fields import FieldInfo

JsonObject = dict[str, object]
"""A part of a call that the sandbox takes as it is."""

_ATTACHED = "attach://"


def _number_or_name(value: object) -> object:
    """Return a chat's number for its digits; forms know only texts."""
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal():
        return int(value)
    return value


ChatId = Annotated[int | str, BeforeValidator(_number_or_name)]
"""A chat's number, or `@username`."""

InputFile = Annotated[str, "file"]
"""`attach://<part>` of an upload, the `file_id` of a file sent before, or an address."""


class ApiObject(BaseModel):
    """An object inside a call; fields that the Bot API does not know are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Parameters(ApiObject):
    """The parameters of one method."""

    @model_validator(mode="before")
    @classmethod
    def _from_texts(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Read what came as text: JSON where an object or array belongs, and no empty numbers."""
        read: dict[str, Any] = {}
        for name, value in values.items():
            field = cls.model_fields.get(name)
            if field is None or value is None:
                continue
            if isinstance(value, str) and not _is_text(field):
                if not value.strip():
                    continue
                value = _json(value) if _is_json(field) else value  # noqa: PLW2901
            read[name] = value
        return read


def _is_text(field: FieldInfo) -> bool:
    return field.annotation in {str, str | None}


def _is_json(field: FieldInfo) -> bool:
    """Tell whether a field takes an object or array, which forms hold as JSON."""
    return any(mark in repr(field.annotation) for mark in ("bot.sandbox.schema", "list", "dict"))


def _json(text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return text  # refused by its type
    return value


def attached(part: str) -> str:
    """Return how an upload that came under a field's own name is referred to."""
    return f"{_ATTACHED}{part}"


def is_file(field: FieldInfo) -> bool:
    """Tell whether a field takes a file."""
    return "file" in field.metadata or "'file'" in repr(field.annotation)
