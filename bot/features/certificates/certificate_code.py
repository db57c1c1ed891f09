"""The code on a certificate: how it is written, read back and made up anew.

LC, eight random characters and a tag of four, all in Crockford's base 32
(https://www.crockford.com/base32.html): no I, L, O or U, so that people can copy it from paper.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "LC"
BODY_CHARACTERS = 8
"""Random: 40 bits."""
TAG_CHARACTERS = 4
"""Computed with the secret key (`signing.py`): 20 bits."""
CODE_CHARACTERS = len(PREFIX) + BODY_CHARACTERS + TAG_CHARACTERS
START_PREFIX = "v_"
"""What a deep link's parameter begins with."""

_LINK = f"start={START_PREFIX}"
_LONGEST_TYPED = 200  # a link with some spaces around; whatever is longer is no code
_LOOKALIKES = str.maketrans("OIL", "011")
_READ_PREFIX = PREFIX.translate(_LOOKALIKES)


def parse_code(typed: str) -> str | None:
    """Return the bare code that somebody typed or pasted; None if it can't be one.

    Lower case, spaces and any hyphens are read, O as 0, I and L as 1; the LC may be missing; of a
    link the code in it counts.
    """
    if len(typed) > _LONGEST_TYPED:
        return None
    _, _, in_link = typed.rpartition(_LINK)
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", in_link).upper()
        if not character.isspace() and unicodedata.category(character) != "Pd"
    ).translate(_LOOKALIKES)
    if len(plain) == CODE_CHARACTERS and plain.startswith(_READ_PREFIX):
        plain = plain[len(_READ_PREFIX) :]
    if len(plain) != BODY_CHARACTERS + TAG_CHARACTERS or not set(plain) <= set(ALPHABET):
        return None
    return PREFIX + plain


def shown_code(code: str) -> str:
    """Return a bare code as it is printed: LC-XXXX-XXXX-XXXX."""
    rest = code.removeprefix(PREFIX)
    return "-".join([PREFIX, *(rest[start : start + 4] for start in range(0, len(rest), 4))])


def link_of(code: str, username: str | None) -> str:
    """Return the link that opens the bot and verifies `code`; without a bot's name the code."""
    return f"https://t.me/{username}?start={START_PREFIX}{code}" if username else shown_code(code)
