"""People and the bot coming, going and changing their status, with all who learn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats import Message
from bot.sandbox.people import Member
from bot.sandbox.posting import post

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat, PrivateChat
    from bot.sandbox.people import User
    from bot.sandbox.world import World


def change_member(world: World, new: Member, by: User) -> None:
    """Give someone another status in the group.

    The group sees a service message when they come or go; the bot gets `my_chat_member` for itself
    and, as an administrator, `chat_member` for others.
    """
    group = world.group
    old = group.members.get(new.user.id, Member(new.user, "left"))
    if old == new:
        return
    if old.is_in and not new.is_in:
        # the one who goes still belongs to it while the group is told
        post(world, Message(group, by, {"left_chat_member": new.user.json()}))
    group.members[new.user.id] = new
    if new.user.id == world.bot.user_id:
        tell_bot(world, "my_chat_member", group, (old, new), by)
    elif world.bot_member.is_admin:
        tell_bot(world, "chat_member", group, (old, new), by)
    if new.is_in and not old.is_in:
        post(world, Message(group, by, {"new_chat_members": [new.user.json()]}))
    world.publish("chat_changed", group)


def set_bot_status(world: World, status: str) -> None:
    """Let the group's creator make the bot a member or an administrator, or remove it."""
    change_member(world, Member(world.bot.user(), status), world.creator)


def set_blocked(world: World, chat: PrivateChat, *, blocked: bool) -> None:
    """Stop the bot in a person's private chat, or let it write again."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    member, kicked = (Member(world.bot.user(), status) for status in ("member", "kicked"))
    change = (member, kicked) if blocked else (kicked, member)
    tell_bot(world, "my_chat_member", chat, change, chat.persona.user)
    world.publish("chat_changed", chat)


def tell_bot(world: World, kind: str, chat: Chat, change: tuple[Member, Member], by: User) -> None:
    """Queue `my_chat_member` or `chat_member`: somebody's status before and now."""
    old, new = change
    world.updates.add(
        kind,
        {
            "chat": chat.json(),
            "from": by.json(),
            "date": world.timestamp,
            "old_chat_member": old.json(),
            "new_chat_member": new.json(),
        },
    )
