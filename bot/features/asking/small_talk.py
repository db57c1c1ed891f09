"""Greetings, thanks and questions about the bot, which no document answers."""

from __future__ import annotations

import re

from bot.features.asking import texts
from embeddings.vietnamese import fold, nfc

_OPENING = r"(?:(?:da|vang|uhm?|oi|ok|oke|a|e|em|anh|chi|ban|bot|ad|admin|minh|toi) )*"
_CLOSING = (
    r"(?: (?:a|nhe|nha|nhieu|lam|ban|bot|anh|chi|em|ad|oi|moi nguoi|ca nha|buoi sang|buoi chieu))*"
)
_REPLIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(f"{_OPENING}(?:{pattern}){_CLOSING}"), reply)
    for pattern, reply in (
        (r"(?:xin )?chao|chao buoi (?:sang|trua|chieu|toi)|hello|helo|hi|hey|alo", texts.GREETING),
        (
            r"(?:xin )?(?:cam on|camon|cam ta|thanks?|thank you|tks|thks)|tot (?:lam|qua)|hay qua",
            texts.THANKS,
        ),
        (
            (
                r"(?:ban|bot|may) (?:la ai|la gi|ten gi|ten la gi|lam duoc gi|giup duoc gi|biet gi)"
                r"|ai (?:tao|lam) ra (?:ban|bot)"
            ),
            texts.ABOUT_ME,
        ),
    )
)
_NOT_WORDS = re.compile(r"[\W_]+")


def reply_to_small_talk(text: str) -> str | None:
    """Return the reply to a greeting and the like, or None when `text` is something to look up."""
    words = _NOT_WORDS.sub(" ", fold(nfc(text)).lower()).strip()
    return next((reply for pattern, reply in _REPLIES if pattern.fullmatch(words)), None)
