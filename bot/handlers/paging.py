"""Lists that are shown a page at a time, with buttons to turn them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.handlers.owned_buttons import from_base36, owned_button
from bot.texts import people as texts

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton

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
