"""Inline results: what Telegram takes, and the message that a chosen one becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.button_rules import check_markup
from bot.sandbox.limits import INLINE_RESULT_ID_BYTES, INLINE_RESULTS
from bot.sandbox.message_texts import caption_content, text_content
from bot.sandbox.schema.texts import MessageEntity

if TYPE_CHECKING:
    from bot.sandbox.files import FileStore
    from bot.sandbox.json_object import Json
    from bot.sandbox.world import World


def checked_results(results: list[Json]) -> list[Json]:
    """Return the results; ApiError 400 for too many, doubled ids or texts that can't be sent."""
    if len(results) > INLINE_RESULTS:
        raise ApiError(400, "Bad Request: RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if any(not 0 < len(name.encode()) <= INLINE_RESULT_ID_BYTES for name in ids):
        raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
    if len(set(ids)) != len(ids):
        raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
    for result in results:
        _content(result)
        check_markup(result.get("reply_markup", {}))
    return results


def inline_content(world: World, result: Json) -> Json:
    """Return the content of the message that a result becomes."""
    content = _content(result)
    field = {"document": "document_file_id", "photo": "photo_file_id"}.get(result["type"])
    if "text" not in content and field is not None:
        if field not in result:
            raise ApiError(400, "Bad Request: failed to get HTTP URL content")
        content = {**_media(world.files, result["type"], result[field]), **content}
    return content


def _content(result: Json) -> Json:
    message = result.get("input_message_content")
    if message is not None:
        if "message_text" not in message:
            raise ApiError(400, "Bad Request: the sandbox takes texts as inline messages only")
        return text_content(
            message["message_text"], message.get("parse_mode"), _entities(message, "entities")
        )
    if result["type"] not in {"document", "photo"}:
        raise ApiError(400, "Bad Request: MESSAGE_EMPTY")
    return caption_content(
        result.get("caption"), result.get("parse_mode"), _entities(result, "caption_entities")
    )


def _entities(shown: Json, field: str) -> list[MessageEntity]:
    return [MessageEntity.model_validate(entity) for entity in shown.get(field, [])]


def _media(files: FileStore, kind: str, file_id: str) -> Json:
    file = files.by_id(file_id)
    if kind == "photo":
        return {"photo": files.photo_sizes(file)}
    return {"document": file.named_json()}
