"""/versions and /rollback: what is kept, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.person import on_telegram
from bot.features.knowledge_versions import texts
from bot.features.knowledge_versions.version_line import version_line
from bot.telegram.callbacks import Press
from bot.telegram.formatting import HtmlBlock, escape, pack
from bot.telegram.gate import Guarded, Tap, on_command, on_press
from bot.telegram.sending import acknowledge, reply, without_buttons
from knowledge import KnowledgeError

if TYPE_CHECKING:
    from telegram import Update

    from bot.features.knowledge_versions.decisions import VersionDecisions
    from bot.features.knowledge_versions.updates import KnowledgeUpdates
    from bot.telegram.sending import Context
    from knowledge import VersionInfo


class AskPress(Press, kind="va"):
    """Asks whether to return to a version."""

    version: str


class BackPress(Press, kind="vb"):
    """Returns to a version."""

    version: str


class CancelPress(Press, kind="vn"):
    """Leaves everything as it is."""


class VersionHandlers:
    """Lists the versions and returns to an earlier one; needs the capability RELOAD."""

    def __init__(self, updates: KnowledgeUpdates, decisions: VersionDecisions) -> None:
        self._updates = updates
        self._decisions = decisions

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the two commands and of their buttons."""
        return [
            on_command(Capability.RELOAD, "versions", self.versions),
            on_command(Capability.RELOAD, "rollback", self.rollback),
            on_press(Capability.RELOAD, AskPress, self.ask),
            on_press(Capability.RELOAD, BackPress, self.back),
            on_press(Capability.RELOAD, CancelPress, self.cancel),
        ]

    async def versions(self, update: Update, context: Context) -> None:
        """List the versions, with a button for each that can be returned to."""
        infos = await self._updates.versions()
        if not infos:
            await reply(update, context, [texts.NO_VERSIONS])
            return
        blocks = [HtmlBlock.plain(texts.VERSIONS, "b"), *map(_block, infos)]
        buttons = [
            AskPress(info.name).button(texts.BACK_BUTTON.format(version=info.name))
            for info in infos
            if not info.active and not info.waiting
        ]
        keyboard = InlineKeyboardMarkup.from_column(buttons) if buttons else None
        await reply(update, context, pack(blocks), keyboard)

    async def rollback(self, update: Update, context: Context) -> None:
        """Ask whether to return to the previous version."""
        await self._ask(update, context, None)

    async def ask(self, tap: Tap, press: AskPress) -> None:
        """Ask whether to return to the version whose button was pressed."""
        await acknowledge(tap.query)
        await self._ask(tap.update, tap.context, press.version)

    async def back(self, tap: Tap, press: BackPress) -> None:
        """Return to the version that was confirmed."""
        await acknowledge(tap.query)
        try:
            version = await self._decisions.rollback(
                on_telegram(tap.query.from_user.id), press.version
            )
        except KnowledgeError as error:
            await reply(tap.update, tap.context, [escape(f"⛔ {error}")])
        else:
            await reply(tap.update, tap.context, [texts.ROLLED_BACK.format(version=version)])
        await without_buttons(tap.query)

    async def cancel(self, tap: Tap, _press: CancelPress) -> None:
        """Leave everything as it is."""
        await acknowledge(tap.query, texts.CANCELLED)
        await without_buttons(tap.query)

    async def _ask(self, update: Update, context: Context, to: str | None) -> None:
        try:
            version = await self._updates.rollback_target(to)
        except KnowledgeError as error:
            await reply(update, context, [escape(f"⛔ {error}")])
            return
        row = [
            BackPress(version).button(texts.CONFIRM_ROLLBACK.format(version=version)),
            CancelPress().button(texts.CANCEL),
        ]
        text = texts.ASK_ROLLBACK.format(version=version)
        await reply(update, context, [text], InlineKeyboardMarkup.from_row(row))


def _block(info: VersionInfo) -> HtmlBlock:
    return HtmlBlock.plain(version_line(info), "b" if info.active else "")
