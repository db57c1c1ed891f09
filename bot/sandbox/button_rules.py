"""What Telegram takes as buttons (Bot API, `InlineKeyboardButton` and `ReplyKeyboardMarkup`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import (
    BUTTONS,
    CALLBACK_DATA_BYTES,
    COPY_TEXT_CHARACTERS,
    PLACEHOLDER_CHARACTERS,
)
from bot.sandbox.links import checked_link

if TYPE_CHECKING:
    from bot.sandbox.values import Json

_STYLES = frozenset({"danger", "success", "primary"})
_LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
_UNREADABLE = "can't parse inline keyboard button"


def check_markup(markup: Json) -> None:
    """Raise ApiError 400 for a keyboard that Telegram refuses."""
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if sum(map(len, rows)) > BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_look(button)
            if "inline_keyboard" in markup:
                _check_inline(button)
    if len(markup.get("input_field_placeholder", "")) > PLACEHOLDER_CHARACTERS:
        raise bad_request("input field placeholder is too long")
    if "keyboard" in markup and not any(rows):
        raise bad_request("reply keyboard must be non-empty")


def _check_look(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request(f"{_UNREADABLE}: text must be non-empty")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request(f"{_UNREADABLE}: invalid button style specified")


def _check_inline(button: Json) -> None:
    actions = button.keys() - _LOOKS
    if not actions:
        raise bad_request(f"{_UNREADABLE}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{_UNREADABLE}: exactly one of the optional fields must be used")
    data = button.get("callback_data")
    if data is not None and not 0 < len(data.encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and checked_link(url) is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text")
    if copied is not None and not 0 < len(copied["text"]) <= COPY_TEXT_CHARACTERS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
