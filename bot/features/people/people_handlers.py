"""/people: the list of people, their roles, and the buttons that change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.errors import PeopleError
from bot.access.person import on_telegram
from bot.access.roles import ASSIGNABLE, Role
from bot.features.people import texts
from bot.limits import BUTTON_UNITS
from bot.office_time import shown
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import clip, escape, utf16_units
from bot.telegram.gate import in_private, on_press
from bot.telegram.paging import Page, PagedList, PagePress
from bot.telegram.sending import acknowledge, edit, notify
from bot.telegram.texts import ROLES

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from bot.access.person import Person
    from bot.feature import Core
    from bot.telegram.gate import Guarded, Tap


class PeoplePage(PagePress, kind="pl"):
    """Shows a page of the list."""


class PersonPress(PersonalPress):
    """Is about one person of the list."""

    person_id: int


class CardPress(PersonPress, kind="pc"):
    """Shows the person with the roles to choose from."""


class RolePress(PersonPress, kind="pr"):
    """Gives the person a role."""

    role: Role


class AskRemovePress(PersonPress, kind="pa"):
    """Asks whether the person is really to be removed."""


class RemovePress(PersonPress, kind="px"):
    """Removes the person."""


class PeopleHandlers:
    """Shows people to the admins and changes their roles."""

    def __init__(self, core: Core) -> None:
        self._people = core.people
        self._menus = core.menus
        self._now = core.now
        self._list = PagedList(self._draw)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        capability, gone = Capability.MANAGE_PEOPLE, texts.PERSON_GONE
        return [
            *in_private(capability, people=self._list.send),
            on_press(capability, PeoplePage, self._list.turn, gone),
            on_press(capability, CardPress, self.card, gone),
            on_press(capability, RolePress, self.set_role, gone),
            on_press(capability, AskRemovePress, self.ask_remove, gone),
            on_press(capability, RemovePress, self.remove, gone),
        ]

    async def card(self, tap: Tap, press: CardPress) -> None:
        """Show one person with the roles to choose from."""
        person = await self._chosen(tap.query, press)
        if person is not None:
            await acknowledge(tap.query)
            await self._show_card(tap.update, person, press.owner)

    async def set_role(self, tap: Tap, press: RolePress) -> None:
        """Give the person the role of the button."""
        person = await self._chosen(tap.query, press)
        if person is None:
            return
        admin, role = on_telegram(press.owner), press.role
        try:
            changed = await self._people.set_role(admin, person.id, role, self._now())
        except PeopleError as error:
            await acknowledge(tap.query, str(error), alert=True)
            return
        await acknowledge(tap.query, texts.ROLE_SET.format(role=ROLES[role]))
        await self._show_card(tap.update, changed, press.owner)
        if changed.role is not person.role:
            await self._menus.show(tap.context.bot, person.id, role)
            text = texts.YOUR_ROLE_CHANGED.format(role=ROLES[role])
            await notify(tap.context.bot, person.id, text)

    async def ask_remove(self, tap: Tap, press: AskRemovePress) -> None:
        """Ask whether the person is really to be removed."""
        person = await self._chosen(tap.query, press)
        if person is None:
            return
        await acknowledge(tap.query)
        row = [
            RemovePress(press.owner, person.id).button(texts.PERSON_REMOVE_YES),
            CardPress(press.owner, person.id).button(texts.CANCEL),
        ]
        text = texts.PERSON_REMOVE_ASK.format(name=escape(person.name))
        await edit(tap.update, text, InlineKeyboardMarkup([row]))

    async def remove(self, tap: Tap, press: RemovePress) -> None:
        """Remove the person."""
        person = await self._chosen(tap.query, press)
        if person is None:
            return
        try:
            await self._people.remove(on_telegram(press.owner), person.id, self._now())
        except PeopleError as error:
            await acknowledge(tap.query, str(error), alert=True)
            return
        await acknowledge(tap.query)
        back = InlineKeyboardMarkup.from_button(PeoplePage(press.owner, 0).button(texts.BACK))
        await edit(tap.update, texts.PERSON_REMOVED.format(name=escape(person.name)), back)
        await self._menus.show(tap.context.bot, person.id, Role.STRANGER)
        await notify(tap.context.bot, person.id, texts.YOU_WERE_REMOVED)

    async def _chosen(self, query: CallbackQuery, press: PersonPress) -> Person | None:
        """Return whom a button is about; says so when that person is gone."""
        person = await self._people.get(press.person_id)
        if person is None:
            await acknowledge(query, texts.PERSON_GONE, alert=True)
        return person

    async def _draw(self, number: int, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        page = Page.of(number, await self._people.count())
        people = await self._people.page(page.offset, page.size)
        if not people:
            return texts.PEOPLE_NONE, None
        rows = [[CardPress(owner, person.id).button(_label(person))] for person in people]
        text = texts.PEOPLE.format(count=page.count, page=page.number + 1, pages=page.pages)
        return text, InlineKeyboardMarkup([*rows, page.buttons(PeoplePage, owner)])

    async def _show_card(self, update: Update, person: Person, owner: int) -> None:
        roles = [
            RolePress(owner, person.id, role).button(ROLES[role].capitalize())
            for role in ASSIGNABLE
            if role is not person.role
        ]
        last = [
            AskRemovePress(owner, person.id).button(texts.PERSON_REMOVE),
            PeoplePage(owner, 0).button(texts.BACK),
        ]
        text = texts.PERSON.format(
            name=escape(person.name),
            username=f" (@{escape(person.username)})" if person.username else "",
            id=person.id,
            role=ROLES[person.role],
            official=escape(person.official_name or "–"),
            joined=shown(person.joined_at),
        )
        await edit(update, text, InlineKeyboardMarkup([roles[:2], roles[2:], last]))


def _label(person: Person) -> str:
    role = f" – {ROLES[person.role]}"
    return clip(person.name, BUTTON_UNITS - utf16_units(role)) + role
