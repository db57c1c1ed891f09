"""What Telegram finds in a text by itself: addresses, mentions, commands, hashtags, numbers.

The rules are those of tdlib/td (`MessageEntity.cpp`, `find_entities`), except that a host without
`https://` counts only under the common top-level domains below and never as a number, and that
telephone numbers, which Telegram's own servers find, are the international ones. Cashtags and bank
cards are not looked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.entity_rules import apart, ordered
from bot.sandbox.utf16 import utf16_offsets

if TYPE_CHECKING:
    from bot.sandbox.values import Json

_TOP_LEVEL = (
    "com|net|org|info|biz|edu|gov|mil|int|io|me|ai|app|dev|xyz|online|site|tech|cloud|vn|uk|us|eu|"
    "de|fr|ru|jp|kr|cn|tw|sg|th|la|kh|my|id|ph|in|au|ca|nz|ch|nl|be|es|it|pt|pl|cz|se|no|fi|dk|at"
)
_REST = r"[^\s<>\"«»]*[^\s<>\"«».:;,('?!`]"
_PATH = rf"(?:/(?:{_REST})?|[?#]{_REST})"
_HOST = r"(?:[a-z0-9](?:[a-z0-9_~-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9~-]*[a-z0-9])?\."
_PATTERNS = (
    (
        "email",
        re.compile(
            r"(?<![\w.+@/-])(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@"
            r"(?:[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?\.){1,6}[a-z]{2,8}(?![\w@-])",
            re.IGNORECASE,
        ),
    ),
    ("url", re.compile(rf"(?:tg|ton)://[a-z0-9_-]{{1,253}}(?:{_PATH})?", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<!\w)(?:https?|ftp)://(?:[^\s/@<>\"]+@)?[^\W_](?:[\w~-]*\w)?(?:\.[\w~-]*\w)*"
            rf"\.[^\W\d_]{{2,}}(?::\d{{1,5}})?(?:{_PATH})?",
            re.IGNORECASE,
        ),
    ),
    (
        "url",
        re.compile(
            rf"(?<![\w/#@.~-]){_HOST}(?:{_TOP_LEVEL})(?![\w@~-]|\.\w)(?::\d{{1,5}})?(?:{_PATH})?",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<!\w)@(?:[A-Za-z0-9_]{4,32}|gif|vid|pic)(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}(?!\w*#)")),
    ("phone_number", re.compile(r"(?<![\w+/.-])\+\d{1,3}(?:[ -]?\d){8,12}(?!\w)")),
)


def found_entities(text: str) -> list[Json]:
    """Return what is found in `text`, in order and apart from one another."""
    offsets = utf16_offsets(text)
    found: list[Json] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            offset = offsets[match.start()]
            length = offsets[match.end()] - offset
            found.append({"type": kind, "offset": offset, "length": length})
    return apart(ordered(found))
