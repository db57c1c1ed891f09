"""The sandbox's parameter types, held to the Bot API as data (shared/telegram/api.min.json)."""

import json
import re
import types
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from bot.sandbox.reactions import REACTIONS
from bot.sandbox.schema import METHODS, ApiObject
from bot.sandbox.schema.base import JsonObject, is_file
from tests.conftest import SHARED

SPEC = SHARED / "telegram" / "api.min.json"
API: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8")) if SPEC.is_file() else {}
OBJECTS = {
    kind.__name__: kind for kind in ApiObject.__subclasses__() if kind.__name__ != "Parameters"
}
SIMPLE = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": float}

pytestmark = pytest.mark.skipif(not API, reason="the Bot API as data is not at hand")


def takes(annotation: Any) -> set[str]:
    """The Bot API's names of the types that an annotation admits, without None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation.__name__}
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return takes(arguments[0])
        case origin if origin in {Union, types.UnionType}:
            return set().union(*(takes(part) for part in arguments))
        case origin if origin is list:
            return {f"Array of {name}" for name in takes(arguments[0])}
        case _:
            if arguments:
                return {"*" if annotation == JsonObject else "String"}  # else a Literal
            return {name for name, kind in SIMPLE.items() if kind is annotation}


def said(name: str) -> set[str]:
    """A type of the specification with what it stands for, `*` for objects taken as they are."""
    if name.startswith("Array of "):
        return {f"Array of {inner}" for inner in said(name.removeprefix("Array of "))}
    kind = API["types"].get(name)
    if kind is None:
        return {name, "Boolean", "True"} if name in {"Boolean", "True"} else {name}
    subtypes = kind.get("subtypes", [])
    return {name, "*", *(found for subtype in subtypes for found in said(subtype))}


def check(kind: type[BaseModel], fields: list[dict[str, Any]]) -> None:
    specified = {field["name"]: field for field in fields}
    assert set(kind.model_fields) == set(specified)
    for name, field in kind.model_fields.items():
        assert field.is_required() == specified[name]["required"], name
        if is_file(field):
            assert {"InputFile", "String"} & set(specified[name]["types"]), name
            continue
        allowed = set().union(*(said(each) for each in specified[name]["types"]))
        admitted = takes(field.annotation)
        assert admitted, name
        assert admitted <= allowed, name
        simple = {each for each in specified[name]["types"] if each in SIMPLE}
        assert simple <= admitted | {"True"}, name


@pytest.mark.parametrize("method", METHODS)
def test_a_method_takes_what_the_bot_api_says(method: str) -> None:
    check(METHODS[method], API["methods"][method].get("fields", []))


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_has_the_fields_that_the_bot_api_says(name: str) -> None:
    check(OBJECTS[name], API["types"][name].get("fields", []))


def test_a_bot_reacts_with_the_emoji_that_the_bot_api_names() -> None:
    (emoji,) = [f for f in API["types"]["ReactionTypeEmoji"]["fields"] if f["name"] == "emoji"]
    assert set(re.findall('"([^"]+)"', emoji["description"])) == REACTIONS
