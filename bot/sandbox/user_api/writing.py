"""Writing, editing and deleting messages, opening deep links, stopping the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from bot.sandbox.chats import GroupChat, Message, PrivateChat
from bot.sandbox.errors import UserApiError
from bot.sandbox.found_entities import found_entities
from bot.sandbox.group_changes import open_topic
from bot.sandbox.limits import CAPTION_UNITS, START_PARAMETER, TEXT_UNITS, TOPIC_CHARACTERS
from bot.sandbox.membership import change_member, set_blocked
from bot.sandbox.people import ANONYMOUS_ADMIN, Member
from bot.sandbox.posting import delete, edited, post
from bot.sandbox.user_api.place import MESSAGE_PATH, Action, Place
from bot.sandbox.user_api.request_body import Body

if TYPE_CHECKING:
    from bot.sandbox.values import Json


class NewText(Body):
    """A text to send."""

    text: str
    reply_to_message_id: int | None = None
    thread_id: int | None = None
    anonymous: bool = False


class ChangedText(Body):
    """A new text or caption."""

    text: str


class Sticker(Body):
    """A sticker, known by its emoji."""

    emoji: str


class Start(Body):
    """A deep link's parameter."""

    parameter: str | None = None


class Block(Body):
    """Whether the bot is to be stopped."""

    blocked: bool


class Membership(Body):
    """Joining or leaving the group."""

    status: Literal["member", "left"]


class BotStatus(Body):
    """What the bot is to be in the group."""

    status: Literal["member", "administrator", "left"]


class Topic(Body):
    """A topic to be opened."""

    title: str = Field(min_length=1, max_length=TOPIC_CHARACTERS)


def text_content(text: str) -> Json:
    """Return the content of a person's text message, as Telegram keeps it.

    UserApiError 400 when nothing is left of it, or more than Telegram takes.
    """
    return _said(text, "text", "entities", TEXT_UNITS)


def caption_content(caption: str | None) -> Json:
    """Return the caption's part of a message's content."""
    if caption is None or not caption.strip():
        return {}
    return _said(caption, "caption", "caption_entities", CAPTION_UNITS)


def _said(text: str, text_field: str, entities_field: str, limit: int) -> Json:
    text = text.strip()
    if not text:
        raise UserApiError(400, "the text is empty")
    if len(text) > limit:
        raise UserApiError(400, f"the text must have at most {limit} characters, got {len(text)}")
    entities = found_entities(text)
    return {text_field: text, entities_field: entities} if entities else {text_field: text}


def say(  # noqa: PLR0913 -- what a message may have
    place: Place,
    content: Json,
    *,
    reply_to: int | None = None,
    media_group_id: str | None = None,
    thread_id: int | None = None,
    anonymous: bool = False,
) -> Message:
    """Let a persona send something; their first message opens the private chat.

    A reply is in the topic of what it answers. Administrators may write as the group itself.
    """
    place.must_be_open()
    chat, world = place.chat, place.world
    answered = None if reply_to is None else chat.messages.get(reply_to)
    if reply_to is not None and answered is None:
        raise UserApiError(404, f"there is no message {reply_to} to reply to")
    if thread_id is not None and not (isinstance(chat, GroupChat) and thread_id in chat.topics):
        raise UserApiError(404, f"there is no topic {thread_id}")
    if anonymous and (chat.is_private or not place.is_admin):
        raise UserApiError(403, "only an administrator writes as the group")
    opened = isinstance(chat, PrivateChat) and not chat.started
    if isinstance(chat, PrivateChat):
        chat.started = True
    message = Message(
        chat,
        ANONYMOUS_ADMIN if anonymous else place.persona.user,
        content,
        reply_to=reply_to,
        media_group_id=media_group_id,
        sender_chat=chat if anonymous else None,
        thread_id=thread_id or (answered.thread_id if answered is not None else None),
    )
    post(world, message)
    _use_keyboard(place)
    if opened:
        world.publish("chat_changed", chat)
    return message


def _use_keyboard(place: Place) -> None:
    """Put away what is meant for one message: a forced reply and a one-time keyboard."""
    keyboard = place.chat.keyboard
    if keyboard and (keyboard.get("force_reply") or keyboard.get("one_time_keyboard")):
        place.chat.keyboard = None
        place.world.publish("keyboard", place.chat, keyboard=None)


