"""The shape of everything that goes over the wire."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""One JSON object of the Bot API, with the API's field names."""


def without_none(fields: Json) -> Json:
    """Return `fields` without those that have no value; the Bot API leaves them out."""
    return {name: value for name, value in fields.items() if value is not None}
