"""What becomes of the group: its topics, and its upgrade from a basic group to a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats import GROUP_ID, Message
from bot.sandbox.membership import tell_bot
from bot.sandbox.people import ANONYMOUS_ADMIN, Member
from bot.sandbox.posting import post

if TYPE_CHECKING:
    from bot.sandbox.people import User
    from bot.sandbox.world import World

BASIC_GROUP_ID = -4_000_000_001
ICON_COLOR = 7_322_096  # of a topic (ForumTopicCreated)


def open_topic(world: World, title: str, by: User) -> Message:
    """Open a topic, which makes the group a forum; its thread is the message that tells of it."""
    created = {"name": title, "icon_color": ICON_COLOR}
    message = Message(world.group, by, {"forum_topic_created": created})
    message.thread_id = world.group.last_message_id + 1
    world.group.topics[message.thread_id] = title
    return post(world, message)


def begin_as_basic_group(world: World) -> None:
    """Let the group be one of the old kind, which can be upgraded."""
    world.group.kind, world.group.id = "group", BASIC_GROUP_ID
    world.publish_reset()


def upgrade(world: World) -> None:
    """Let the group's creator make it a supergroup: it has another id, and both chats say so.

    The bot is told that it was added to the new one, but not that it left the old (tdlib's issue
    telegram-bot-api#266).
    """
    group, old = world.group, world.group.id
    post(world, Message(group, world.creator, {"migrate_to_chat_id": GROUP_ID}))
    group.kind, group.id, group.former_id = "supergroup", GROUP_ID, old
    tell_bot(
        world,
        "my_chat_member",
        group,
        (Member(world.bot.user(), "left"), world.bot_member),
        world.creator,
    )
    told = Message(group, ANONYMOUS_ADMIN, {"migrate_from_chat_id": old}, sender_chat=group)
    post(world, told)
    world.publish_reset()
