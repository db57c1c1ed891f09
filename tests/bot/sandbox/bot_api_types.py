"""Checks values against the machine-readable description of the Bot API."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tests.conftest import SHARED

DESCRIPTION = SHARED / "telegram" / "api.min.json"

_PLAIN = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": (int, float)}


@cache
def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return found


def problems_of_result(method: str, result: Any) -> list[str]:
    """What is wrong with a method's result; nothing when it is as described."""
    return _problems(result, description()["methods"][method]["returns"], method)


def problems(value: Any, type_name: str) -> list[str]:
    return _problems(value, [type_name], type_name)


def _problems(value: Any, types: list[str], place: str) -> list[str]:
    attempts = [_problems_of_one(value, name, place) for name in types]
    return min(attempts, key=len)


def _problems_of_one(value: Any, name: str, place: str) -> list[str]:
    if name in _PLAIN:
        good = isinstance(value, _PLAIN[name])
        if isinstance(value, bool) and name in {"Integer", "Float"}:
            good = False
        return [] if good else [f"{place}: {value!r} is no {name}"]
    if name.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{place}: {value!r} is no array"]
        item = name.removeprefix("Array of ")
        return [p for n, v in enumerate(value) for p in _problems_of_one(v, item, f"{place}.{n}")]
    described = description()["types"][name]
    if "subtypes" in described:
        return _problems(value, described["subtypes"], place)
    if not isinstance(value, dict):
        return [f"{place}: {value!r} is no {name}"]
    fields = {field["name"]: field for field in described.get("fields", [])}
    found = [f"{place}: {key} is no field of {name}" for key in value.keys() - fields.keys()]
    found += [
        f"{place}: {name} lacks {key}"
        for key, field in fields.items()
        if field["required"] and key not in value
    ]
    for key in value.keys() & fields.keys():
        found += _problems(value[key], fields[key]["types"], f"{place}.{key}")
    return found
