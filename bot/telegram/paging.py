"""Lists that are shown a page at a time, with buttons to turn them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.features.people import texts
from bot.telegram.callbacks import arguments_of, from_base36, owned_button
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

    from bot.telegram.sending import Context

    Draw = Callable[[str, int], Awaitable[tuple[str, InlineKeyboardMarkup | None]]]

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `number` counts from 0 and is within the list."""

    number: int
    count: int
    size: int = PAGE_SIZE

    @classmethod
    def of(cls, argument: str, count: int, size: int = PAGE_SIZE) -> Page:
        """Return the page that a button names, or the nearest one that there is."""
        pages = max(1, -(-count // size))
        return cls(min(from_base36(argument) or 0, pages - 1), count, size)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return self.number * self.size

    def buttons(self, kind: str, owner: int) -> list[InlineKeyboardButton]:
        """Return the buttons to the pages before and after, where there are such."""
        row = []
        if self.number > 0:
            row.append(owned_button(texts.PREVIOUS, kind, owner, self.number - 1))
        if self.number < self.pages - 1:
            row.append(owned_button(texts.NEXT, kind, owner, self.number + 1))
        return row


class PagedList:
    """A list in one message: sent at its first page, turned by its buttons.

    `draw(argument, owner)` returns the page that a button's argument names (the first for an empty
    one), with buttons that belong to the person `owner`.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    async def send(self, update: Update, context: Context) -> None:
        """Send the first page."""
        if update.effective_user is not None:
            text, keyboard = await self._draw("", update.effective_user.id)
            await reply(update, context, [text], keyboard)

    async def turn(self, update: Update, _context: Context) -> None:
        """Show the page of the button that was pressed."""
        query = update.callback_query
        if query is not None:
            await acknowledge(query)
            await self.show(update, "".join(arguments_of(query.data)[:1]))

    async def show(self, update: Update, argument: str = "") -> None:
        """Put a page in the place of the message whose button was pressed."""
        if update.effective_user is not None:
            await edit(update, *await self._draw(argument, update.effective_user.id))
