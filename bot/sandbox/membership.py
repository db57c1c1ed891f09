"""People and the bot coming, going and changing their standing, with all who learn of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.members import ADMINISTRATOR_RIGHTS, Member
from bot.sandbox.posting import post

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat, PrivateChat
    from bot.sandbox.people import User
    from bot.sandbox.world import World


def change_member(world: World, new: Member, by: User) -> None:
    """Give someone another standing in the group.

    The group sees a service message when they come or go; the bot gets `my_chat_member` for itself
    and, as an administrator, `chat_member` for others.
    """
    group = world.group
    old = group.members.get(new.user.id, Member(new.user, "left"))
    if old == new:
        return
    is_bot = new.user.id == world.bot.user_id
    if old.is_in and not new.is_in:
        # the one who goes still belongs to it while the group is told
        post(world, group, by, {"left_chat_member": new.user.json()})
    group.members[new.user.id] = new
    if is_bot:
        status = new.status if new.is_in else "left"
        world.settings = world.settings.model_copy(update={"bot_group_status": status})
        _tell_bot(world, "my_chat_member", group, old=old, new=new, by=by)
    elif world.bot_member.is_admin:
        _tell_bot(world, "chat_member", group, old=old, new=new, by=by)
    if new.is_in and not old.is_in:
        post(world, group, by, {"new_chat_members": [new.user.json()]})
    world.publish("chat_changed", group)


def set_bot_status(world: World, status: str) -> None:
    """Let the group's creator make the bot a member or an administrator, or remove it."""
    creator = next(m.user for m in world.group.members.values() if m.status == "creator")
    rights = ADMINISTRATOR_RIGHTS if status == "administrator" else ()
    change_member(world, Member(world.bot.user(), status, frozenset(rights)), creator)


def set_blocked(world: World, chat: PrivateChat, *, blocked: bool) -> None:
    """Stop the bot in a person's private chat, or let it write again."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    member = Member(world.bot.user(), "member")
    kicked = replace(member, status="kicked")
    old, new = (member, kicked) if blocked else (kicked, member)
    _tell_bot(world, "my_chat_member", chat, old=old, new=new, by=chat.persona.user)
    world.publish("chat_changed", chat)


def _tell_bot(  # noqa: PLR0913 (an update has as many parts)
    world: World, kind: str, chat: Chat, *, old: Member, new: Member, by: User
) -> None:
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
