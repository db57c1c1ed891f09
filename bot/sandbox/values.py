"""What all parts of the sandbox hand one another: JSON objects and the time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn

Json = dict[str, Any]
"""One JSON object of the Bot API, with the API's field names."""

Clock = Callable[[], datetime]
"""Returns the current time, with its zone; passed in, so that tests of expiry needn't wait."""


def without_none(fields: Json) -> Json:
    """Return `fields` without those that have no value; the Bot API leaves them out."""
    return {name: value for name, value in fields.items() if value is not None}


def system_clock() -> datetime:
    """Return the time of the machine in UTC."""
    return datetime.now(UTC)


def parse_json(text: str | bytes) -> object:
    """Return a JSON value; ValueError for anything else.

    That includes what only Python takes for JSON, and halves of surrogate pairs, which JSON can
    write and UTF-8 can't.
    """
    try:
        value: object = json.loads(text, parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
