"""What the parameters of all methods have in common: how values arrive and become typed."""

import json
import re
from collections.abc import Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.fields import FieldInfo

JsonObject = dict[str, object]
"""A part of a call that the sandbox takes as it is."""

_ATTACHED = "attach://"
_NUMBER = re.compile(r"\s*-?[0-9]{1,20}\s*")
_PLAIN = frozenset({int, float, bool, str})


def _number_or_name(value: object) -> object:
    """Return a chat's number for its digits; forms know only texts."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    return value


ChatId = Annotated[int | str, BeforeValidator(_number_or_name)]
"""A chat's number, or `@username`."""

InputFile = Annotated[str, "file"]
"""`attach://<part>` of an upload, the `file_id` of a file sent before, or an address."""


class ApiObject(BaseModel):
    """An object inside a call; fields that the Bot API does not know are passed over."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, coerce_numbers_to_str=True, allow_inf_nan=False
    )


class Parameters(ApiObject):
    """The parameters of one method."""

    @model_validator(mode="before")
    @classmethod
    def _from_texts(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Read what came as text: JSON where an object or array belongs, and no empty numbers."""
        texts, objects = _texts_and_objects(cls)
        read: dict[str, Any] = {}
        for name, value in values.items():
            if name not in cls.model_fields or value is None:
                continue
            if isinstance(value, str) and name not in texts:
                if not value.strip():
                    continue
                value = _json(value) if name in objects else value  # noqa: PLW2901
            read[name] = value
        return read


@cache
def _texts_and_objects(parameters: type[Parameters]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the fields that take text as it is, and those that forms hold as JSON."""
    kinds = {name: set(_kinds(f.annotation)) for name, f in parameters.model_fields.items()}
    texts = frozenset(name for name, found in kinds.items() if found == {str})
    objects = frozenset(name for name, found in kinds.items() if not found <= _PLAIN)
    return texts, objects


def _kinds(annotation: object) -> Iterator[object]:
    """Yield the types that an annotation admits, without None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for part in get_args(annotation):
            yield from _kinds(part)
    elif annotation is not NoneType:
        yield annotation


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
