"""Short ids of answers, which people can read out on the phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

LENGTH = 7
"""Characters: 35 bits, so that among 50,000 answers a new id is taken once in 700,000 times."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LOOK_ALIKE = str.maketrans("OIL", "011")
_SHAPE = re.compile(f"[{_ALPHABET}]{{{LENGTH}}}")


def new_answer_id(rng: random.Random) -> str:
    """Return a random id."""
    return "".join(rng.choices(_ALPHABET, k=LENGTH))


def parse_answer_id(text: str) -> str | None:
    """Return the id that somebody typed, or None when it can't be one.

    Case, spaces, dashes and look-alikes (O for 0; I and L for 1) don't matter.
    """
    typed = re.sub(r"[\s-]", "", text).upper().translate(_LOOK_ALIKE)
    return typed if _SHAPE.fullmatch(typed) else None
