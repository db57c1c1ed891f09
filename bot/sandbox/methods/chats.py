"""What the bot asks about chats, who is in them, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import DOWNLOAD_BYTES
from bot.sandbox.methods.registry import Call, check_group, handles
from bot.sandbox.people import Member

if TYPE_CHECKING:
    from bot.sandbox.values import Json

_NO_GIFTS = dict.fromkeys(
    "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels".split(),
    False,
)


@handles("getChat")
async def get_chat(call: Call) -> Json:
    """Return a chat with all its details."""
    chat = call.known_chat
    shown: Json = {
        **chat.json(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }
    if chat.pinned:
        shown["pinned_message"] = chat.messages[chat.pinned[0]].json(with_reply=False)
    if isinstance(chat, GroupChat):
        shown["join_to_send_messages"] = True
    elif chat.persona.user.username:
        shown["active_usernames"] = [chat.persona.user.username]
    return shown


@handles("getChatAdministrators")
async def get_chat_administrators(call: Call) -> list[Json]:
    """Return the group's administrators."""
    chat = call.known_chat
    if isinstance(chat, PrivateChat):
        raise bad_request("there are no administrators in the private chat")
    check_group(call.world)
    return [member.json() for member in chat.members.values() if member.is_admin]


@handles("getChatMemberCount")
async def get_chat_member_count(call: Call) -> int:
    """Return how many are in a chat."""
    chat = call.known_chat
    if isinstance(chat, PrivateChat):
        return 2
    check_group(call.world)
    return sum(member.is_in for member in chat.members.values())


@handles("getChatMember")
async def get_chat_member(call: Call) -> Json:
    """Return someone's standing in a chat."""
    world, user_id = call.world, call.asked["user_id"]
    chat = call.known_chat
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


@handles("getFile")
async def get_file(call: Call) -> Json:
    """Return where a file can be downloaded."""
    file = call.world.files.by_id(call.asked["file_id"])
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.json(), "file_path": file.path}
