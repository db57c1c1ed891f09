"""How fast the bot sends: Telegram's limits, and what is done where it is told to wait or to move.

The limits are the library's own: about 30 messages a second in all, and 20 a minute in a group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import ChatMigrated
from telegram.ext import AIORateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Answer = bool | dict[str, Any] | list[dict[str, Any]]

RETRIES = 3
"""How often a message is sent again after Telegram asked to wait (`retry_after`)."""
NO_MESSAGES = frozenset({"sendChatAction", "getChatMember"})
"""Methods that put nothing into a chat: they wait for no message and keep none waiting."""

_log = structlog.get_logger(__name__)


class Pacing(AIORateLimiter):
    """Lets requests through at the pace that Telegram allows, to where the chat is now."""

    def __init__(self) -> None:
        super().__init__(max_retries=RETRIES)

    async def process_request(  # noqa: PLR0913, PLR0917 -- the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 -- the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Send when it is time to; once more where a group was upgraded and has another id."""
        if endpoint in NO_MESSAGES:
            return await callback(*args, **kwargs)
        rest = (callback, args, kwargs, endpoint, data, rate_limit_args)
        try:
            return await super().process_request(*rest)
        except ChatMigrated as error:
            _log.info("sent_to_the_upgraded_group", method=endpoint)
            data["chat_id"] = error.new_chat_id  # of the request itself: `args` hold the same
            return await super().process_request(*rest)
