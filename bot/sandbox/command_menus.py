"""The bot's command menus, by scope and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.chats import Chat
    from bot.sandbox.people import User
    from bot.sandbox.values import Json

ScopeKey = tuple[str, int, int]
"""The scope's type with its chat and user, 0 where it has none."""


class CommandMenus:
    """Lists of commands; apps show the narrowest that fits a person in a chat."""

    def __init__(self) -> None:
        self._menus: dict[tuple[ScopeKey, str], list[Json]] = {}

    def set(self, scope: ScopeKey, language: str, commands: list[Json]) -> None:
        """Replace one list; an empty one removes it."""
        if commands:
            self._menus[scope, language] = commands
        else:
            self._menus.pop((scope, language), None)

    def get(self, scope: ScopeKey, language: str) -> list[Json]:
        """Return exactly that list, empty when it was never set (getMyCommands)."""
        return self._menus.get((scope, language), [])

    def shown(self, chat: Chat, user: User, *, is_admin: bool) -> list[Json]:
        """Return what a person sees in a chat.

        The order of scopes is the one of "Determining list of commands" (Bot API); a list in the
        person's language wins within its scope.
        """
        for scope in _scopes(chat, user, is_admin=is_admin):
            for language in (user.language_code or "", ""):
                if found := self.get(scope, language):
                    return found
        return []


def _scopes(chat: Chat, user: User, *, is_admin: bool) -> Iterator[ScopeKey]:
    if chat.is_private:
        yield "chat", chat.id, 0
        yield "all_private_chats", 0, 0
    else:
        yield "chat_member", chat.id, user.id
        if is_admin:
            yield "chat_administrators", chat.id, 0
        yield "chat", chat.id, 0
        if is_admin:
            yield "all_chat_administrators", 0, 0
        yield "all_group_chats", 0, 0
    yield "default", 0, 0
