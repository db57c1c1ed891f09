"""The bot's account as people see it: descriptions in several languages, and command menus."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.sandbox.people import User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.chats import Chat
    from bot.sandbox.values import Json

DEFAULT_NAME = "Trợ lý Văn phòng"
DEFAULT_USERNAME = "vanphong_sandbox_bot"

BotConnection = Literal["none", "starting", "connected"]
"""Whether there is a program behind the bot; once it has asked for updates, there is."""

ScopeKey = tuple[str, int, int]
"""The scope's type with its chat and user, 0 where it has none."""


@dataclass(slots=True)
class Translated:
    """A text with translations by language code; the empty code is everyone else's."""

    texts: dict[str, str] = field(default_factory=dict)

    def set(self, text: str, language: str) -> bool:
        """Set one translation, or remove it with an empty text; say whether that changed it."""
        before = self.texts.get(language, "")
        self.texts[language] = text
        return before != text

    def get(self, language: str | None) -> str:
        """Return the text for people of that language."""
        return self.texts.get(language or "") or self.texts.get("", "")


@dataclass(slots=True)
class BotProfile:
    """The bot as people see it before they write to it."""

    user_id: int
    username: str = DEFAULT_USERNAME
    description: Translated = field(default_factory=Translated)
    short_description: Translated = field(default_factory=Translated)
    connection: BotConnection = "none"

    def user(self) -> User:
        """Return the bot's account."""
        return User(self.user_id, DEFAULT_NAME, self.username, language_code=None, is_bot=True)

    def json(self, language: str | None = None) -> Json:
        """Return what people's apps show of the bot."""
        return {
            "id": self.user_id,
            "first_name": DEFAULT_NAME,
            "username": self.username,
            "description": self.description.get(language),
            "short_description": self.short_description.get(language),
            "supports_inline_queries": True,
            "connection": self.connection,
        }


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
