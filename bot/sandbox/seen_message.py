"""A message as a person of the sandbox sees it, with what they can do to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.utf16 import entity_text

if TYPE_CHECKING:
    from bot.sandbox.persona import ChatName, Persona


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
        return bool(self.data.get("from", {}).get("is_bot"))

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
        return await self.persona.react(self, *emoji)

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
