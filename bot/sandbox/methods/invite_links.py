"""Links that invite people into the group; nobody has to follow them here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import bad_request
from bot.sandbox.json_object import without_none
from bot.sandbox.limits import INVITE_LINK_MEMBERS, INVITE_LINK_NAME_CHARACTERS
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.recipients import group_of, must_have_right
from bot.sandbox.schema import CreateChatInviteLink, ExportChatInviteLink

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.world import World

_NO_RIGHT = "not enough rights to manage chat invite link"


@handles(ExportChatInviteLink)
async def export_chat_invite_link(call: Call[ExportChatInviteLink]) -> str:
    """Return a new link of the bot's."""
    return _new_link(call.world, call.parameters.chat_id)


@handles(CreateChatInviteLink)
async def create_chat_invite_link(call: Call[CreateChatInviteLink]) -> Json:
    """Return a new link with a name, an end or a number of people."""
    asked, world = call.parameters, call.world
    link = _new_link(world, asked.chat_id)
    if len(asked.name or "") > INVITE_LINK_NAME_CHARACTERS:
        raise bad_request("invite link name is too long")
    if asked.member_limit and not 1 <= asked.member_limit <= INVITE_LINK_MEMBERS:
        raise bad_request("member limit must be between 1 and 99999")
    if asked.member_limit and asked.creates_join_request:
        raise bad_request(
            "member limit can't be specified for links requiring administrator approval"
        )
    shown = {
        "invite_link": link,
        "creator": world.bot.user().json(),
        "creates_join_request": bool(asked.creates_join_request),
        "is_primary": False,
        "is_revoked": False,
        "name": asked.name or None,
        "expire_date": asked.expire_date or None,
        "member_limit": asked.member_limit or None,
    }
    return without_none(shown)


def _new_link(world: World, chat_id: int | str) -> str:
    group = group_of(world, chat_id)
    must_have_right(world, group, "can_invite_users", _NO_RIGHT)
    return f"https://t.me/+sandbox{world.number():09d}"
