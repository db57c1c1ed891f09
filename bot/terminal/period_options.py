"""The options of commands that look at some days of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.office_time import Period

MOST_DAYS = 3660

Days = Annotated[
    int, typer.Option("--days", min=1, max=MOST_DAYS, help="Số ngày, tính cả hôm nay.")
]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả là JSON.")]


def period_of(days: int) -> Period:
    """Return the period of the last `days` days, today among them."""
    # late: `--help` needs them not
    from bot.office_time import Period, utc_now  # noqa: PLC0415

    return Period.up_to(utc_now(), days)
