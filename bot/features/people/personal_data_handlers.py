"""/mydata and /forgetme: what is kept of a person, seen and erased by that person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.access.errors import PeopleError
from bot.access.person import on_telegram
from bot.access.roles import Role
from bot.features.people import texts
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import escape
from bot.telegram.gate import in_private, on_press
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from telegram import Update

    from bot.access.deeds import Deed
    from bot.feature import Core
    from bot.features.people.personal_data import PersonalData
    from bot.personal_data import Exported
    from bot.telegram.gate import Guarded, Tap
    from bot.telegram.sending import Context


class ForgetPress(PersonalPress, kind="fy"):
    """Erases everything kept of the person."""


class KeepPress(PersonalPress, kind="fn"):
    """Leaves everything as it is."""


class PersonalDataHandlers:
    """Gives people their data, and forgets them when they ask."""

    def __init__(self, core: Core, data: PersonalData) -> None:
        self._data = data
        self._menus = core.menus
        self._deeds = core.deeds
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the commands and the buttons."""
        return [
            *in_private(Capability.OWN_DATA, mydata=self.my_data, forgetme=self.ask),
            on_press(Capability.OWN_DATA, ForgetPress, self.forget),
            on_press(Capability.OWN_DATA, KeepPress, self.keep),
        ]

    async def my_data(self, update: Update, context: Context) -> None:
        """Send everything kept of the person, once to read and once for programs."""
        user = update.effective_user
        if user is None:
            return
        data = await self._data.export(user.id, self._now())
        await reply(update, context, [texts.MY_DATA])
        for name, content in (
            ("du-lieu-cua-toi.txt", readable(data)),
            ("du-lieu-cua-toi.json", json.dumps(data, ensure_ascii=False, indent=2)),
        ):
            await context.bot.send_document(user.id, content.encode(), filename=name)

    async def ask(self, update: Update, context: Context) -> None:
        """Ask whether everything is really to be erased."""
        user = update.effective_user
        if user is None:
            return
        row = [
            ForgetPress(user.id).button(texts.FORGET_YES),
            KeepPress(user.id).button(texts.CANCEL),
        ]
        await reply(update, context, [texts.FORGET_ASK], InlineKeyboardMarkup([row]))

    async def forget(self, tap: Tap, press: ForgetPress) -> None:
        """Erase everything kept of the person who pressed."""
        await acknowledge(tap.query)
        try:
            erased = await self._erase(press.owner)
        except PeopleError as error:
            await edit(tap.update, escape(error))
            return
        await edit(tap.update, texts.FORGOTTEN if erased else texts.FORGOTTEN_NOTHING)
        await self._menus.show(tap.context.bot, press.owner, Role.STRANGER)

    async def _erase(self, person_id: int) -> bool:
        actor, action = on_telegram(person_id), AuditAction.FORGET
        async with self._deeds.doing(actor, action, person=person_id) as deed:
            return await self._data.erase(person_id, self._now(), deed.id)

    async def finish(self, deed: Deed) -> str:
        """Erase what is left of somebody whose erasure was cut off."""
        await self._data.erase(int(deed.details["person"]), self._now(), deed.id)
        return texts.FORGOTTEN

    async def keep(self, tap: Tap, _press: KeepPress) -> None:
        """Leave everything as it is."""
        await acknowledge(tap.query)
        await edit(tap.update, texts.CANCELLED)


def readable(data: Mapping[str, Exported]) -> str:
    """Return what is kept of a person as a text with a heading for each store."""
    blocks = [texts.MY_DATA_TITLE.upper()]
    for title, content in data.items():
        lines = list(_lines(content, "")) or [texts.MY_DATA_NOTHING]
        blocks.append("\n".join([f"== {title} ==", *lines]))
    return "\n\n".join(blocks) + "\n"


def _lines(value: object, indent: str) -> Iterator[str]:
    match value:
        case dict():
            for name, content in value.items():
                if isinstance(content, dict | list) and content:
                    yield f"{indent}{name}:"
                    yield from _lines(content, indent + "  ")
                else:
                    yield f"{indent}{name}: {_scalar(content)}"
        case list():
            for item in value:
                first, *rest = list(_lines(item, indent + "  ")) or [""]
                yield f"{indent}- {first.strip()}"
                yield from rest
        case None:
            return
        case _:
            yield f"{indent}{_scalar(value)}"


def _scalar(value: object) -> str:
    match value:
        case None | [] | {}:
            return "–"
        case bool():
            return texts.YES if value else texts.NO
        case _:
            return str(value)
