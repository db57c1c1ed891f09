"""/people: the list of people, their roles, and the buttons that change them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.errors import PeopleError
from bot.access.person import on_telegram
from bot.access.roles import ASSIGNABLE, Role
from bot.features.people import texts
from bot.limits import BUTTON_CHARACTERS, CALLBACK_ANSWER_CHARACTERS
from bot.office_time import shown
from bot.telegram.callbacks import arguments_of, from_base36, owned_button
from bot.telegram.gate import in_private
from bot.telegram.paging import Page, PagedList
from bot.telegram.sending import acknowledge, edit, notify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from telegram import Update

    from bot.access.person import Person
    from bot.access.registry import People
    from bot.telegram.gate import Guarded
    from bot.telegram.menus import CommandMenus
    from bot.telegram.sending import Context

_LIST, _CARD, _ROLE, _ASK_REMOVE, _REMOVE = "pl", "pc", "pr", "pa", "px"


class PeopleHandlers:
    """Shows people to the admins and changes their roles."""

    def __init__(self, people: People, menus: CommandMenus, now: Callable[[], dt.datetime]) -> None:
        self._people = people
        self._menus = menus
        self._now = now
        self._list = PagedList(self._draw)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        return in_private(
            Capability.MANAGE_PEOPLE,
            {"people": self._list.send},
            {
                _LIST: self._list.turn,
                _CARD: self.card,
                _ROLE: self.set_role,
                _ASK_REMOVE: self.ask_remove,
                _REMOVE: self.remove,
            },
        )

    async def card(self, update: Update, _context: Context) -> None:
        """Show one person with the roles to choose from."""
        person = await self._chosen(update)
        if person is None or update.callback_query is None:
            return
        await acknowledge(update.callback_query)
        await self._show_card(update, person)

    async def set_role(self, update: Update, context: Context) -> None:
        """Give the person the role of the button."""
        query, admin = update.callback_query, update.effective_user
        person = await self._chosen(update)
        if query is None or admin is None or person is None:
            return
        try:
            role = Role(arguments_of(query.data)[1])
            changed = await self._people.set_role(
                on_telegram(admin.id), person.id, role, self._now()
            )
        except (PeopleError, ValueError, IndexError) as error:
            await _say(update, error)
            return
        await acknowledge(query, texts.ROLE_SET.format(role=texts.ROLES[role]))
        await self._show_card(update, changed)
        if changed.role is not person.role:
            await self._menus.show(context.bot, person.id, role)
            text = texts.YOUR_ROLE_CHANGED.format(role=texts.ROLES[role])
            await notify(context.bot, person.id, text)

    async def ask_remove(self, update: Update, _context: Context) -> None:
        """Ask whether the person is really to be removed."""
        query, admin = update.callback_query, update.effective_user
        person = await self._chosen(update)
        if query is None or admin is None or person is None:
            return
        await acknowledge(query)
        row = [
            owned_button(texts.PERSON_REMOVE_YES, _REMOVE, admin.id, person.id),
            owned_button(texts.CANCEL, _CARD, admin.id, person.id),
        ]
        text = texts.PERSON_REMOVE_ASK.format(name=_name(person))
        await edit(update, text, InlineKeyboardMarkup([row]))

    async def remove(self, update: Update, context: Context) -> None:
        """Remove the person."""
        query, admin = update.callback_query, update.effective_user
        person = await self._chosen(update)
        if query is None or admin is None or person is None:
            return
        try:
            await self._people.remove(on_telegram(admin.id), person.id, self._now())
        except PeopleError as error:
            await _say(update, error)
            return
        await acknowledge(query)
        back = InlineKeyboardMarkup([[owned_button(texts.BACK, _LIST, admin.id, 0)]])
        await edit(update, texts.PERSON_REMOVED.format(name=_name(person)), back)
        await self._menus.show(context.bot, person.id, Role.STRANGER)
        await notify(context.bot, person.id, texts.YOU_WERE_REMOVED)

    async def _chosen(self, update: Update) -> Person | None:
        """Return whom a button is about; says so when that person is gone."""
        query = update.callback_query
        if query is None:
            return None
        person_id = from_base36("".join(arguments_of(query.data)[:1]))
        person = None if person_id is None else await self._people.get(person_id)
        if person is None:
            await acknowledge(query, texts.PERSON_GONE, alert=True)
        return person

    async def _draw(self, argument: str, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        page = Page.of(argument, await self._people.count())
        people = await self._people.page(page.offset, page.size)
        if not people:
            return texts.PEOPLE_NONE, None
        rows = [[owned_button(_label(person), _CARD, owner, person.id)] for person in people]
        text = texts.PEOPLE.format(count=page.count, page=page.number + 1, pages=page.pages)
        return text, InlineKeyboardMarkup([*rows, page.buttons(_LIST, owner)])

    async def _show_card(self, update: Update, person: Person) -> None:
        if update.effective_user is None:
            return
        owner = update.effective_user.id
        roles = [
            owned_button(texts.ROLES[role].capitalize(), _ROLE, owner, person.id, role.value)
            for role in ASSIGNABLE
            if role is not person.role
        ]
        last = [
            owned_button(texts.PERSON_REMOVE, _ASK_REMOVE, owner, person.id),
            owned_button(texts.BACK, _LIST, owner, 0),
        ]
        text = texts.PERSON.format(
            name=_name(person),
            username=f" (@{html.escape(person.username)})" if person.username else "",
            id=person.id,
            role=texts.ROLES[person.role],
            joined=shown(person.joined_at),
        )
        await edit(update, text, InlineKeyboardMarkup([roles[:2], roles[2:], last]))


async def _say(update: Update, error: Exception) -> None:
    """Tell why a button did nothing."""
    text = str(error) if isinstance(error, PeopleError) else texts.PERSON_GONE
    if update.callback_query is not None:
        await acknowledge(update.callback_query, text[:CALLBACK_ANSWER_CHARACTERS], alert=True)


def _name(person: Person) -> str:
    return html.escape(person.name, quote=False)


def _label(person: Person) -> str:
    role = texts.ROLES[person.role]
    return f"{person.name[: BUTTON_CHARACTERS - len(role) - 3]} – {role}"
