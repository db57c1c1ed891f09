"""The table of the Bot API, held to the Bot API as data (shared/telegram/api.min.json)."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from bot.sandbox.schema import METHODS, OBJECTS, UNIONS, ApiField
from tests.conftest import SHARED

SPEC = SHARED / "telegram" / "api.min.json"
API: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8")) if SPEC.is_file() else {}
SIMPLE = {"Integer", "String", "Boolean", "True"}

pytestmark = pytest.mark.skipif(not API, reason="the Bot API as data is not at hand")


def takes(kind: str) -> set[str]:
    """The Bot API's names of the types that a type of the table admits."""
    if kind.startswith("["):
        return {f"Array of {name}" for name in takes(kind[1:-1])}
    if kind in UNIONS:
        return set(UNIONS[kind])
    return {"ChatId": {"Integer", "String"}, "Object": {"*"}}.get(kind, {kind})


def said(name: str) -> set[str]:
    """A type of the specification with what it stands for, `*` for objects taken as they are."""
    if name.startswith("Array of "):
        return {f"Array of {inner}" for inner in said(name.removeprefix("Array of "))}
    kind = API["types"].get(name)
    if kind is None:
        return {name, "Boolean", "True"} if name in {"Boolean", "True"} else {name}
    subtypes = kind.get("subtypes", [])
    return {name, "*", *(found for subtype in subtypes for found in said(subtype))}


def check(fields: Mapping[str, ApiField], described: list[dict[str, Any]]) -> None:
    specified = {field["name"]: field for field in described}
    assert set(fields) == set(specified)
    for name, field in fields.items():
        assert field.required == specified[name]["required"], name
        if field.kind == "File":
            assert {"InputFile", "String"} & set(specified[name]["types"]), name
            continue
        if field.value is not None:
            assert re.search(rf"\b{field.value}\b", specified[name]["description"]), name
        allowed = set().union(*(said(each) for each in specified[name]["types"]))
        admitted = takes(field.kind)
        assert admitted <= allowed, name
        simple = {each for each in specified[name]["types"] if each in SIMPLE}
        assert simple <= admitted | {"True"}, name


@pytest.mark.parametrize("method", METHODS)
def test_a_method_takes_what_the_bot_api_says(method: str) -> None:
    check(METHODS[method].fields, API["methods"][method].get("fields", []))


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_has_the_fields_that_the_bot_api_says(name: str) -> None:
    check(OBJECTS[name], API["types"][name].get("fields", []))
