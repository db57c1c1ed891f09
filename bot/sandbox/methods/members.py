"""What the bot asks about who is in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats import GroupChat
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import Call, check_group, handles, known_chat
from bot.sandbox.people import Member

if TYPE_CHECKING:
    from bot.sandbox.values import Json


@handles("getChatMember")
async def get_chat_member(call: Call) -> Json:
    """Return someone's status in a chat."""
    world, user_id = call.world, call.asked["user_id"]
    chat = known_chat(world, call.asked["chat_id"])
    member = None
    if isinstance(chat, GroupChat):
        check_group(world)
        persona = world.people.by_user_id(user_id)
        outsider = Member(persona.user, "left") if persona else None
        member = chat.members.get(user_id, outsider)
    elif user_id == world.bot.user_id:
        member = Member(world.bot.user(), "kicked" if chat.blocked else "member")
    elif user_id == chat.id:
        member = Member(chat.persona.user, "member")
    if member is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member.json()
