"""Words that make a number or date a limit: "trước 10 giờ" is not "sau 10 giờ"."""

from __future__ import annotations

from embeddings.vietnamese import syllables

_BOUNDS = frozenset("trước sau trên dưới hơn quá nhất đa thiểu kém".split())
_BETWEEN = frozenset("ngày tháng năm lúc".split())  # a limit and its date


def bound_before(text: str) -> str:
    """Return the limiting word that `text` ends with, or an empty string."""
    words = syllables(text)
    while words and words[-1] in _BETWEEN:
        words.pop()
    return words[-1] if words and words[-1] in _BOUNDS else ""
