"""Coming in: invitation links, and requests that the admins decide."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import structlog
from telegram import InlineKeyboardMarkup
from telegram.ext import filters

from bot.access.authorisation import Capability
from bot.access.errors import InvitationError, JoinRequestError
from bot.access.person import Identity, on_telegram
from bot.access.roles import Role
from bot.features.onboarding import INVITED, start_button
from bot.features.people import texts
from bot.features.people.invitations import START_PREFIX
from bot.features.people.join_requests import JoinRequests
from bot.telegram.admin_notices import show_decision, tell_admins
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, JoinPress, Tap, Where, identity_of, on_command, on_press
from bot.telegram.sending import acknowledge, edit, notify, reply
from bot.telegram.texts import ROLES

if TYPE_CHECKING:
    from telegram import Update

    from bot.feature import Core
    from bot.features.asking import Suggestions
    from bot.features.people.invitations import Invitations
    from bot.features.people.join_requests import JoinDecision
    from bot.telegram.sending import Context

_log = structlog.get_logger(__name__)


class Decision(StrEnum):
    """What an admin decides about a request."""

    STAFF = "s"
    NEWCOMER = "n"
    REFUSE = "x"


class DecisionPress(PersonalPress, kind="jd"):
    """Decides about somebody's request to be let in."""

    decision: Decision
    person_id: int


_ROLES = {Decision.STAFF: Role.STAFF, Decision.NEWCOMER: Role.NEWCOMER, Decision.REFUSE: None}


class JoiningHandlers:
    """Lets people in by invitation, or by an admin's decision."""

    def __init__(self, core: Core, invitations: Invitations, suggestions: Suggestions) -> None:
        self._people = core.people
        self._invitations = invitations
        self._requests = JoinRequests(core.database, core.settings.access, core.marks)
        self._menus = core.menus
        self._suggestions = suggestions
        self._telling: set[int] = set()
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handlers; they go before those of a plain /start."""
        invited = filters.Regex(rf"^/start(@\w+)? {START_PREFIX}")
        return [
            on_command(Capability.JOIN, "start", self.invited, only=invited),
            on_press(Capability.JOIN, JoinPress, self.ask_in, where=Where.ANYWHERE),
            on_press(Capability.MANAGE_PEOPLE, DecisionPress, self.decide, texts.PERSON_GONE),
        ]

    async def invited(self, update: Update, context: Context) -> None:
        """Give the role of the invitation in the link, or say why it gives none."""
        user = update.effective_user
        if user is None:
            return
        token = (context.args or [""])[0].removeprefix(START_PREFIX)
        try:
            invitation = await self._invitations.redeem(token, identity_of(user), self._now())
        except InvitationError as error:
            await reply(update, context, [escape(error)])
            return
        await self._menus.show(context.bot, user.id, invitation.role)
        text = texts.INVITED.format(role=ROLES[invitation.role])
        first = None
        if invitation.role is Role.NEWCOMER:
            text += f"\n\n{INVITED}"
            first = start_button(user.id)
        await reply(update, context, [text], self._suggestions.keyboard(first))

    async def ask_in(self, tap: Tap, _press: JoinPress) -> None:
        """Send somebody's request to every admin."""
        who = identity_of(tap.query.from_user)
        if who.id in self._telling:  # pressed twice at once
            await acknowledge(tap.query, texts.JOIN_SENT)
            return
        self._telling.add(who.id)
        try:
            await self._requests.make(who, self._now())
            await acknowledge(tap.query, texts.JOIN_SENT, alert=True)
            await self._tell_admins(tap.context, who)
        except JoinRequestError as error:
            await acknowledge(tap.query, str(error), alert=True)
        finally:
            self._telling.discard(who.id)

    async def _tell_admins(self, context: Context, who: Identity) -> None:
        text = _request(who.id, who.short_name, who.username)
        keyboard = partial(_decision_keyboard, person_id=who.id)
        notices = await tell_admins(context.bot, self._people, text, keyboard)
        await self._requests.add_notices(who.id, notices)

    async def decide(self, tap: Tap, press: DecisionPress) -> None:
        """Let somebody in or not; the first admin to press decides."""
        person = press.person_id
        try:
            decision = await self._requests.decide(
                on_telegram(press.owner), person, _ROLES[press.decision], self._now()
            )
        except JoinRequestError as error:
            await acknowledge(tap.query, str(error), alert=True)
            return
        await acknowledge(tap.query)
        text = _decided(decision, identity_of(tap.query.from_user).short_name)
        await edit(tap.update, text)
        await show_decision(tap, decision.notices, text)
        if decision.role is None:
            await notify(tap.context.bot, person, texts.JOIN_SORRY)
            return
        await self._menus.show(tap.context.bot, person, decision.role)
        text, keyboard = texts.JOIN_WELCOME.format(role=ROLES[decision.role]), None
        if decision.role is Role.NEWCOMER:
            text += f"\n\n{INVITED}"
            keyboard = InlineKeyboardMarkup([[start_button(person)]])
        await notify(tap.context.bot, person, text, keyboard)


def _decision_keyboard(admin: int, person_id: int) -> InlineKeyboardMarkup:
    accept = [
        DecisionPress(admin, Decision.STAFF, person_id).button(texts.JOIN_APPROVE_STAFF),
        DecisionPress(admin, Decision.NEWCOMER, person_id).button(texts.JOIN_APPROVE_NEWCOMER),
    ]
    refuse = [DecisionPress(admin, Decision.REFUSE, person_id).button(texts.JOIN_REFUSE)]
    return InlineKeyboardMarkup([accept, refuse])


def _request(person_id: int, name: str, username: str | None) -> str:
    shown = f" (@{escape(username)})" if username else ""
    return texts.JOIN_REQUEST.format(name=escape(name), id=person_id, username=shown)


def _decided(decision: JoinDecision, admin: str) -> str:
    if decision.role is None:
        mark, what = "❌", texts.JOIN_REFUSED
    else:
        mark, what = "✅", texts.JOIN_APPROVED.format(role=ROLES[decision.role])
    return texts.JOIN_DECIDED.format(
        request=_request(decision.person_id, decision.name, None),
        mark=mark,
        what=what,
        admin=escape(admin),
    )
