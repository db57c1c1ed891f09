"""Chats that the bot can't write to: it was removed there, blocked, or muted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden

if TYPE_CHECKING:
    from telegram import Chat

_MUTED = ("rights to send", "WRITE_FORBIDDEN", "CHAT_RESTRICTED", "PLAIN_FORBIDDEN", "TOPIC_CLOSED")
"""What Telegram says (in any case) where a group's admins let the bot write nothing."""
_MOST = 1_000


def is_closed(error: BaseException | None) -> bool:
    """Tell whether an error says that the chat is closed to the bot."""
    if isinstance(error, BadRequest):
        said = error.message.casefold()
        return any(sign.casefold() in said for sign in _MUTED)
    return isinstance(error, Forbidden)


class ClosedChats:
    """Remembers which chats were found closed, so that each is told of once."""

    def __init__(self) -> None:
        self._chats: set[int] = set()

    def is_news(self, chat: Chat | None) -> bool:
        """Tell whether `chat` was not found closed before; one that nobody knows always is news."""
        if chat is None:
            return True
        if chat.id in self._chats:
            return False
        if len(self._chats) >= _MOST:
            self._chats.clear()
        self._chats.add(chat.id)
        return True
