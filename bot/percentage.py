"""Shares as people read them."""

from __future__ import annotations


def percentage(share: float | None) -> str:
    """Return a share as whole per cent; a dash for None."""
    return "–" if share is None else f"{share:.0%}"
