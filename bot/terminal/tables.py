"""What commands print: cells of tables for people, JSON for programs."""

from __future__ import annotations

import datetime as dt
import json

from rich.markup import escape


def plain(text: str) -> str:
    """Return `text` for a cell of a table, where brackets would be markup otherwise."""
    return escape(text)


def print_json(value: object) -> None:
    """Print a value as one line of JSON; moments as ISO 8601 in UTC."""
    print(json.dumps(value, ensure_ascii=False, default=_moment))


def _moment(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
