"""Whether words stand in a text, however they were typed."""

from __future__ import annotations

import re

from embeddings.vietnamese import canonical_syllable, nfc

_MARKS = str.maketrans(dict.fromkeys("“”„‟«»″〝〞", '"') | dict.fromkeys("‘’‚‛‹›′`´", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_BULLET = re.compile(r"(?:^|\s)[-•*](?=\s)")
_WORD = re.compile(r"\w+")


def wording(text: str) -> str:
    """Return `text` as two typings of the same words look alike.

    NFC, small letters, single spaces, straight quotation marks and dashes, one style of placing
    tones (hòa for hoà), no bullets of list items. Other punctuation counts: "phục vụ, kịp thời" and
    "phục vụ kịp thời" are two versions of a motto.
    """
    plain = nfc(nfc(text).casefold()).translate(_MARKS).translate(_DASHES)
    plain = " ".join(_BULLET.sub(" ", plain).split())
    return _WORD.sub(lambda match: canonical_syllable(match.group()), plain)


def stands_in(words: str, text: str) -> bool:
    """Tell whether `words` stand in `text`, both as `wording` returns them, as whole words.

    "28/8" doesn't stand in "128/8". No words stand nowhere.
    """
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_joined(text, start) or _joined(text, end)):
            return True
        start = text.find(words, start + 1)
    return False


def _joined(text: str, place: int) -> bool:
    """Tell whether the characters on both sides of `place` belong to one word."""
    return 0 < place < len(text) and all(_WORD.match(text[i]) for i in (place - 1, place))
