"""Inline results: what Telegram takes, and the message that a chosen one becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.button_rules import check_markup
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import INLINE_RESULT_ID_BYTES, INLINE_RESULTS
from bot.sandbox.media import known_file
from bot.sandbox.message_texts import caption_content, text_content

if TYPE_CHECKING:
    from bot.sandbox.files import FileStore
    from bot.sandbox.values import Json


def check_results(results: list[Json]) -> None:
    """Raise ApiError 400 for too many results, doubled ids or texts that can't be sent."""
    if len(results) > INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if any(not 0 < len(name.encode()) <= INLINE_RESULT_ID_BYTES for name in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        _said(result)
        check_markup(result.get("reply_markup", {}))


def inline_content(files: FileStore, result: Json) -> Json:
    """Return the content of the message that a result becomes."""
    if "input_message_content" in result:
        return _said(result)
    kind = result["type"]
    return {**known_file(files, kind, result[f"{kind}_file_id"]), **_said(result)}


def _said(result: Json) -> Json:
    """Return the text or caption that a result brings."""
    if "input_message_content" in result:
        return text_content(result["input_message_content"], "message_text")
    return caption_content(result)
