"""/invite: makes an invitation link by buttons, lists invitations and revokes them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.errors import PeopleError
from bot.access.person import on_telegram
from bot.access.roles import ASSIGNABLE, Role
from bot.features.people import texts
from bot.features.people.invitations import Invitation, InvitationState, deep_link
from bot.office_time import shown
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import escape
from bot.telegram.gate import in_private, on_press, on_reply
from bot.telegram.paging import Page, PagedList, PagePress
from bot.telegram.sending import acknowledge, ask_for_reply, edit, reply
from bot.telegram.texts import ROLES

if TYPE_CHECKING:
    from telegram import Update

    from bot.feature import Core
    from bot.features.people.invitations import Invitations
    from bot.telegram.gate import Guarded, Tap
    from bot.telegram.sending import Context

_DAYS = (1, 7, 30)
_USES = (1, 5, 20, 100)
_NAMED_NUMBER = re.compile(texts.INVITE_NAME_TITLE.format(id=r"(\d+)"))


class InvitePress(PersonalPress, kind="in"):
    """Makes an invitation of what was chosen, or asks for what was not."""

    role: Role | None = None
    days: int | None = None
    uses: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for what is never offered."""
        offered = ((self.role, ASSIGNABLE), (self.days, _DAYS), (self.uses, _USES))
        if any(chosen is not None and chosen not in choices for chosen, choices in offered):
            raise ValueError(f"an invitation must be of what is offered, got {self!r}")


class InvitationsPage(PagePress, kind="il"):
    """Shows a page of the list."""


class RevokePress(PersonalPress, kind="ir"):
    """Closes an invitation."""

    invitation_id: int


class InvitationNamePress(PersonalPress, kind="iw"):
    """Asks whom an invitation is for."""

    invitation_id: int


class InvitationHandlers:
    """Lets admins invite people. Each step's choices are in the next step's buttons."""

    def __init__(self, core: Core, invitations: Invitations) -> None:
        self._invitations = invitations
        self._now = core.now
        self._list = PagedList(self._draw)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        capability = Capability.MANAGE_PEOPLE
        return [
            *in_private(capability, invite=self.invite),
            on_press(capability, InvitePress, self.step),
            on_press(capability, InvitationsPage, self._list.turn),
            on_press(capability, RevokePress, self.revoke),
            on_press(capability, InvitationNamePress, self.ask_name),
            on_reply(capability, _NAMED_NUMBER, self.named),
        ]

    async def invite(self, update: Update, context: Context) -> None:
        """Ask for the role."""
        if update.effective_user is not None:
            keyboard = _roles_keyboard(update.effective_user.id)
            await reply(update, context, [texts.INVITE_ROLE], keyboard)

    async def step(self, tap: Tap, press: InvitePress) -> None:
        """Ask for what is not chosen yet; make the link when everything is."""
        await acknowledge(tap.query)
        owner, role, days, uses = press.owner, press.role, press.days, press.uses
        if role is None:
            await edit(tap.update, texts.INVITE_ROLE, _roles_keyboard(owner))
        elif days is None:
            text = texts.INVITE_DAYS.format(role=ROLES[role])
            choices = [
                replace(press, days=number).button(texts.INVITE_DAYS_BUTTON.format(days=number))
                for number in _DAYS
            ]
            await edit(tap.update, text, InlineKeyboardMarkup.from_row(choices))
        elif uses is None:
            text = texts.INVITE_USES.format(role=ROLES[role], days=days)
            choices = [
                replace(press, uses=number).button(texts.INVITE_USES_BUTTON.format(uses=number))
                for number in _USES
            ]
            await edit(tap.update, text, InlineKeyboardMarkup.from_row(choices))
        else:
            invitation, token = await self._invitations.create(
                on_telegram(owner), role, dt.timedelta(days=days), uses, self._now()
            )
            text = texts.INVITE_LINK.format(
                id=invitation.id,
                role=ROLES[role],
                uses=uses,
                expires=shown(invitation.expires_at),
                link=escape(deep_link(tap.context.bot.username, token)),
            )
            named = InvitationNamePress(owner, invitation.id).button(texts.INVITE_NAME_BUTTON)
            keyboard = InlineKeyboardMarkup.from_button(named) if uses == 1 else None
            await edit(tap.update, text, keyboard)

    async def ask_name(self, tap: Tap, press: InvitationNamePress) -> None:
        """Ask whom an invitation is for."""
        await acknowledge(tap.query)
        title = texts.INVITE_NAME_TITLE.format(id=press.invitation_id)
        prompt = f"{title}\n\n{texts.INVITE_NAME_PROMPT}"
        await ask_for_reply(tap.update, tap.context, prompt, texts.INVITE_NAME_PLACEHOLDER)

    async def named(self, update: Update, context: Context) -> None:
        """Take the name of whom an invitation is for."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None or not context.matches:
            return
        number, name = int(context.matches[0][1]), message.text or ""
        try:
            await self._invitations.give_name(on_telegram(user.id), number, name, self._now())
        except PeopleError as error:
            await reply(update, context, [escape(error)])
            return
        await reply(update, context, [texts.INVITE_NAMED.format(id=number)])

    async def revoke(self, tap: Tap, press: RevokePress) -> None:
        """Close the invitation of the button."""
        number = press.invitation_id
        try:
            await self._invitations.revoke(on_telegram(press.owner), number, self._now())
        except PeopleError as error:
            await acknowledge(tap.query, str(error), alert=True)
            return
        await acknowledge(tap.query, texts.INVITE_REVOKED.format(id=number))
        await self._list.show(tap.update, press.owner)

    async def _draw(self, number: int, owner: int) -> tuple[str, InlineKeyboardMarkup]:
        now = self._now()
        page = Page.of(number, await self._invitations.count())
        invitations = await self._invitations.page(page.offset, page.size)
        rows = [
            [RevokePress(owner, found.id).button(texts.INVITE_REVOKE.format(id=found.id))]
            for found in invitations
            if found.state(now) is InvitationState.OPEN
        ]
        head = texts.INVITES.format(count=page.count, page=page.number + 1, pages=page.pages)
        lines = [_line(found, now) for found in invitations]
        new = [InvitePress(owner).button(texts.INVITE_NEW)]
        text = "\n".join([head, *lines]) if lines else texts.INVITES_NONE
        return text, InlineKeyboardMarkup([*rows, page.buttons(InvitationsPage, owner), new])


def _roles_keyboard(owner: int) -> InlineKeyboardMarkup:
    roles = [InvitePress(owner, role).button(ROLES[role].capitalize()) for role in ASSIGNABLE]
    listed = InvitationsPage(owner, 0).button(texts.INVITE_LIST)
    return InlineKeyboardMarkup([roles[:2], roles[2:], [listed]])


def _line(invitation: Invitation, now: dt.datetime) -> str:
    return texts.INVITE_LINE.format(
        id=invitation.id,
        role=ROLES[invitation.role],
        used=invitation.used,
        uses=invitation.max_uses,
        expires=shown(invitation.expires_at),
        state=texts.INVITE_STATES[invitation.state(now)],
    )
