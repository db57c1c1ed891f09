"""How people put a question before the editors: a button, their consent, or a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.access.authorisation import Capability
from bot.access.roles import Role
from bot.features.forwarded_questions import texts
from bot.features.forwarded_questions.buttons import (
    CancelPress,
    ForwardPress,
    SendPress,
    WritePress,
    consent_keyboard,
    entry_keyboard,
)
from bot.features.forwarded_questions.errors import ForwardingError
from bot.features.forwarded_questions.messages import news_text, quoted
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, identity_of, on_press, on_reply
from bot.telegram.sending import acknowledge, ask_for_reply, edit, notify, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.feature import Core
    from bot.features.answer_log import Recorder
    from bot.features.forwarded_questions.entry import Entry
    from bot.features.forwarded_questions.inbox import Inbox
    from bot.telegram.gate import Tap
    from bot.telegram.sending import Context


class ForwardingHandlers:
    """Takes questions for the editors; needs to stand before the handlers of questions."""

    def __init__(self, core: Core, inbox: Inbox, recorder: Recorder) -> None:
        self._inbox = inbox
        self._recorder = recorder
        self._people = core.people
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the buttons and of the message that is asked for."""
        return [
            on_press(Capability.ASK, ForwardPress, self.ask_consent),
            on_press(Capability.ASK, SendPress, self.send),
            on_press(Capability.ASK, CancelPress, self.cancel),
            on_press(Capability.ASK, WritePress, self.ask_for_message),
            on_reply(Capability.ASK, re.compile(re.escape(texts.WRITE_TITLE)), self.written),
        ]

    async def ask_consent(self, tap: Tap, press: ForwardPress) -> None:
        """Say what would be sent to whom, and ask whether it may."""
        answer_id = press.answer_id
        if answer_id is None:
            await self._recorder.all_settled()
            answer_id = await self._inbox.last_answer_id(press.owner)
        if answer_id is None:
            await acknowledge(tap.query, texts.NO_QUESTION, alert=True)
            return
        question = await self._question(answer_id, press.owner)
        if question is None:
            await acknowledge(tap.query, texts.QUESTION_GONE, alert=True)
            return
        await acknowledge(tap.query)
        text = texts.CONSENT.format(question=escape(question))
        await reply(tap.update, tap.context, [text], consent_keyboard(press.owner, answer_id))

    async def send(self, tap: Tap, press: SendPress) -> None:
        """Put the question before the editors and tell them."""
        question = await self._question(press.answer_id, press.owner)
        if question is None:
            await acknowledge(tap.query, texts.QUESTION_GONE, alert=True)
            return
        try:
            entry = await self._inbox.send(identity_of(tap.query.from_user), question, self._now())
        except ForwardingError as error:
            await acknowledge(tap.query)
            await edit(tap.update, escape(error))
            return
        await acknowledge(tap.query)
        await edit(tap.update, _sent(entry))
        await self._tell_editors(tap.context, entry)

    async def cancel(self, tap: Tap, _press: CancelPress) -> None:
        """Send nothing."""
        await acknowledge(tap.query)
        await edit(tap.update, texts.CANCELLED)

    async def ask_for_message(self, tap: Tap, _press: WritePress) -> None:
        """Ask for a message, and say who will read it."""
        await acknowledge(tap.query)
        prompt = f"{texts.WRITE_TITLE}\n\n{texts.WRITE_PROMPT}"
        await ask_for_reply(tap.update, tap.context, prompt, texts.WRITE_PLACEHOLDER)

    async def written(self, update: Update, context: Context) -> None:
        """Put a message that was asked for before the editors."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        try:
            entry = await self._inbox.send(identity_of(user), message.text or "", self._now())
        except ForwardingError as error:
            await reply(update, context, [escape(error)])
            return
        await reply(update, context, [_sent(entry)])
        await self._tell_editors(context, entry)

    async def _question(self, answer_id: str, person_id: int) -> str | None:
        await self._recorder.settled(answer_id)
        return await self._inbox.question(answer_id, person_id)

    async def _tell_editors(self, context: Context, entry: Entry) -> None:
        for editor in await self._people.with_role(Role.EDITOR, Role.ADMIN):
            if editor.id != entry.person_id:
                keyboard = entry_keyboard(editor.id, entry.id)
                await notify(context.bot, editor.id, news_text(entry), keyboard)


def _sent(entry: Entry) -> str:
    return texts.SENT.format(number=entry.id, question=quoted(entry))
