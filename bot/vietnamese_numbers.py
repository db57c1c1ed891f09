"""Numbers as people here write them: a comma before decimals, dots between thousands."""

from __future__ import annotations


def number(value: int) -> str:
    """Return a whole number, like 12.345."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float, form: str = ".1f") -> str:
    """Return a number with decimals, like 0,5; `form` is Python's format of it."""
    return f"{value:{form}}".replace(".", ",")


def percentage(share: float | None) -> str:
    """Return a share as whole per cent; a dash for None."""
    return "–" if share is None else f"{share:.0%}"
