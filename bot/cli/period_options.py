"""The options of commands that look at some days of the record."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

MOST_DAYS = 3660

Days = Annotated[
    int, typer.Option("--days", min=1, max=MOST_DAYS, help="Số ngày, tính cả hôm nay.")
]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả là JSON.")]


def utc_now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)
