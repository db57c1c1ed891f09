"""The sandbox's chat page in a real browser, as tests use it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import ConsoleMessage, Locator, Page, Request

    from tests.bot.sandbox.page.scripted_bot import ScriptedBot

STAFF = 1001
# A refused request is also a line in the console; these are refusals that a test provokes.
_REFUSAL = re.compile(r"Failed to load resource: .* status of (\d+)")


@dataclass
class ChatPage:
    """One browser tab on the page; remembers everything that went wrong in it."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)
    left_loopback: list[str] = field(default_factory=list)
    expected_refusals: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Begin to note errors and requests."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._requested)

    def _console(self, message: ConsoleMessage) -> None:
        refusal = _REFUSAL.search(message.text)
        if refusal and refusal[1] in self.expected_refusals:
            return
        if message.type in {"error", "warning"}:
            self.problems.append(message.text)

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:")):
            self.left_loopback.append(request.url)

    async def open(self, persona: str = "staff", chat: str = "private", query: str = "") -> None:
        """Open a chat in a fresh page and wait until it can be used."""
        await self.page.goto("about:blank")
        await self.page.goto(f"{self.address}{query}#{persona}/{chat}")
        await expect(self.page.locator("body[data-ready]")).to_be_attached()
        await self.settled()

    async def choose(self, label: str) -> None:
        """Choose a chat in the list."""
        await self.page.locator(".chat-item", has_text=label).click()
        await self.settled()

    async def settled(self) -> None:
        """Wait until the chosen chat has loaded."""
        await expect(self.page.locator("#chat")).not_to_have_attribute("aria-busy", "true")

    async def writes(self, text: str) -> None:
        """Write into the composer and send with Enter."""
        await self.input.fill(text)
        await self.input.press("Enter")

    @property
    def input(self) -> Locator:
        """The composer."""
        return self.page.locator("#input")

    @property
    def suggestions(self) -> Locator:
        """The commands or inline results offered over the composer."""
        return self.page.locator("#suggestions [role=option]")

    @property
    def rows(self) -> Locator:
        """All rows of the chat."""
        return self.page.locator("#messages > .row")

    @property
    def last(self) -> Locator:
        """The newest row."""
        return self.rows.last

    def row(self, message_id: int) -> Locator:
        """The row of a message."""
        return self.page.locator(f"#m{message_id}")

    def button(self, name: str) -> Locator:
        """A button by its accessible name."""
        return self.page.get_by_role("button", name=name, exact=True)


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}


async def started(chat_page: ChatPage, bot: ScriptedBot, **opened: Any) -> None:
    """The person has pressed "Bắt đầu", so the bot may write to them."""
    await chat_page.open(**opened)
    await chat_page.button("Bắt đầu").click()
    assert (await bot.sees("message"))["text"] == "/start"
    await expect(chat_page.rows).to_have_count(1)
