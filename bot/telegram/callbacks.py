"""Buttons that only the person they were shown to may press.

Their callback data is `<kind>:<owner>[:<argument>…]`, numbers in base 36 to fit in 64 bytes. The
owner in it is no proof of anything: a changed client may send what it likes. It tells a bystander's
press from the owner's; what the presser may do is judged by role.
"""

from __future__ import annotations

import re
import string

from telegram import InlineKeyboardButton

from bot.limits import CALLBACK_DATA_BYTES

_DIGITS = string.digits + string.ascii_lowercase
_NUMBER = re.compile(r"[0-9a-z]{1,11}")  # ids have 52 bits at most


def owned_button(label: str, kind: str, owner: int, *arguments: str | int) -> InlineKeyboardButton:
    """Return a button for `owner`; raises ValueError when the data does not fit."""
    return InlineKeyboardButton(label, callback_data=owned_data(kind, owner, *arguments))


def owned_data(kind: str, owner: int, *arguments: str | int) -> str:
    """Return the data of a button for `owner`; raises ValueError when it does not fit."""
    data = ":".join([kind, to_base36(owner), *map(_argument, arguments)])
    if len(data.encode()) > CALLBACK_DATA_BYTES:
        raise ValueError(f"callback data must fit in {CALLBACK_DATA_BYTES} bytes, got {data!r}")
    return data


def owned_pattern(kind: str) -> re.Pattern[str]:
    """Return what the data of buttons of this kind looks like."""
    return re.compile(rf"^{re.escape(kind)}:[0-9a-z]{{1,11}}(:[0-9a-z_]*)*$")


def owner_of(data: object) -> int | None:
    """Return whom a button was shown to, or None where it does not say."""
    parts = data.split(":") if isinstance(data, str) else []
    return from_base36(parts[1]) if len(parts) >= 2 else None


def arguments_of(data: str | None) -> tuple[str, ...]:
    """Return a button's arguments, after its kind and owner."""
    return tuple((data or "").split(":")[2:])


def to_base36(number: int) -> str:
    """Return a number ≥ 0 in base 36."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if number == 0:
            return digits


def from_base36(text: str) -> int | None:
    """Return the number, or None if there is none."""
    return int(text, 36) if _NUMBER.fullmatch(text) else None


def _argument(value: str | int) -> str:
    return value if isinstance(value, str) else to_base36(value)
