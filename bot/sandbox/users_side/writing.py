"""Writing, editing and deleting messages, opening deep links, stopping the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aiohttp import web

from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.errors import ConflictError, InvalidRequestError, NotAllowedError, NotThereError
from bot.sandbox.found_entities import found_entities
from bot.sandbox.limits import CAPTION_UNITS, START_PARAMETER, TEXT_UNITS
from bot.sandbox.members import Member
from bot.sandbox.membership import change_member, set_blocked
from bot.sandbox.posting import delete, edited, post
from bot.sandbox.users_side.place import Place, place_of
from bot.sandbox.users_side.request_body import Body, read_body

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.message import Message
    from bot.sandbox.world import World


class NewText(Body):
    """A text to send."""

    text: str
    reply_to_message_id: int | None = None


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


def said(text: str, limit: int = TEXT_UNITS) -> tuple[str, list[Json]]:
    """Return a person's text as Telegram keeps it, with the entities found in it.

    InvalidRequestError when nothing is left of it, or more than `limit` characters.
    """
    text = text.strip()
    if not text:
        raise InvalidRequestError("the text is empty")
    if len(text) > limit:
        raise InvalidRequestError(f"the text must have at most {limit} characters, got {len(text)}")
    return text, found_entities(text)


def text_content(text: str) -> Json:
    """Return the content of a person's text message."""
    text, entities = said(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(caption: str | None) -> Json:
    """Return the caption's part of a message's content."""
    if caption is None or not caption.strip():
        return {}
    text, entities = said(caption, CAPTION_UNITS)
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def say(
    world: World,
    place: Place,
    content: Json,
    *,
    reply_to: int | None = None,
    media_group_id: str | None = None,
) -> Message:
    """Let a persona send something; their first message opens the private chat."""
    place.must_be_open()
    chat = place.chat
    if reply_to is not None and reply_to not in chat.messages:
        raise NotThereError(f"there is no message {reply_to} to reply to")
    opened = isinstance(chat, PrivateChat) and not chat.started
    if isinstance(chat, PrivateChat):
        chat.started = True
    message = post(
        world,
        chat,
        place.persona.user,
        content,
        reply_to=reply_to,
        media_group_id=media_group_id,
    )
    _use_keyboard(world, place)
    if opened:
        world.publish("chat_changed", chat)
    return message


def _use_keyboard(world: World, place: Place) -> None:
    """Put away what is meant for one message: a forced reply and a one-time keyboard."""
    keyboard = place.chat.keyboard
    if keyboard and (keyboard.get("force_reply") or keyboard.get("one_time_keyboard")):
        place.chat.keyboard = None
        world.publish("keyboard", place.chat, keyboard=None)


class WritingRoutes:
    """Takes what people write."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        chat = "/users/{persona}/chats/{chat}"
        one = chat + r"/messages/{message_id:\d{1,9}}"
        return [
            web.post(f"{chat}/messages", self._send),
            web.patch(one, self._edit),
            web.delete(one, self._delete),
            web.post(f"{chat}/sticker", self._sticker),
            web.post(f"{chat}/start", self._start),
            web.post(f"{chat}/block", self._block),
            web.post(f"{chat}/member", self._member),
        ]

    async def _send(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        new = await read_body(request, NewText)
        message = say(self._world, place, text_content(new.text), reply_to=new.reply_to_message_id)
        return web.json_response(message.seen_by_people(), status=201)

    async def _edit(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        message = place.message(request)
        new = await read_body(request, ChangedText)
        if message.sender != place.persona.user or message.forward_origin or message.is_service:
            raise NotAllowedError("only one's own messages can be edited")
        if "text" in message.content:
            kept = {k: v for k, v in message.content.items() if k not in {"text", "entities"}}
            message.content = {**text_content(new.text), **kept}
        elif "sticker" in message.content or message.poll is not None:
            raise NotAllowedError("this message has no text to edit")
        else:
            captions = {"caption", "caption_entities"}
            kept = {k: v for k, v in message.content.items() if k not in captions}
            message.content = {**kept, **caption_content(new.text)}
        edited(self._world, message)
        return web.json_response(message.seen_by_people())

    async def _delete(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        message = place.message(request)
        if message.sender != place.persona.user and not place.is_admin:
            raise NotAllowedError("only an administrator deletes the messages of others")
        delete(self._world, place.chat, [message.message_id])
        return web.json_response({})

    async def _sticker(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        emoji = (await read_body(request, Sticker)).emoji.strip()
        if not 0 < len(emoji) <= 16:
            raise InvalidRequestError("emoji must be one emoji")
        file = self._world.files.add("sticker", emoji.encode(), "sticker.webp")
        sticker = {
            **file.json(),
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        message = say(self._world, place, {"sticker": sticker})
        return web.json_response(message.seen_by_people(), status=201)

    async def _start(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        parameter = (await read_body(request, Start)).parameter
        if parameter is not None and not START_PARAMETER.fullmatch(parameter):
            raise InvalidRequestError(f"parameter must match {START_PARAMETER.pattern}")
        command = "/start"
        if isinstance(place.chat, PrivateChat):
            set_blocked(self._world, place.chat, blocked=False)
        else:
            command += f"@{self._world.bot.username}"
        text = command if parameter is None else f"{command} {parameter}"
        message = say(self._world, place, text_content(text))
        return web.json_response(message.seen_by_people(), status=201)

    async def _block(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        blocked = (await read_body(request, Block)).blocked
        if not isinstance(place.chat, PrivateChat):
            raise InvalidRequestError("only a private chat can be stopped")
        set_blocked(self._world, place.chat, blocked=blocked)
        return web.json_response({})

    async def _member(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request, outsiders=True)
        status = (await read_body(request, Membership)).status
        if not isinstance(place.chat, GroupChat):
            raise InvalidRequestError("only the group has members")
        user = place.persona.user
        member = place.chat.members.get(user.id)
        if member is not None and member.status == "kicked":
            raise NotAllowedError("banned from the group")
        if member is not None and member.status == "creator":
            raise ConflictError("the creator stays in the group")
        if member is None or member.is_in != (status == "member"):
            change_member(self._world, Member(user, status), user)
        return web.json_response({})
