"""Lists that are shown a page at a time, with buttons to turn them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram import texts
from bot.telegram.callbacks import PersonalPress, Press
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

    from bot.telegram.gate import Tap
    from bot.telegram.sending import Context

    Draw = Callable[[int, int], Awaitable[tuple[str, InlineKeyboardMarkup | None]]]

PAGE_SIZE = 8


class PagePress(PersonalPress):
    """Shows a page of a list; pages count from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `number` counts from 0 and is within the list."""

    number: int
    count: int
    size: int = PAGE_SIZE

    @classmethod
    def of(cls, number: int, count: int, size: int = PAGE_SIZE) -> Page:
        """Return the page of this number, or the nearest one that there is."""
        pages = max(1, -(-count // size))
        return cls(min(number, pages - 1), count, size)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return self.number * self.size

    def buttons(self, kind: Callable[[int, int], Press], owner: int) -> list[InlineKeyboardButton]:
        """Return the buttons to the pages before and after, where there are such.

        `kind` makes the press of an owner and a page's number.
        """
        row = []
        if self.number > 0:
            row.append(kind(owner, self.number - 1).button(texts.PREVIOUS))
        if self.number < self.pages - 1:
            row.append(kind(owner, self.number + 1).button(texts.NEXT))
        return row


class PagedList:
    """A list in one message: sent at its first page, turned by its buttons.

    `draw(page, owner)` returns a page, with buttons that belong to the person `owner`.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    async def send(self, update: Update, context: Context) -> None:
        """Send the first page."""
        if update.effective_user is not None:
            text, keyboard = await self._draw(0, update.effective_user.id)
            await reply(update, context, [text], keyboard)

    async def turn(self, tap: Tap, press: PagePress) -> None:
        """Show the page of the button that was pressed."""
        await acknowledge(tap.query)
        await self.show(tap.update, press.owner, press.page)

    async def show(self, update: Update, owner: int, page: int = 0) -> None:
        """Put a page in the place of the message whose button was pressed."""
        await edit(update, *await self._draw(page, owner))
