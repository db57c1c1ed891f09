"""The Bot API's methods and objects, made from the table in schema.yaml."""

from __future__ import annotations

import functools
import operator
import re
import types
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from bot.sandbox.errors import bad_request
from bot.sandbox.values import parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.sandbox.values import Json

_TABLE = Path(__file__).parent / "schema.yaml"
_FIELD = re.compile(r"([a-z_]+)(!?)(?:=(\w+)|:([\w\[\]]+))?")
_NUMBER = re.compile(r"\s*-?[0-9]{1,20}\s*")


def _number_or_name(value: object) -> object:
    """Return a chat's number for its digits; forms know only texts."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    return value


_SIMPLE: dict[str, Any] = {
    "String": str,
    "File": str,
    "Integer": int,
    "Boolean": bool,
    "ChatId": Annotated[int | str, BeforeValidator(_number_or_name)],
    "Object": dict[str, object],
}
_TEXTS = frozenset({"String", "File"})


class _ApiObject(BaseModel):
    """An object inside a call; fields that the Bot API does not know are passed over."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, coerce_numbers_to_str=True, allow_inf_nan=False
    )


@dataclass(frozen=True, slots=True)
class ApiField:
    """A field as the table describes it; `value` is the only one that it may have."""

    name: str
    kind: str
    required: bool
    value: str | None

    @property
    def holds_json(self) -> bool:
        """Whether forms hold it as JSON: an array or an object."""
        return self.kind == "Object" or self.kind not in _SIMPLE


@dataclass(frozen=True)
class ApiMethod:
    """A method with its parameters by name."""

    name: str
    fields: Mapping[str, ApiField]

    def checked(self, values: Mapping[str, object]) -> Json:
        """Return the parameters as JSON, without those that were not given.

        `values` are texts, as forms bring them, or JSON values. Raises pydantic's ValidationError,
        and ApiError 400 for half a surrogate pair, which JSON can write and UTF-8 can't.
        """
        checked = self._model.model_validate(self._read(values))
        return checked.model_dump(mode="json", exclude_none=True)

    @cached_property
    def _model(self) -> type[BaseModel]:
        return _model(self.name, self.fields)

    def _read(self, values: Mapping[str, object]) -> Json:
        """Read what came as text: JSON where an object or array belongs, and no empty numbers."""
        read: Json = {}
        for name, field in self.fields.items():
            value = values.get(name)
            if isinstance(value, str) and field.kind not in _TEXTS:
                if not value.strip():
                    continue
                value = _json(value) if field.holds_json else value
            elif value is None:
                continue
            read[name] = value
        return read


def _json(text: str) -> object:
    try:
        return parse_json(text)
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    except ValueError:
        return text  # refused by its type


def _fields(described: str) -> Mapping[str, ApiField]:
    """Return the fields of one entry of the table, in their order."""
    fields: dict[str, ApiField] = {}
    for word in described.split():
        if word in _table["groups"]:
            fields.update(_fields(_table["groups"][word]))
            continue
        found = _FIELD.fullmatch(word)
        if found is None:
            raise ValueError(f"{_TABLE.name}: a field must be like name!:Type, got {word!r}")
        name, required, value, kind = found.groups()
        fields[name] = ApiField(name, kind or "String", bool(required), value)
    return fields


def _model(name: str, fields: Mapping[str, ApiField]) -> type[BaseModel]:
    annotations: dict[str, Any] = {}
    for field in fields.values():
        kind = _type(field.kind) if field.value is None else Literal[field.value]
        annotations[field.name] = (kind, ...) if field.required else (kind | None, None)
    return create_model(name, __base__=_ApiObject, **annotations)


@cache
def _type(kind: str) -> Any:  # noqa: ANN401 -- what it returns is known at run time only
    """Return what a type's name in the table stands for."""
    if kind.startswith("["):
        return types.GenericAlias(list, (_type(kind[1:-1]),))
    if kind in UNIONS:
        return _union(UNIONS[kind])
    return _SIMPLE[kind] if kind in _SIMPLE else _model(kind, OBJECTS[kind])


def _union(names: Sequence[str]) -> Any:  # noqa: ANN401 -- as above
    union = functools.reduce(operator.or_, map(_type, names))
    told_apart = all("type" in OBJECTS[name] for name in names)
    return Annotated[union, Field(discriminator="type")] if told_apart else union


_table: dict[str, dict[str, Any]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))

METHODS: Mapping[str, ApiMethod] = {
    name: ApiMethod(name, _fields(described)) for name, described in _table["methods"].items()
}
"""The methods that the sandbox knows, by the Bot API's name."""

OBJECTS: Mapping[str, Mapping[str, ApiField]] = {
    name: _fields(described) for name, described in _table["objects"].items()
}
"""The fields of the objects in their calls."""

UNIONS: Mapping[str, list[str]] = {
    name: described.split() for name, described in _table["unions"].items()
}
"""The objects that stand for one another, such as the kinds of keyboards."""

MISSING: Mapping[str, str] = _table["missing"]
"""Telegram's words for a required parameter that is missing."""

UNREADABLE: Mapping[str, list[str]] = _table["unreadable"]
"""How Telegram calls a parameter that is no JSON, and what it says is in it."""
