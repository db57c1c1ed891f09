"""A person of the sandbox as tests drive them: writes, presses, votes, and waits for what comes.

Everything goes over the user API, so a persona sees just what the page sees.
Waiting is for events, never for time; what does not come ends in `NothingReceivedError`.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import aiohttp
import structlog

from bot.sandbox.utf16 import entity_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


T = TypeVar("T")
ChatName = Literal["private", "group"]
FileKind = Literal["photo", "document", "voice", "video"]

_log = structlog.get_logger(__name__)

_LONGEST_LINE = 1 << 20  # bytes; an event is one line of JSON
WAIT_SECONDS = 30.0
"""How long something may take to come before a test is told what came instead."""


class NothingReceivedError(AssertionError):
    """What was waited for did not come; the message lists what did."""


class RefusedError(Exception):
    """The sandbox refused what a person did; `status` is the HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot answered to a pressed button; `answered` is False when it said nothing."""

    answered: bool
    text: str
    show_alert: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """`data` is the Bot API's Message with the key `sandbox` (see README.md)."""

    persona: Persona
    chat: ChatName
    data: dict[str, Any]

    @property
    def message_id(self) -> int:
        """The message's id in its chat."""
        return int(self.data["message_id"])

    @property
    def text(self) -> str:
        """The text, or the caption, without markup."""
        return str(self.data.get("text", self.data.get("caption", "")))

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.data.get("from", {}).get("is_bot")) and "sender_chat" not in self.data

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline buttons, row by row."""
        return [button["text"] for row in self._rows() for button in row]

    @property
    def poll(self) -> dict[str, Any]:
        """The poll; raises KeyError when the message is none."""
        poll: dict[str, Any] = self.data["poll"]
        return poll

    def marked(self, kind: str) -> list[str]:
        """Return the stretches of text that an entity such as `bold` covers."""
        entities = self.data.get("entities", self.data.get("caption_entities", []))
        return [entity_text(self.text, entity) for entity in entities if entity["type"] == kind]

    def url_of(self, label: str) -> str:
        """Return the address behind a link button."""
        row, column = self._place(label)
        return str(self._rows()[row][column]["url"])

    async def press(self, label: str) -> CallbackAnswer:
        """Press the button called `label`; raises LookupError naming those there are."""
        row, column = self._place(label)
        return await self.persona.press(self, row, column)

    async def vote(self, *options: int) -> SeenMessage:
        """Vote for these options of the poll (zero-based); none take the vote back."""
        return await self.persona.vote(self, options)

    async def react(self, *emoji: str) -> SeenMessage:
        """Set one's reactions."""
        path = f"{self.chat}/messages/{self.message_id}/reaction"
        return SeenMessage(self.persona, self.chat, await self.persona.post(path, {"emoji": emoji}))

    async def reply(self, text: str) -> SeenMessage:
        """Answer this message."""
        return await self.persona.sends(text, chat=self.chat, reply_to=self)

    async def changes(self) -> SeenMessage:
        """Wait for the next change and return the message as it is then."""
        return await self.persona.sees_change(self)

    async def download(self) -> bytes:
        """Return the bytes of the document, voice, or largest size of the photo."""
        if "photo" in self.data:
            file = max(self.data["photo"], key=lambda size: size["width"])
        else:
            file = self.data["document"] if "document" in self.data else self.data["voice"]
        return await self.persona.download(file["file_unique_id"])

    def _rows(self) -> list[list[dict[str, Any]]]:
        rows: list[list[dict[str, Any]]] = self.data.get("reply_markup", {}).get(
            "inline_keyboard", []
        )
        return rows

    def _place(self, label: str) -> tuple[int, int]:
        for row, buttons in enumerate(self._rows()):
            for column, button in enumerate(buttons):
                if button["text"] == label:
                    return row, column
        raise LookupError(f"no button {label!r}; there are {self.buttons}")


