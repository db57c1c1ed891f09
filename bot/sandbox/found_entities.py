"""What Telegram finds in a text by itself: addresses, mentions, commands, hashtags, numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.json_object import Json

_TOP_LEVEL = r"(?:com|net|org|info|edu|gov|io|me|vn|uk|us|app|dev)"
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:(?:https?|tg)://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]»']"
            rf"|(?:[a-z0-9-]+\.)+{_TOP_LEVEL}(?![\w.-]*\w@)(?:/[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]»'])?(?!\w))",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII)),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])", re.ASCII),
    ),
    ("hashtag", re.compile(r"(?<![\w&#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
    ("phone_number", re.compile(r"(?<![\w+/.-])\+\d{1,3}(?:[ -]?\d){8,12}(?!\w)")),
)
# Telegram looks for nothing inside these.
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention"})


def found_entities(text: str, taken: Sequence[Json] = ()) -> list[Json]:
    """Return what is found in `text`, in order; nothing inside code or links of `taken`."""
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in taken
        if entity["type"] in _CLOSED
    ]
    found: list[Json] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            offset = _units(text[: match.start()])
            end = offset + _units(match.group())
            if any(offset < stop and start < end for start, stop in closed):
                continue
            closed.append((offset, end))
            found.append({"type": kind, "offset": offset, "length": end - offset})
    return sorted(found, key=lambda entity: int(entity["offset"]))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
