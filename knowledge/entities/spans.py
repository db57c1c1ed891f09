"""Character ranges of a text, and those that stand in quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""Where something stands in a text: the first character and the one after the last."""

_QUOTED = re.compile(r"[“\"«]([^“”\"«»\n]{3,300})[”\"»]")


def overlap(a: Span, b: Span) -> bool:
    """Tell whether the two ranges share a character."""
    return a[0] < b[1] and b[0] < a[1]


def outside(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """Return those of `spans` that share no character with any of `taken`."""
    return [span for span in spans if not any(overlap(span, other) for other in taken)]


def quoted_spans(text: str) -> list[Span]:
    """Return the ranges of what stands in quotation marks, without the marks."""
    return [match.span(1) for match in _QUOTED.finditer(text)]
