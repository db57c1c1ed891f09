"""The messages that one call names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import bad_request
from bot.sandbox.limits import MESSAGES_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence


def checked_message_ids(numbers: Sequence[int]) -> Sequence[int]:
    """Return message ids as they are; ApiError 400 for none and for too many."""
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MESSAGES_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    return numbers
