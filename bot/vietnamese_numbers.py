"""Numbers as people here write them: a comma before decimals, dots between thousands."""

from __future__ import annotations

_MINUTE = 60


def number(value: int) -> str:
    """Return a whole number, like 12.345."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float, form: str = ".1f") -> str:
    """Return a number with decimals, like 0,5; `form` is Python's format of it."""
    return f"{value:{form}}".replace(".", ",")


def percentage(share: float | None) -> str:
    """Return a share as whole per cent; a dash for None."""
    return "–" if share is None else f"{share:.0%}"


def duration(seconds: float) -> str:
    """Return a length of time as 40 giây, 12 phút or 1 giờ 20 phút."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} giây"
    minutes = round(seconds / _MINUTE)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} phút"
    return f"{hours} giờ {minutes} phút" if minutes else f"{hours} giờ"
