"""The keyboards under the last answers, as they look now: a reaction comes without its message."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

_REMEMBERED = 2_000


class AnswerPlace(NamedTuple):
    """The message that an answer stands in: the last of them, with the buttons."""

    chat_id: int
    message_id: int


class ShownKeyboards:
    """Remembers keyboards by their place; in memory only, the oldest is forgotten first."""

    def __init__(self) -> None:
        self._keyboards: OrderedDict[AnswerPlace, InlineKeyboardMarkup] = OrderedDict()

    def keep(self, place: AnswerPlace, keyboard: InlineKeyboardMarkup) -> None:
        """Note what stands there now."""
        self._keyboards[place] = keyboard
        self._keyboards.move_to_end(place)
        while len(self._keyboards) > _REMEMBERED:
            self._keyboards.popitem(last=False)

    def at(self, place: AnswerPlace) -> InlineKeyboardMarkup | None:
        """Return what stands there; None when it is not known (any more)."""
        return self._keyboards.get(place)