class Persona:
    """One person. Connects with its first action; `close` ends the connection.

    `after` is the id of the last event that is not of interest (0: from the beginning).
    """

    def __init__(self, url: str, key: str, *, after: int = 0) -> None:
        self.key = key
        self._url = f"{url.rstrip('/')}/users"
        self._after = after
        self._http: aiohttp.ClientSession | None = None
        self._listening: asyncio.Task[None] | None = None
        self._news: defaultdict[str, list[SeenMessage]] = defaultdict(list)
        self._latest: dict[tuple[str, int], SeenMessage] = {}
        self._changed: set[tuple[str, int]] = set()
        self._deleted: set[tuple[str, int]] = set()
        self._events: list[dict[str, Any]] = []
        self._arrival = asyncio.Condition()

    async def close(self) -> None:
        """Disconnect; safe to call twice."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    # -- doing ---------------------------------------------------------------------------------

    async def sends(
        self,
        text: str,
        *,
        chat: ChatName = "private",
        reply_to: SeenMessage | None = None,
        topic: SeenMessage | None = None,
        anonymous: bool = False,
    ) -> SeenMessage:
        """Write `text` and return the message as it stands in the chat.

        `topic` is the message that opened one; `anonymous` writes as the group.
        """
        body: dict[str, Any] = {"text": text, "anonymous": anonymous}
        if topic is not None:
            body["thread_id"] = topic.message_id
        if reply_to is not None:
            body["reply_to_message_id"] = reply_to.message_id
        return self._seen(chat, await self.post(f"{chat}/messages", body))

    async def starts(self, parameter: str | None = None) -> SeenMessage:
        """Open the bot, by a deep link when `parameter` is given."""
        body = {} if parameter is None else {"parameter": parameter}
        return self._seen("private", await self.post("private/start", body))

    async def sends_files(
        self,
        *files: tuple[str, bytes],
        kind: FileKind = "document",
        caption: str | None = None,
        chat: ChatName = "private",
    ) -> list[SeenMessage]:
        """Upload (name, content) pairs; several become an album."""
        form = aiohttp.FormData(quote_fields=False)  # names as a browser sends them
        form.add_field("kind", kind)
        if caption is not None:
            form.add_field("caption", caption)
        for name, content in files:
            form.add_field("file", io.BytesIO(content), filename=name)
        sent = await self._request("POST", f"{self.key}/chats/{chat}/files", data=form)
        return [self._seen(chat, message) for message in sent["messages"]]

    async def sends_sticker(self, emoji: str, *, chat: ChatName = "private") -> SeenMessage:
        """Send a sticker."""
        return self._seen(chat, await self.post(f"{chat}/sticker", {"emoji": emoji}))

    async def edits(self, message: SeenMessage, text: str) -> SeenMessage:
        """Change one's own message."""
        path = f"{self.key}/chats/{message.chat}/messages/{message.message_id}"
        return self._seen(message.chat, await self._request("PATCH", path, json={"text": text}))

    async def deletes(self, message: SeenMessage) -> None:
        """Take a message out of its chat."""
        path = f"{self.key}/chats/{message.chat}/messages/{message.message_id}"
        await self._request("DELETE", path)

    async def asks_inline(self, query: str, *, chat: ChatName = "private") -> dict[str, Any]:
        """Type `@bot query` and return what the bot offers: `results`, `inline_query_id`, …."""
        return await self.post(f"{chat}/inline", {"query": query})

    async def chooses(
        self, offer: dict[str, Any], number: int = 0, *, chat: ChatName = "private"
    ) -> SeenMessage:
        """Send the result `number` of an inline offer into the chat."""
        body = {"result_id": offer["results"][number]["id"]}
        return self._seen(chat, await self.post(f"{chat}/inline/{offer['inline_query_id']}", body))

    async def blocks(self, *, blocked: bool = True) -> None:
        """Stop the bot, or let it write again."""
        await self.post("private/block", {"blocked": blocked})

    async def joins(self, status: Literal["member", "left"] = "member") -> None:
        """Join the group, or leave it."""
        await self.post("group/member", {"status": status})

    async def opens_topic(self, title: str) -> SeenMessage:
        """Open a topic in the group, as one of its administrators."""
        return self._seen("group", await self.post("group/topics", {"title": title}))

    async def sets_bot(self, status: Literal["member", "administrator", "left"]) -> None:
        """Add the bot to the group, make it an administrator there, or remove it."""
        await self.post("group/bot", {"status": status})

    async def press(self, message: SeenMessage, row: int, column: int) -> CallbackAnswer:
        """Press a button of a message that somebody else may have seen."""
        path = f"{message.chat}/messages/{message.message_id}/press"
        answer = await self.post(path, {"row": row, "column": column})
        return CallbackAnswer(
            answered=bool(answer["answered"]),
            text=answer["text"] or "",
            show_alert=bool(answer["show_alert"]),
            url=answer["url"],
        )

    async def vote(self, message: SeenMessage, options: Sequence[int]) -> SeenMessage:
        """Vote in a poll, which may be one that somebody else saw; no options take it back."""
        path = f"{message.chat}/messages/{message.message_id}/vote"
        return self._seen(message.chat, await self.post(path, {"options": list(options)}))

    # -- seeing --------------------------------------------------------------------------------

    async def receives(
        self, *, chat: ChatName = "private", where: Callable[[SeenMessage], bool] | None = None
    ) -> SeenMessage:
        """Return the bot's next message that was not returned yet.

        With `where`, the next that fits; those before it are passed over for good.
        """
        await self._connect()

        def next_one() -> SeenMessage | None:
            news = self._news[chat]
            while news:
                message = news.pop(0)
                if where is None or where(message):
                    return message
            return None

        return await self._waits(next_one, f"no message of the bot in {chat}")

    async def sees_change(
        self, message: SeenMessage, *, where: Callable[[SeenMessage], bool] | None = None
    ) -> SeenMessage:
        """Return `message` after its next change, or its first change that fits `where`."""
        await self._connect()
        place = (message.chat, message.message_id)

        def changed() -> SeenMessage | None:
            if place not in self._changed:
                return None
            self._changed.discard(place)
            latest = self._latest[place]
            return latest if where is None or where(latest) else None

        return await self._waits(changed, f"message {message.message_id} did not change")

    async def sees_deletion(self, message: SeenMessage) -> None:
        """Wait until `message` is gone."""
        await self._connect()
        place = (message.chat, message.message_id)
        await self._waits(lambda: place in self._deleted or None, "the message was not deleted")

    async def sees_event(self, kind: str, *, chat_id: int | None = None) -> dict[str, Any]:
        """Return the data of the next event of `kind`, such as `action` or `draft`."""
        await self._connect()

        def next_one() -> dict[str, Any] | None:
            for event in self._events:
                if event["event"] == kind and chat_id in {None, event["data"]["chat_id"]}:
                    self._events.remove(event)
                    data: dict[str, Any] = event["data"]
                    return data
            return None

        return await self._waits(next_one, f"no event {kind}")

    async def chat(self, name: ChatName = "private", *, limit: int = 50) -> dict[str, Any]:
        """Return the chat as the page draws it: messages, commands, keyboard, pins, …."""
        return await self._request("GET", f"{self.key}/chats/{name}?limit={limit}")

    async def messages(self, chat: ChatName = "private", *, limit: int = 50) -> list[SeenMessage]:
        """Return the newest messages of a chat, oldest first."""
        loaded = await self.chat(chat, limit=limit)
        return [SeenMessage(self, chat, message) for message in loaded["messages"]]

    async def download(self, file_unique_id: str) -> bytes:
        """Return the bytes of a photo size, document or voice."""
        http = await self._connect()
        async with http.get(f"{self._url}/files/{file_unique_id}?download=1") as response:
            if response.status != 200:
                raise RefusedError(response.status, await response.text())
            return await response.read()

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST to `/users/<persona>/chats/<path>`; raises RefusedError."""
        return await self._request("POST", f"{self.key}/chats/{path}", json=body)

    # -- the wires -----------------------------------------------------------------------------

    def _seen(self, chat: str, data: dict[str, Any]) -> SeenMessage:
        return SeenMessage(self, "group" if chat == "group" else "private", data)

    async def _connect(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
            address = f"{self._url}/events?persona={self.key}&after={self._after}"
            response = await self._http.get(address, max_line_size=_LONGEST_LINE)
            response.raise_for_status()
            self._listening = asyncio.create_task(self._listen(response))
        return self._http

    async def _request(
        self, method: str, path: str, *, json: object = None, data: aiohttp.FormData | None = None
    ) -> dict[str, Any]:
        http = await self._connect()
        async with http.request(method, f"{self._url}/{path}", json=json, data=data) as response:
            answer: dict[str, Any] = await response.json(content_type=None)
            if response.status >= 400:
                raise RefusedError(response.status, str(answer.get("error")))
            return answer

    async def _listen(self, response: aiohttp.ClientResponse) -> None:
        """Take in server-sent events: each has a line with its name and one with its data."""
        kind = ""
        try:
            async with response:
                async for line in response.content:
                    name, _, value = line.decode().partition(":")
                    if name == "event":
                        kind = value.strip()
                    elif name == "data":
                        await self._notice(kind, json.loads(value))
        except aiohttp.ClientError as error:
            _log.info("event_stream_ended", reason=str(error))  # the server went first

    async def _notice(self, kind: str, data: dict[str, Any]) -> None:
        async with self._arrival:
            chat: ChatName = "group" if (data.get("chat_id") or 0) < 0 else "private"
            if kind in {"message", "message_changed"}:
                message = SeenMessage(self, chat, data["message"])
                place = (chat, message.message_id)
                self._latest[place] = message
                if kind == "message_changed":
                    self._changed.add(place)
                elif message.from_bot:
                    self._news[chat].append(message)
            elif kind == "messages_deleted":
                self._deleted.update((chat, number) for number in data["message_ids"])
            self._events.append({"event": kind, "data": data})
            self._arrival.notify_all()

    async def _waits(self, look: Callable[[], T | None], complaint: str) -> T:
        async with self._arrival:
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    while (found := look()) is None:
                        await self._arrival.wait()
            except TimeoutError as error:
                raise NothingReceivedError(f"{complaint}; {self.key} saw: {self._log()}") from error
        return found

    def _log(self) -> str:
        lines = [
            f"{event['event']} {str(event['data'].get('message', event['data']))[:200]}"
            for event in self._events[-12:]
        ]
        return "\n  ".join(["", *lines]) if lines else "nothing"
