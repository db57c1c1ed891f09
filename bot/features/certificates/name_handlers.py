"""The name on a certificate: the learner asks for it, an admin confirms it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.errors import PeopleError
from bot.access.person import on_telegram
from bot.features.certificates import texts
from bot.telegram.admin_notices import show_decision, tell_admins
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import escape
from bot.telegram.gate import identity_of, on_press, on_reply
from bot.telegram.sending import (
    acknowledge,
    ask_for_reply,
    edit,
    notify,
    reply,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update, User
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.certificates.name_requests import NameRequest, NameRequests
    from bot.telegram.gate import Guarded, Tap
    from bot.telegram.sending import Context

    Confirmed = Callable[[ExtBot[Any], int], Awaitable[None]]
    """Takes somebody whose name was confirmed."""

_log = structlog.get_logger(__name__)


class NameSendPress(PersonalPress, kind="cns"):
    """Asks for the name that the person has on Telegram."""


class NameWritePress(PersonalPress, kind="cnw"):
    """Asks the person to write a name."""


class NameDecisionPress(PersonalPress, kind="cnd"):
    """Decides about a request for a name; a number is given once, so an old button finds none."""

    request_id: int
    confirmed: int


class NameHandlers:
    """Takes names from learners to the admins; `confirmed` does what follows a confirmation."""

    def __init__(self, core: Core, requests: NameRequests, confirmed: Confirmed) -> None:
        self._people = core.people
        self._now = core.now
        self._requests = requests
        self._confirmed = confirmed
        self._telling: set[int] = set()

    def handlers(self) -> list[Guarded]:
        """Return the handlers; they go before those of questions."""
        learner, admin = Capability.EARN_CERTIFICATE, Capability.MANAGE_PEOPLE
        return [
            on_press(learner, NameSendPress, self.send),
            on_press(learner, NameWritePress, self.ask),
            on_reply(learner, re.compile(re.escape(texts.NAME_TITLE)), self.written),
            on_press(admin, NameDecisionPress, self.decide),
        ]

    async def send(self, tap: Tap, press: NameSendPress) -> None:
        """Put the person's name on Telegram before the admins."""
        await acknowledge(tap.query)
        user = tap.query.from_user
        text = await self._make(tap.context.bot, user, identity_of(user).short_name)
        await edit(tap.update, text, write_keyboard(press.owner, texts.NAME_WRITE))

    async def ask(self, tap: Tap, _press: NameWritePress) -> None:
        """Ask for the name."""
        await acknowledge(tap.query)
        prompt = f"{texts.NAME_TITLE}\n\n{texts.NAME_PROMPT}"
        await ask_for_reply(tap.update, tap.context, prompt, texts.NAME_PLACEHOLDER)

    async def written(self, update: Update, context: Context) -> None:
        """Put the name that the person wrote before the admins."""
        message, user = update.effective_message, update.effective_user
        if message is not None and user is not None:
            await reply(update, context, [await self._make(context.bot, user, message.text or "")])

    async def decide(self, tap: Tap, press: NameDecisionPress) -> None:
        """Confirm a name or not; the first admin to press decides."""
        confirmed = bool(press.confirmed)
        try:
            request = await self._requests.decide(
                on_telegram(press.owner), press.request_id, self._now(), confirmed=confirmed
            )
        except PeopleError as error:
            await acknowledge(tap.query, str(error), alert=True)
            return
        await acknowledge(tap.query)
        text = texts.NAME_DECIDED.format(
            request=await self._text(request, None),
            mark="✅" if confirmed else "❌",
            what=texts.NAME_WAS_CONFIRMED if confirmed else texts.NAME_WAS_REFUSED,
            admin=escape(identity_of(tap.query.from_user).short_name),
        )
        await edit(tap.update, text)
        await show_decision(tap, request.notices, text)
        told = texts.NAME_CONFIRMED if confirmed else texts.NAME_REFUSED
        await notify(tap.context.bot, request.person_id, told.format(name=escape(request.name)))
        if confirmed:
            await self._confirmed(tap.context.bot, request.person_id)

    async def _make(self, bot: ExtBot[Any], user: User, name: str) -> str:
        """Make a request and tell the admins; return what the person is told (HTML)."""
        if user.id in self._telling:  # pressed twice at once
            return texts.NAME_ALREADY_WAITS
        self._telling.add(user.id)
        try:
            request = await self._requests.make(user.id, name, self._now())
            await self._tell_admins(bot, user, request)
        except PeopleError as error:
            return escape(error)
        finally:
            self._telling.discard(user.id)
        return texts.NAME_SENT.format(name=escape(request.name))

    async def _tell_admins(self, bot: ExtBot[Any], user: User, request: NameRequest) -> None:
        text = await self._text(request, identity_of(user).short_name)
        keyboard = partial(_decision_keyboard, request_id=request.id)
        notices = await tell_admins(bot, self._people, text, keyboard)
        await self._requests.add_notices(request.id, notices)

    async def _text(self, request: NameRequest, telegram_name: str | None) -> str:
        person = await self._people.get(request.person_id)
        before = None if person is None else person.official_name
        if telegram_name is None:
            telegram_name = str(request.person_id) if person is None else person.name
        return texts.NAME_REQUEST.format(
            telegram=escape(telegram_name),
            id=request.person_id,
            name=escape(request.name),
            before=escape(before or "–"),
        )


def offer(
    owner: int, name: str, request: NameRequest | None
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return what somebody is told who lacks a confirmed name, with the buttons to ask for it."""
    if request is not None:
        return texts.NAME_WAITS.format(name=escape(request.name)), None
    rows = [
        [NameSendPress(owner).button(texts.NAME_SEND)],
        [NameWritePress(owner).button(texts.NAME_WRITE)],
    ]
    return texts.NAME_NEEDED.format(name=escape(name)), InlineKeyboardMarkup(rows)


def write_keyboard(owner: int, label: str) -> InlineKeyboardMarkup:
    """Return the button to write a name."""
    return InlineKeyboardMarkup.from_button(NameWritePress(owner).button(label))


def _decision_keyboard(admin: int, request_id: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_row(
        [
            NameDecisionPress(admin, request_id, 1).button(texts.NAME_CONFIRM),
            NameDecisionPress(admin, request_id, 0).button(texts.NAME_REFUSE),
        ]
    )
