"""The people around the bot: users, personas that one can play, and members of the group."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.errors import UserApiError
from bot.sandbox.values import Json, without_none

_KEY = re.compile(r"(?!group$)[a-z0-9_-]{1,32}")  # the page lists the group under that key
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_FIRST_NEW_USER_ID = 2001
_MAX_NAME = 64  # characters of a first name on Telegram
_ADMINISTRATOR_RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories can_pin_messages can_manage_topics"
).split()


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


ANONYMOUS_ADMIN = User(1_087_968_824, "Group", "GroupAnonymousBot", language_code=None, is_bot=True)
"""Who admins are that write as their group (Telegram's own account)."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone's status in a group, in the Bot API's words. Administrators have every right."""

    user: User
    status: str

    @property
    def is_in(self) -> bool:
        """Whether they are in the group now."""
        return self.status in {"creator", "administrator", "member"}

    @property
    def is_admin(self) -> bool:
        """Whether they look after the group."""
        return self.status in {"creator", "administrator"}

    def json(self) -> Json:
        """Return the `ChatMember` object."""
        shown: Json = {"status": self.status, "user": self.user.json()}
        if self.status == "creator":
            shown["is_anonymous"] = False
        elif self.status == "administrator":
            shown |= {"can_be_edited": False, "is_anonymous": False}
            shown |= dict.fromkeys(_ADMINISTRATOR_RIGHTS, True)
        elif self.status == "kicked":
            shown["until_date"] = 0
        return shown


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
    PersonaProfile("stranger", "Khách", User(1004, "Khách", None)),
    PersonaProfile("editor", "Biên tập viên", User(1005, "Mai", "mai_bientap", "Phạm")),
)


class People:
    """Everyone the sandbox knows, by key and by user id."""

    def __init__(self) -> None:
        self._by_key = {persona.key: persona for persona in FIRST_PERSONAS}

    def all(self) -> list[PersonaProfile]:
        """Return the personas in the order in which they came."""
        return list(self._by_key.values())

    def persona(self, key: str) -> PersonaProfile:
        """Return the persona of that key; UserApiError 404 when there is none."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UserApiError(404, f"there is no persona {key!r}") from None

    def by_user_id(self, user_id: int) -> PersonaProfile | None:
        """Return the persona with that user id, or None."""
        return next((p for p in self._by_key.values() if p.user.id == user_id), None)

    def add(
        self, key: str, first_name: str, label: str | None = None, username: str | None = None
    ) -> PersonaProfile:
        """Make a new persona; UserApiError 400 for bad names, UserApiError 409 for taken ones."""
        if not _KEY.fullmatch(key):
            raise UserApiError(
                400, f"key must match [a-z0-9_-]{{1,32}} and not be 'group', got {key!r}"
            )
        if not 0 < len(first_name.strip()) <= _MAX_NAME:
            raise UserApiError(400, f"first_name must have 1-{_MAX_NAME} characters")
        if key in self._by_key:
            raise UserApiError(409, f"the key {key!r} is taken")
        self._check_username(username)
        user_id = max(_FIRST_NEW_USER_ID - 1, *(p.user.id for p in self.all())) + 1
        persona = PersonaProfile(key, label or first_name, User(user_id, first_name, username))
        self._by_key[key] = persona
        return persona

    def _check_username(self, username: str | None) -> None:
        if username is None:
            return
        if not _USERNAME.fullmatch(username):
            raise UserApiError(400, f"username must match {_USERNAME.pattern}, got {username!r}")
        taken = {p.user.username.casefold() for p in self.all() if p.user.username}
        if username.casefold() in taken:
            raise UserApiError(409, f"the username {username!r} is taken")
