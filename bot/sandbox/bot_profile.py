"""The bot's account and its descriptions in several languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.sandbox.people import User

if TYPE_CHECKING:
    from bot.sandbox.values import Json

DEFAULT_NAME = "Trợ lý Văn phòng"
DEFAULT_USERNAME = "vanphong_sandbox_bot"

BotConnection = Literal["none", "starting", "connected"]
"""Whether there is a program behind the bot; once it has asked for updates, there is."""


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
