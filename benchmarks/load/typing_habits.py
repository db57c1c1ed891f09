"""How staff type: without diacritics, with slips of the finger, in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.corpus import QUESTIONS
from embeddings.vietnamese import fold

if TYPE_CHECKING:
    import random

FOLLOW_UPS = (
    "còn gì nữa không",
    "vì sao",
    "ngày nào",
    "ai ký",
    "nói rõ hơn",
    "co tu bao gio",
    "còn 3 không thì sao",
)
_SHORT = {"không": "ko", "gì": "j", "được": "đc", "văn phòng": "vp", "ngày": "ng", "những": "~"}
_BARE, _SLIP, _IN_SHORT = 0.45, 0.15, 0.15
"""Shares of messages; some are all of it."""


def question(rng: random.Random) -> str:
    """Return a question as somebody may type it."""
    return as_typed(rng.choice(QUESTIONS), rng)


def as_typed(text: str, rng: random.Random) -> str:
    """Return `text` as somebody in a hurry may type it; chance decides how."""
    if rng.random() < _IN_SHORT:
        for long, short in _SHORT.items():
            text = text.replace(long, short)
    if rng.random() < _BARE:
        text = fold(text)
    if rng.random() < _SLIP and len(text) > 3:
        place = rng.randrange(1, len(text) - 1)
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text
