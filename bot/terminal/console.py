"""The terminal: results on stdout, everything else on stderr; text, tables and JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Found = TypeVar("_Found")

FAILED = 1
"""The exit code of a command that could not do what it was asked."""
BAD_USAGE = 2
"""The exit code of a command that was asked in a wrong way."""

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    """Tell what is going on, on stderr."""
    err.print(line, style="dim", markup=False)


def alert(label: str, message: str, colour: str) -> None:
    """Print a message on stderr after a coloured label."""
    err.print(Text.assemble((f"{label}: ", f"bold {colour}"), message))


def print_json(value: object) -> None:
    """Print a value as one line of JSON, at once; days and moments (UTC) as ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, default=_day_or_moment), flush=True)


def picked(value: object, names: str) -> dict[str, object]:
    """Return the named attributes of a value, for JSON."""
    return {name: getattr(value, name) for name in names.split()}


def right(*headings: str) -> list[Column]:
    """Return columns of numbers."""
    return [Column(heading, justify="right") for heading in headings]


def whole(heading: str) -> Column:
    """Return a column whose cells stay on one line."""
    return Column(heading, no_wrap=True)


def print_table(
    columns: Iterable[Column | str], rows: Iterable[Iterable[str]], title: str | None = None
) -> None:
    """Print rows of plain text; columns given by their heading wrap it, and may have none."""
    headers = [Column(one, overflow="fold") if isinstance(one, str) else one for one in columns]
    shown = None if title is None else Text(title, style="table.title")
    headed = any(column.header for column in headers)
    table = Table(*headers, title=shown, title_justify="left", show_header=headed)
    for row in rows:
        table.add_row(*map(Text, row))  # not strings: people's words may look like markup
    out.print(table)


def print_list(  # noqa: PLR0913 -- the two ways to print it
    found: Iterable[_Found],
    *,
    as_json: bool,
    values: Callable[[_Found], dict[str, Any]],
    columns: Iterable[Column | str],
    row: Callable[[_Found], Iterable[str]],
    title: str | None = None,
) -> None:
    """Print what was found as one JSON array, or as a table."""
    if as_json:
        print_json([values(one) for one in found])
    else:
        print_table(columns, map(row, found), title)


def _day_or_moment(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
