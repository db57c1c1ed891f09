"""Who belongs to a group, with what standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.people import User

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
"""Rights of a supergroup's administrator (ChatMemberAdministrator)."""

REQUIRED_RIGHTS = ("is_anonymous", *ADMINISTRATOR_RIGHTS[:10])
"""What every `ChatAdministratorRights` object says."""

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""What ordinary members may do (ChatPermissions, ChatMemberRestricted)."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone's standing in a group: the Bot API's `status`, and rights that differ from it."""

    user: User
    status: str
    rights: frozenset[str] = frozenset()
    """Of an administrator: the rights; of a restricted member: the permissions left."""
    until: int = 0

    @property
    def is_in(self) -> bool:
        """Whether they are in the group now."""
        return self.status in {"creator", "administrator", "member", "restricted"}

    @property
    def is_admin(self) -> bool:
        """Whether they look after the group."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Say whether an administrator has that right; the creator has all."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def json(self) -> Json:
        """Return the `ChatMember` object."""
        shown: Json = {"status": self.status, "user": self.user.json()}
        if self.status == "creator":
            shown["is_anonymous"] = False
        elif self.status == "administrator":
            shown |= {"can_be_edited": False, "is_anonymous": False}
            shown |= {right: right in self.rights for right in ADMINISTRATOR_RIGHTS}
        elif self.status == "restricted":
            shown |= {"is_member": True, "until_date": self.until}
            shown |= {right: right in self.rights for right in PERMISSIONS}
        elif self.status == "kicked":
            shown["until_date"] = self.until
        return shown
