"""/inbox: editors see what was put before them, answer it or mark it as done.

What an editor answers is told by the message they reply to, which carries the entry's number:
nothing is kept in memory, so a restart in between loses nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.access.person import on_telegram
from bot.features.forwarded_questions import texts
from bot.features.forwarded_questions.buttons import (
    AnswerPress,
    DonePress,
    EntryPress,
    InboxPage,
    entry_keyboard,
)
from bot.features.forwarded_questions.entry import EntryKind
from bot.features.forwarded_questions.errors import ForwardingError, NotOpenError
from bot.features.forwarded_questions.messages import card_text, list_text, quoted
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, in_private, on_press, on_reply
from bot.telegram.paging import Page, PagedList
from bot.telegram.sending import acknowledge, ask_for_reply, edit, notify, reply
from bot.telegram.texts import ROLES

if TYPE_CHECKING:
    from telegram import Update

    from bot.access.deeds import Deed
    from bot.feature import Core
    from bot.features.forwarded_questions.entry import Entry
    from bot.features.forwarded_questions.inbox import Inbox
    from bot.telegram.gate import Tap
    from bot.telegram.sending import Context

_BUTTONS_A_ROW = 4
_ANSWERED_NUMBER = re.compile(
    re.escape(texts.ANSWER_TITLE).replace(re.escape("{number}"), r"(\d{1,15})") + r"(?!\d)"
)


class InboxHandlers:
    """The editors' list; needs to stand before the handlers of questions."""

    def __init__(self, core: Core, inbox: Inbox) -> None:
        self._inbox = inbox
        self._gate = core.gate
        self._notes = core.notes
        self._deeds = core.deeds
        self._now = core.now
        self._list = PagedList(self._page)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command, its buttons and the answers."""
        capability, gone = Capability.ANSWER_FORWARDED, texts.BUTTON_OLD
        return [
            *in_private(capability, inbox=self._list.send),
            on_press(capability, InboxPage, self._list.turn, gone),
            on_press(capability, EntryPress, self.show, gone),
            on_press(capability, AnswerPress, self.ask_for_answer, gone),
            on_press(capability, DonePress, self.done, gone),
            on_reply(capability, _ANSWERED_NUMBER, self.answered),
        ]

    async def show(self, tap: Tap, press: EntryPress) -> None:
        """Show an entry in full."""
        try:
            entry = await self._inbox.get(press.entry_id)
        except NotOpenError as error:
            await acknowledge(tap.query, str(error), alert=True)
            await self._list.show(tap.update, press.owner, press.page)
            return
        await acknowledge(tap.query)
        keyboard = entry_keyboard(press.owner, entry.id, press.page)
        await edit(tap.update, card_text(entry), keyboard)

    async def ask_for_answer(self, tap: Tap, press: AnswerPress) -> None:
        """Ask the editor to write the answer in reply to a message."""
        try:
            entry = await self._inbox.get(press.entry_id)
        except NotOpenError as error:
            await acknowledge(tap.query, str(error), alert=True)
            return
        await acknowledge(tap.query)
        role = ROLES[await self._gate.role_of(press.owner)]
        prompt = texts.ANSWER_PROMPT.format(question=quoted(entry), role=role)
        asked = f"{texts.ANSWER_TITLE.format(number=entry.id)}\n\n{prompt}"
        await ask_for_reply(tap.update, tap.context, asked, texts.ANSWER_PLACEHOLDER)

    async def answered(self, update: Update, context: Context) -> None:
        """Send the editor's answer to whoever asked, and close the entry."""
        message, editor = update.effective_message, update.effective_user
        if message is None or editor is None or not context.matches:
            return
        number = int(context.matches[0][1])
        action = AuditAction.ANSWER_FORWARDED
        intent = {"entry": number, "reply": message.text or ""}
        try:
            async with self._deeds.doing(on_telegram(editor.id), action, **intent) as deed:
                entry = await self._close(deed)
                reached = await notify(context.bot, entry.person_id, await self._news(deed, entry))
        except ForwardingError as error:
            await reply(update, context, [escape(error)])
            return
        told = texts.ANSWERED if reached else texts.NOT_REACHED
        await reply(update, context, [told.format(number=number)])

    async def done(self, tap: Tap, press: DonePress) -> None:
        """Close an entry without an answer; who asked a question learns that it was read."""
        action = AuditAction.CLOSE_FORWARDED
        intent = {"entry": press.entry_id, "reply": None}
        try:
            async with self._deeds.doing(on_telegram(press.owner), action, **intent) as deed:
                entry = await self._close(deed)
                await acknowledge(tap.query, texts.DONE.format(number=entry.id))
                if entry.kind is EntryKind.QUESTION:
                    await notify(tap.context.bot, entry.person_id, await self._news(deed, entry))
        except NotOpenError as error:
            await acknowledge(tap.query, str(error), alert=True)
        await self._list.show(tap.update, press.owner, press.page)

    async def finish(self, deed: Deed) -> str:
        """Close what was being closed when the bot was cut off, and tell whoever asked."""
        editor_id = deed.actor.person_id or 0
        entry = await self._inbox.closed_by(int(deed.details["entry"]), editor_id)
        entry = entry or await self._close(deed)
        if entry.kind is EntryKind.QUESTION or entry.reply is not None:
            deed.told.append((entry.person_id, await self._news(deed, entry)))
        done = texts.DONE if entry.reply is None else texts.ANSWERED
        return done.format(number=entry.id)

    async def _close(self, deed: Deed) -> Entry:
        """Close an entry, in the audit log, too; raises ForwardingError."""
        number, editor_id = int(deed.details["entry"]), deed.actor.person_id or 0
        note = self._notes.entry(editor_id, deed.action, f"f{number}")
        reply = deed.details["reply"]
        return await self._inbox.close(number, editor_id, self._now(), reply=reply, note=note)

    async def _news(self, deed: Deed, entry: Entry) -> str:
        """Return what whoever asked is told."""
        if entry.reply is None:
            return texts.DONE_TOLD.format(question=quoted(entry))
        role = ROLES[await self._gate.role_of(deed.actor.person_id or 0)]
        return texts.REPLY.format(
            role=role.capitalize(), question=quoted(entry), reply=escape(entry.reply)
        )

    async def _page(self, number: int, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        page = Page.of(number, await self._inbox.count())
        entries = await self._inbox.page(page.offset, page.size)
        buttons = [
            EntryPress(owner, entry.id, page.number).button(str(place))
            for place, entry in enumerate(entries, page.offset + 1)
        ]
        rows = [buttons[:_BUTTONS_A_ROW], buttons[_BUTTONS_A_ROW:], page.buttons(InboxPage, owner)]
        keyboard = InlineKeyboardMarkup([row for row in rows if row]) if entries else None
        return list_text(entries, page), keyboard
