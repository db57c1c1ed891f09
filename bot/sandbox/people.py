"""The people around the bot: users of Telegram, some of them personas that one can play."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.errors import ConflictError, InvalidRequestError, NotThereError
from bot.sandbox.values import Json, without_none

_KEY = re.compile(r"(?!group$)[a-z0-9_-]{1,32}")  # the page lists the group under that key
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_FIRST_NEW_USER_ID = 2001
_MAX_NAME = 64  # characters of a first name on Telegram


@dataclass(frozen=True, slots=True)
class User:
    """An account, as the Bot API's `User`."""

    id: int
    first_name: str
    username: str | None = None
    last_name: str | None = None
    language_code: str | None = "vi"
    is_bot: bool = False

    def json(self) -> Json:
        """Return the `User` object."""
        return without_none(
            {
                "id": self.id,
                "is_bot": self.is_bot,
                "first_name": self.first_name,
                "last_name": self.last_name,
                "username": self.username,
                "language_code": self.language_code,
            }
        )


@dataclass(frozen=True, slots=True)
class PersonaProfile:
    """Someone who can be played; `label` is Vietnamese, for people."""

    key: str
    label: str
    user: User


FIRST_PERSONAS = (
    PersonaProfile("staff", "Cán bộ", User(1001, "Lan", "lan_vanphong", "Nguyễn")),
    PersonaProfile("newcomer", "Nhân viên mới", User(1002, "Minh", "minh_moi", "Trần")),
    PersonaProfile("admin", "Quản trị viên", User(1003, "Hùng", "hung_quantri", "Lê")),
    PersonaProfile("stranger", "Người lạ", User(1004, "Khách", None)),
    PersonaProfile("editor", "Người soạn tài liệu", User(1005, "Mai", "mai_bientap", "Phạm")),
)


class People:
    """Everyone the sandbox knows, by key and by user id."""

    def __init__(self) -> None:
        self._by_key = {persona.key: persona for persona in FIRST_PERSONAS}

    def all(self) -> list[PersonaProfile]:
        """Return the personas in the order in which they came."""
        return list(self._by_key.values())

    def persona(self, key: str) -> PersonaProfile:
        """Return the persona of that key; NotThereError when there is none."""
        try:
            return self._by_key[key]
        except KeyError:
            raise NotThereError(f"there is no persona {key!r}") from None

    def by_user_id(self, user_id: int) -> PersonaProfile | None:
        """Return the persona with that user id, or None."""
        return next((p for p in self._by_key.values() if p.user.id == user_id), None)

    def add(
        self, key: str, first_name: str, label: str | None = None, username: str | None = None
    ) -> PersonaProfile:
        """Make a new persona; InvalidRequestError for bad names, ConflictError for taken ones."""
        if not _KEY.fullmatch(key):
            raise InvalidRequestError(
                f"key must match [a-z0-9_-]{{1,32}} and not be 'group', got {key!r}"
            )
        if not 0 < len(first_name.strip()) <= _MAX_NAME:
            raise InvalidRequestError(f"first_name must have 1-{_MAX_NAME} characters")
        if key in self._by_key:
            raise ConflictError(f"the key {key!r} is taken")
        self._check_username(username)
        user_id = max(_FIRST_NEW_USER_ID - 1, *(p.user.id for p in self.all())) + 1
        persona = PersonaProfile(key, label or first_name, User(user_id, first_name, username))
        self._by_key[key] = persona
        return persona

    def _check_username(self, username: str | None) -> None:
        if username is None:
            return
        if not _USERNAME.fullmatch(username):
            raise InvalidRequestError(f"username must match {_USERNAME.pattern}, got {username!r}")
        taken = {p.user.username.casefold() for p in self.all() if p.user.username}
        if username.casefold() in taken:
            raise ConflictError(f"the username {username!r} is taken")
