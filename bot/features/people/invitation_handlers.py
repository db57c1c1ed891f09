"""/invite: makes an invitation link by buttons, lists invitations and revokes them."""

from __future__ import annotations

import datetime as dt
import html
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.errors import PeopleError
from bot.access.person import on_telegram
from bot.access.roles import ASSIGNABLE, Role
from bot.features.people import texts
from bot.features.people.invitations import Invitation, InvitationState, deep_link
from bot.limits import CALLBACK_ANSWER_CHARACTERS
from bot.office_time import shown
from bot.telegram.callbacks import arguments_of, from_base36, owned_button
from bot.telegram.gate import in_private
from bot.telegram.paging import Page, PagedList
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.features.people.invitations import Invitations
    from bot.telegram.gate import Guarded
    from bot.telegram.sending import Context

_NEW, _LIST, _REVOKE = "in", "il", "ir"
_DAYS = (1, 7, 30)
_USES = (1, 5, 20, 100)


class InvitationHandlers:
    """Lets admins invite people. Each step's choices are in the next step's buttons."""

    def __init__(self, invitations: Invitations, now: Callable[[], dt.datetime]) -> None:
        self._invitations = invitations
        self._now = now
        self._list = PagedList(self._draw)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        return in_private(
            Capability.MANAGE_PEOPLE,
            {"invite": self.invite},
            {_NEW: self.step, _LIST: self._list.turn, _REVOKE: self.revoke},
        )

    async def invite(self, update: Update, context: Context) -> None:
        """Ask for the role."""
        if update.effective_user is not None:
            keyboard = _roles_keyboard(update.effective_user.id)
            await reply(update, context, [texts.INVITE_ROLE], keyboard)

    async def step(self, update: Update, context: Context) -> None:
        """Ask for what is not chosen yet; make the link when everything is."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None:
            return
        await acknowledge(query)
        role, days, uses = _choices(query.data)
        if role is None:
            await edit(update, texts.INVITE_ROLE, _roles_keyboard(user.id))
        elif days is None:
            text = texts.INVITE_DAYS.format(role=texts.ROLES[role])
            await edit(update, text, _days_keyboard(user.id, role))
        elif uses is None:
            text = texts.INVITE_USES.format(role=texts.ROLES[role], days=days)
            await edit(update, text, _uses_keyboard(user.id, role, days))
        else:
            invitation, token = await self._invitations.create(
                on_telegram(user.id), role, dt.timedelta(days=days), uses, self._now()
            )
            text = texts.INVITE_LINK.format(
                id=invitation.id,
                role=texts.ROLES[role],
                uses=uses,
                expires=shown(invitation.expires_at),
                link=html.escape(deep_link(context.bot.username, token)),
            )
            await edit(update, text)

    async def revoke(self, update: Update, _context: Context) -> None:
        """Close the invitation of the button."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None:
            return
        number = from_base36("".join(arguments_of(query.data)[:1])) or 0
        try:
            await self._invitations.revoke(on_telegram(user.id), number, self._now())
        except PeopleError as error:
            await acknowledge(query, str(error)[:CALLBACK_ANSWER_CHARACTERS], alert=True)
            return
        await acknowledge(query, texts.INVITE_REVOKED.format(id=number))
        await self._list.show(update)

    async def _draw(self, argument: str, owner: int) -> tuple[str, InlineKeyboardMarkup]:
        now = self._now()
        page = Page.of(argument, await self._invitations.count())
        invitations = await self._invitations.page(page.offset, page.size)
        rows = [
            [owned_button(texts.INVITE_REVOKE.format(id=found.id), _REVOKE, owner, found.id)]
            for found in invitations
            if found.state(now) is InvitationState.OPEN
        ]
        head = texts.INVITES.format(count=page.count, page=page.number + 1, pages=page.pages)
        lines = [_line(found, now) for found in invitations]
        new = [owned_button(texts.INVITE_NEW, _NEW, owner)]
        text = "\n".join([head, *lines]) if lines else texts.INVITES_NONE
        return text, InlineKeyboardMarkup([*rows, page.buttons(_LIST, owner), new])


def _choices(data: str | None) -> tuple[Role | None, int | None, int | None]:
    """Return the role, days and uses chosen so far; only those that the buttons offer."""
    role, days, uses = (*arguments_of(data), "", "", "")[:3]
    chosen_days, chosen_uses = from_base36(days), from_base36(uses)
    return (
        next((offered for offered in ASSIGNABLE if offered.value == role), None),
        chosen_days if chosen_days in _DAYS else None,
        chosen_uses if chosen_uses in _USES else None,
    )


def _roles_keyboard(owner: int) -> InlineKeyboardMarkup:
    roles = [
        owned_button(texts.ROLES[role].capitalize(), _NEW, owner, role.value) for role in ASSIGNABLE
    ]
    return InlineKeyboardMarkup(
        [roles[:2], roles[2:], [owned_button(texts.INVITE_LIST, _LIST, owner, 0)]]
    )


def _days_keyboard(owner: int, role: Role) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                owned_button(
                    texts.INVITE_DAYS_BUTTON.format(days=days), _NEW, owner, role.value, days
                )
                for days in _DAYS
            ]
        ]
    )


def _uses_keyboard(owner: int, role: Role, days: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                owned_button(
                    texts.INVITE_USES_BUTTON.format(uses=uses), _NEW, owner, role.value, days, uses
                )
                for uses in _USES
            ]
        ]
    )


def _line(invitation: Invitation, now: dt.datetime) -> str:
    return texts.INVITE_LINE.format(
        id=invitation.id,
        role=texts.ROLES[invitation.role],
        used=invitation.used,
        uses=invitation.max_uses,
        expires=shown(invitation.expires_at),
        state=texts.INVITE_STATES[invitation.state(now)],
    )
