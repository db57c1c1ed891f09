"""Where the answers to the last questions stand: an edited question changes its answer there."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import filters

from bot.features.answer_log import AnswerPlace
from bot.telegram.sending import edit_message_of, reply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import InlineKeyboardMarkup, Message, Update

    from bot.features.answer_log import ShownKeyboards
    from bot.telegram.sending import Context

FRESH = dt.timedelta(minutes=5)
"""How long a message that got no answer gets one when it is edited."""
_REMEMBERED = 2_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Shown:
    asked: int
    """The hash of the text that was answered."""
    message_ids: tuple[int, ...]


class AwaitsAnswer(filters.MessageFilter):
    """Lets through edited messages that are to be answered, again or for the first time."""

    def __init__(self, shown: ShownAnswers) -> None:
        super().__init__(name="AwaitsAnswer")
        self._shown = shown

    def filter(self, message: Message) -> bool:
        """Ask what was answered."""
        return self._shown.awaits(message)


class ShownAnswers:
    """Shows answers, and remembers in memory where they stand; no word of them is kept."""

    def __init__(self, keyboards: ShownKeyboards, now: Callable[[], dt.datetime]) -> None:
        self._keyboards = keyboards
        self._now = now
        self._shown: OrderedDict[tuple[int, int], _Shown] = OrderedDict()

    def awaits(self, edited: Message) -> bool:
        """Tell whether an edited message is to be answered: again, or for the first time."""
        shown = self._shown.get((edited.chat.id, edited.message_id))
        if shown is not None:
            return shown.asked != hash(edited.text)
        return edited.chat.type == ChatType.PRIVATE and self._now() - edited.date <= FRESH

    async def show(
        self,
        update: Update,
        context: Context,
        messages: Sequence[str],
        keyboard: InlineKeyboardMarkup,
        *,
        begun: Message | None = None,
    ) -> AnswerPlace | None:
        """Send an answer (HTML), or change the one to the same message; return where it stands.

        `begun` is a message that becomes the first of a new one.
        """
        chat = update.effective_chat
        ids = await self._ids(update, context, messages, keyboard, begun)
        if chat is None or not ids:
            return None
        place = AnswerPlace(chat.id, ids[-1])
        self._keyboards.keep(place, keyboard)
        return place

    async def _ids(
        self,
        update: Update,
        context: Context,
        messages: Sequence[str],
        keyboard: InlineKeyboardMarkup,
        begun: Message | None,
    ) -> list[int]:
        """Do so, and return the ids of the messages."""
        asked = update.edited_message or update.message
        if asked is None:
            new = await reply(update, context, messages, keyboard, begun=begun)
            return [each.message_id for each in new]
        place = asked.chat.id, asked.message_id
        before = self._shown.pop(place, None)
        sent: list[int] = []
        if before is not None:
            sent = await _change(asked, context, before.message_ids, messages, keyboard)
        if rest := messages[len(sent) :]:
            new = await reply(update, context, rest, keyboard, begun=begun)
            sent += [message.message_id for message in new]
        if before is not None:
            await _delete(context, asked, [n for n in before.message_ids if n not in sent])
        self._shown[place] = _Shown(hash(asked.text), tuple(sent))
        while len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)
        return sent


async def _change(
    asked: Message,
    context: Context,
    message_ids: Sequence[int],
    messages: Sequence[str],
    keyboard: InlineKeyboardMarkup | None,
) -> list[int]:
    """Write `messages` into those that are there; return none when one was deleted meanwhile."""
    for number, (message_id, text) in enumerate(zip(message_ids, messages, strict=False), 1):
        under = keyboard if number == len(messages) else None
        try:
            await edit_message_of(context.bot, asked.chat.id, message_id, text, under)
        except BadRequest as error:
            _log.info("answer_not_changed", reason=error.message)
            return []
    return list(message_ids[: len(messages)])


async def _delete(context: Context, asked: Message, message_ids: Sequence[int]) -> None:
    for message_id in message_ids:
        try:
            await context.bot.delete_message(asked.chat.id, message_id)
        except TelegramError as error:  # gone already, or too old
            _log.info("answer_not_deleted", reason=error.message)
