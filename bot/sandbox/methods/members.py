"""What the bot does as the group's administrator: ban, restrict, promote, set permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.limits import RESTRICTION_SECONDS
from bot.sandbox.members import ADMINISTRATOR_RIGHTS, PERMISSIONS, Member
from bot.sandbox.membership import change_member
from bot.sandbox.methods.outgoing import dump
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.recipients import group_of, must_have_right
from bot.sandbox.schema import (
    BanChatMember,
    PromoteChatMember,
    RestrictChatMember,
    SetChatPermissions,
    UnbanChatMember,
)

if TYPE_CHECKING:
    from bot.sandbox.chats import GroupChat
    from bot.sandbox.world import World

_NO_RESTRICTING = "not enough rights to restrict/unrestrict chat member"


@handles(BanChatMember)
async def ban_chat_member(call: Call[BanChatMember]) -> bool:
    """Remove someone for good, or until a date."""
    asked, world = call.parameters, call.world
    group = group_of(world, asked.chat_id)
    must_have_right(world, group, "can_restrict_members", _NO_RESTRICTING)
    old = _ordinary(group, asked.user_id, world)
    until = _until(world, asked.until_date)
    change_member(world, Member(old.user, "kicked", until=until), world.bot.user())
    return True


@handles(UnbanChatMember)
async def unban_chat_member(call: Call[UnbanChatMember]) -> bool:
    """Let someone come back; who is in the group is removed unless `only_if_banned`."""
    asked, world = call.parameters, call.world
    group = group_of(world, asked.chat_id)
    must_have_right(world, group, "can_restrict_members", _NO_RESTRICTING)
    old = _ordinary(group, asked.user_id, world)
    if old.status == "kicked" or not asked.only_if_banned:
        change_member(world, Member(old.user, "left"), world.bot.user())
    return True


@handles(RestrictChatMember)
async def restrict_chat_member(call: Call[RestrictChatMember]) -> bool:
    """Take permissions from a member; with all of them the restriction is over."""
    asked, world = call.parameters, call.world
    group = group_of(world, asked.chat_id)
    must_have_right(world, group, "can_restrict_members", _NO_RESTRICTING)
    old = _ordinary(group, asked.user_id, world)
    if not old.is_in:
        raise ApiError(400, "Bad Request: USER_NOT_PARTICIPANT")
    left = {name for name, given in (dump(asked.permissions) or {}).items() if given}
    new = Member(old.user, "restricted", frozenset(left), _until(world, asked.until_date))
    if left >= {name for name, given in group.permissions.items() if given}:
        new = Member(old.user, "member")
    change_member(world, new, world.bot.user())
    return True


@handles(PromoteChatMember)
async def promote_chat_member(call: Call[PromoteChatMember]) -> bool:
    """Give a member an administrator's rights; with none they are an ordinary member again."""
    asked, world = call.parameters, call.world
    group = group_of(world, asked.chat_id)
    must_have_right(world, group, "can_promote_members", "not enough rights")
    old = _person(group, asked.user_id, world)
    if old.status == "creator":
        raise ApiError(400, "Bad Request: can't remove chat owner")
    if not old.is_in:
        raise ApiError(400, "Bad Request: USER_NOT_MUTUAL_CONTACT")
    given = dump(asked) or {}
    rights = frozenset(right for right in ADMINISTRATOR_RIGHTS if given.get(right))
    new = Member(old.user, "administrator" if rights else "member", rights)
    change_member(world, new, world.bot.user())
    return True


@handles(SetChatPermissions)
async def set_chat_permissions(call: Call[SetChatPermissions]) -> bool:
    """Set what ordinary members may do."""
    asked, world = call.parameters, call.world
    group = group_of(world, asked.chat_id)
    must_have_right(world, group, "can_restrict_members", "not enough rights to change permissions")
    given = dump(asked.permissions) or {}
    group.permissions = {name: bool(given.get(name)) for name in PERMISSIONS}
    world.publish("chat_changed", group)
    return True


def _person(group: GroupChat, user_id: int, world: World) -> Member:
    if user_id in group.members:
        return group.members[user_id]
    persona = world.people.by_user_id(user_id)
    if persona is None:
        raise ApiError(400, "Bad Request: PARTICIPANT_ID_INVALID")
    return Member(persona.user, "left")


def _ordinary(group: GroupChat, user_id: int, world: World) -> Member:
    member = _person(group, user_id, world)
    if member.status == "creator":
        raise ApiError(400, "Bad Request: can't remove chat owner")
    if member.status == "administrator":
        raise ApiError(400, "Bad Request: user is an administrator of the chat")
    return member


def _until(world: World, until_date: int | None) -> int:
    """Return when a ban or restriction ends; 0, for ever, where Telegram takes it as that."""
    seconds = (until_date or 0) - world.timestamp
    return until_date or 0 if RESTRICTION_SECONDS[0] <= seconds <= RESTRICTION_SECONDS[1] else 0
