"""The part of a text that an entity covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json


def entity_text(text: str, entity: Json) -> str:
    """Return what `entity` covers; its offset and length count UTF-16 code units."""
    units = text.encode("utf-16-le", "surrogatepass")
    start = 2 * int(entity["offset"])
    return units[start : start + 2 * int(entity["length"])].decode("utf-16-le", "replace")
