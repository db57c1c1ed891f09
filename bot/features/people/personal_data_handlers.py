"""/mydata and /forgetme: what is kept of a person, seen and erased by that person."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.errors import PeopleError
from bot.access.roles import Role
from bot.features.people import texts
from bot.telegram.callbacks import owned_button
from bot.telegram.gate import in_private
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from telegram import Update

    from bot.feature import Exported
    from bot.features.people.personal_data import PersonalData
    from bot.telegram.gate import Guarded
    from bot.telegram.menus import CommandMenus
    from bot.telegram.sending import Context

_YES, _NO = "fy", "fn"


class PersonalDataHandlers:
    """Gives people their data, and forgets them when they ask."""

    def __init__(
        self, data: PersonalData, menus: CommandMenus, now: Callable[[], dt.datetime]
    ) -> None:
        self._data = data
        self._menus = menus
        self._now = now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the commands and the buttons."""
        return in_private(
            Capability.OWN_DATA,
            {"mydata": self.my_data, "forgetme": self.ask},
            {_YES: self.forget, _NO: self.keep},
        )

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
            owned_button(texts.FORGET_YES, _YES, user.id),
            owned_button(texts.CANCEL, _NO, user.id),
        ]
        await reply(update, context, [texts.FORGET_ASK], InlineKeyboardMarkup([row]))

    async def forget(self, update: Update, context: Context) -> None:
        """Erase everything kept of the person who pressed."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None:
            return
        await acknowledge(query)
        try:
            await self._data.erase(user.id, self._now())
        except PeopleError as error:
            await edit(update, html.escape(str(error), quote=False))
            return
        await edit(update, texts.FORGOTTEN)
        await self._menus.show(context.bot, user.id, Role.STRANGER)

    async def keep(self, update: Update, _context: Context) -> None:
        """Leave everything as it is."""
        if update.callback_query is not None:
            await acknowledge(update.callback_query)
            await edit(update, texts.CANCELLED)


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