async def send(place: Place, new: NewText) -> Json:
    """Write a text."""
    message = say(
        place,
        text_content(new.text),
        reply_to=new.reply_to_message_id,
        thread_id=new.thread_id,
        anonymous=new.anonymous,
    )
    return message.seen_by_people()


async def edit(place: Place, new: ChangedText) -> Json:
    """Change the text or caption of one's own message."""
    message = place.message
    if message.sender != place.persona.user or message.is_service:
        raise UserApiError(403, "only one's own messages can be edited")
    if "sticker" in message.content:
        raise UserApiError(403, "this message has no text to edit")
    is_text = "text" in message.content
    kept = {
        name: value
        for name, value in message.content.items()
        if name not in {"text", "entities", "caption", "caption_entities"}
    }
    message.content = {**kept, **(text_content if is_text else caption_content)(new.text)}
    edited(place.world, message)
    return message.seen_by_people()


async def remove(place: Place, _: None) -> Json:
    """Delete a message."""
    if place.message.sender != place.persona.user and not place.is_admin:
        raise UserApiError(403, "only an administrator deletes the messages of others")
    delete(place.world, place.message)
    return {}


async def send_sticker(place: Place, sticker: Sticker) -> Json:
    """Send a sticker."""
    emoji = sticker.emoji.strip()
    if not 0 < len(emoji) <= 16:
        raise UserApiError(400, "emoji must be one emoji")
    file = place.world.files.add("sticker", emoji.encode(), "sticker.webp")
    shown = {
        **file.json(),
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": emoji,
    }
    return say(place, {"sticker": shown}).seen_by_people()


async def start(place: Place, link: Start) -> Json:
    """Open the bot, by a deep link when there is a parameter."""
    if link.parameter is not None and not START_PARAMETER.fullmatch(link.parameter):
        raise UserApiError(400, f"parameter must match {START_PARAMETER.pattern}")
    command = "/start"
    if isinstance(place.chat, PrivateChat):
        set_blocked(place.world, place.chat, blocked=False)
    else:
        command += f"@{place.world.bot.username}"
    text = command if link.parameter is None else f"{command} {link.parameter}"
    return say(place, text_content(text)).seen_by_people()


async def block(place: Place, wanted: Block) -> Json:
    """Stop the bot, or let it write again."""
    if not isinstance(place.chat, PrivateChat):
        raise UserApiError(400, "only a private chat can be stopped")
    set_blocked(place.world, place.chat, blocked=wanted.blocked)
    return {}


async def join_or_leave(place: Place, wanted: Membership) -> Json:
    """Join the group, or leave it."""
    if not isinstance(place.chat, GroupChat):
        raise UserApiError(400, "only the group has members")
    user = place.persona.user
    member = place.chat.members.get(user.id, Member(user, "left"))
    if member.status == "creator":
        raise UserApiError(409, "the creator stays in the group")
    if member.is_in != (wanted.status == "member"):
        change_member(place.world, Member(user, wanted.status), user)
    return {}


async def change_bot(place: Place, wanted: BotStatus) -> Json:
    """Add the bot to the group, make it an administrator, or remove it."""
    _must_look_after_group(place)
    bot = Member(place.world.bot.user(), wanted.status)
    change_member(place.world, bot, place.persona.user)
    return {}


async def new_topic(place: Place, topic: Topic) -> Json:
    """Open a topic in the group."""
    _must_look_after_group(place)
    message = open_topic(place.world, topic.title, place.persona.user)
    place.world.publish("chat_changed", place.chat)
    return message.seen_by_people()


def _must_look_after_group(place: Place) -> None:
    if place.chat.is_private:
        raise UserApiError(400, "this is done in the group")
    if not place.is_admin:
        raise UserApiError(403, "only an administrator does this")


WRITING = (
    Action("POST", "/messages", NewText, send, 201),
    Action("PATCH", MESSAGE_PATH, ChangedText, edit),
    Action("DELETE", MESSAGE_PATH, None, remove),
    Action("POST", "/sticker", Sticker, send_sticker, 201),
    Action("POST", "/start", Start, start, 201),
    Action("POST", "/block", Block, block),
    Action("POST", "/bot", BotStatus, change_bot),
    Action("POST", "/topics", Topic, new_topic, 201),
    Action("POST", "/member", Membership, join_or_leave, outsiders=True),
)
"""What people send, and how they come and go."""
