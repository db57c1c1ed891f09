"""What the bot asks about chats and changes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.limits import CHAT_DESCRIPTION_CHARACTERS, CHAT_TITLE_CHARACTERS
from bot.sandbox.members import Member
from bot.sandbox.membership import change_member
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.posting import post
from bot.sandbox.recipients import group_of, known_chat, must_have_right
from bot.sandbox.schema import (
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    GetForumTopicIconStickers,
    GetUserProfilePhotos,
    LeaveChat,
    SetChatDescription,
    SetChatTitle,
)

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json

_NO_RIGHT = "not enough rights to change chat info"
_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@handles(GetChat)
async def get_chat(call: Call[GetChat]) -> Json:
    """Return a chat with all its details."""
    chat = known_chat(call.world, call.parameters.chat_id)
    shown: Json = {
        **chat.json(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }
    pinned = chat.messages.get(chat.pinned[0]) if chat.pinned else None
    if pinned is not None:
        shown["pinned_message"] = pinned.json(with_reply=False)
    if isinstance(chat, GroupChat):
        shown["permissions"] = chat.permissions
        shown["join_to_send_messages"] = True
        if chat.description:
            shown["description"] = chat.description
    elif chat.persona.user.username:
        shown["active_usernames"] = [chat.persona.user.username]
    return shown


@handles(GetChatAdministrators)
async def get_chat_administrators(call: Call[GetChatAdministrators]) -> list[Json]:
    """Return the group's administrators; other bots are never there."""
    chat = known_chat(call.world, call.parameters.chat_id)
    if isinstance(chat, PrivateChat):
        raise ApiError(400, "Bad Request: there are no administrators in the private chat")
    bot_id = call.world.bot.user_id
    admins = [m for m in group_of(call.world, chat.id).members.values() if m.is_admin]
    if not getattr(call.parameters, "return_bots", None):
        admins = [m for m in admins if m.user.id == bot_id or not m.user.is_bot]
    return [member.json() for member in admins]


@handles(GetUserProfilePhotos)
async def get_user_profile_photos(call: Call[GetUserProfilePhotos]) -> Json:
    """Return someone's profile photos: nobody here has any."""
    asked, world = call.parameters, call.world
    known = asked.user_id == world.bot.user_id or world.private_chat(asked.user_id) is not None
    if not known:
        raise ApiError(400, "Bad Request: user not found")
    return {"total_count": 0, "photos": []}


@handles(GetForumTopicIconStickers)
async def get_forum_topic_icon_stickers(_call: Call[GetForumTopicIconStickers]) -> list[Json]:
    """Return the icons for topics: there are none, as no chat here has topics."""
    return []


@handles(GetChatMemberCount)
async def get_chat_member_count(call: Call[GetChatMemberCount]) -> int:
    """Return how many are in a chat."""
    chat = known_chat(call.world, call.parameters.chat_id)
    if isinstance(chat, PrivateChat):
        return 2
    return sum(member.is_in for member in group_of(call.world, chat.id).members.values())


@handles(GetChatMember)
async def get_chat_member(call: Call[GetChatMember]) -> Json:
    """Return someone's standing in a chat."""
    world, user_id = call.world, call.parameters.user_id
    chat = known_chat(world, call.parameters.chat_id)
    if isinstance(chat, GroupChat):
        member = group_of(world, chat.id).members.get(user_id)
    elif user_id == world.bot.user_id:
        member = Member(world.bot.user(), "kicked" if chat.blocked else "member")
    else:
        member = Member(chat.persona.user, "member") if user_id == chat.id else None
    if member is not None:
        return member.json()
    persona = world.people.by_user_id(user_id)
    if persona is None or isinstance(chat, PrivateChat):
        raise ApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    return Member(persona.user, "left").json()


@handles(LeaveChat)
async def leave_chat(call: Call[LeaveChat]) -> bool:
    """Leave the group."""
    world = call.world
    group_of(world, call.parameters.chat_id)
    change_member(world, Member(world.bot.user(), "left"), world.bot.user())
    return True


@handles(SetChatTitle)
async def set_chat_title(call: Call[SetChatTitle]) -> bool:
    """Give the group another title."""
    world, title = call.world, call.parameters.title.strip()
    group = group_of(world, call.parameters.chat_id)
    must_have_right(world, group, "can_change_info", _NO_RIGHT)
    if not 1 <= len(title) <= CHAT_TITLE_CHARACTERS:
        raise ApiError(400, "Bad Request: chat title must have 1-128 characters")
    if title == group.title:
        raise ApiError(400, "Bad Request: chat title is not modified")
    group.title = title
    post(world, group, world.bot.user(), {"new_chat_title": title})
    world.publish("chat_changed", group)
    return True


@handles(SetChatDescription)
async def set_chat_description(call: Call[SetChatDescription]) -> bool:
    """Give the group another description."""
    world, description = call.world, (call.parameters.description or "").strip()
    group = group_of(world, call.parameters.chat_id)
    must_have_right(world, group, "can_change_info", _NO_RIGHT)
    if len(description) > CHAT_DESCRIPTION_CHARACTERS:
        raise ApiError(400, "Bad Request: chat description must have at most 255 characters")
    if description == group.description:
        raise ApiError(400, "Bad Request: chat description is not modified")
    group.description = description
    world.publish("chat_changed", group)
    return True
