"""Who belongs to a group, with what standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.people import User
    from bot.sandbox.values import Json

_ADMINISTRATOR_RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories can_pin_messages can_manage_topics"
).split()


@dataclass(frozen=True, slots=True)
class Member:
    """Someone's standing in a group: the Bot API's `status`. Administrators have every right."""

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
