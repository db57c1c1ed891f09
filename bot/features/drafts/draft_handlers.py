"""/drafts: editors approve, change or reject questions drafted from the passages.

What somebody edits is told by the message they reply to, which carries the draft's number: nothing
is kept in memory, so a restart in between loses nothing.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.drafts import card, texts
from bot.features.drafts.card import DraftAction, DraftPress
from bot.features.drafts.draft_text import read_draft
from bot.features.quizzes import QuestionDraftError, question_id_of
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, in_private, on_press, on_reply
from bot.telegram.sending import acknowledge, ask_for_reply, edit, reply
from knowledge.errors import QuizQuestionError
from knowledge.quiz.drafting import draft_questions

if TYPE_CHECKING:
    from telegram import CallbackQuery, InlineKeyboardMarkup, Update

    from bot.feature import Core
    from bot.features.quizzes import StoredDraft, Study
    from bot.telegram.sending import Context

DRAFTS_AT_ONCE = 100
_EDITED_NUMBER = re.compile(
    re.escape(texts.EDIT_TITLE).replace(re.escape("{number}"), r"(\d{1,15})") + r"(?!\d)"
)

_log = structlog.get_logger(__name__)


class DraftsHandlers:
    """Shows drafts one at a time; needs to stand before the handlers of questions."""

    def __init__(self, core: Core, study: Study) -> None:
        self._store = study.questions
        self._pool = study.pool
        self._notes = core.notes
        self._now = core.now
        self._rng = core.rng

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command, its buttons and the changed drafts."""
        return [
            *in_private(Capability.EDIT_QUIZZES, drafts=self.drafts),
            on_press(Capability.EDIT_QUIZZES, DraftPress, self.pressed, texts.BUTTON_OLD),
            on_reply(Capability.EDIT_QUIZZES, _EDITED_NUMBER, self.edited),
        ]

    async def drafts(self, update: Update, context: Context) -> None:
        """Show the first draft that waits."""
        text, keyboard = await self._next(_sender(update))
        await reply(update, context, [text], keyboard)

    async def pressed(self, tap: Tap, press: DraftPress) -> None:
        """Do what a button says, and show what comes next in its message."""
        owner, draft_id = press.owner, press.draft_id
        try:
            match press.action:
                case DraftAction.MORE:
                    await self._draft_anew(tap.update, tap.query)
                case DraftAction.LATER:
                    await acknowledge(tap.query)
                    await edit(tap.update, *await self._next(owner, draft_id))
                case DraftAction.REJECT:
                    name = question_id_of(draft_id)
                    note = self._notes.entry(owner, AuditAction.REJECT_QUESTION, name)
                    await self._store.reject(draft_id, owner, self._now(), note)
                    await acknowledge(tap.query, texts.REJECTED.format(number=draft_id))
                    await edit(tap.update, *await self._next(owner, draft_id))
                case DraftAction.APPROVE | DraftAction.TOPIC:
                    await self._approve(tap.update, tap.query, press)
                case DraftAction.EDIT:
                    draft = await self._store.waiting_draft(draft_id)
                    await acknowledge(tap.query)
                    await ask_for_reply(
                        tap.update, tap.context, card.edit_message(draft), texts.EDIT_PLACEHOLDER
                    )
                case DraftAction.BACK:
                    draft = await self._store.waiting_draft(draft_id)
                    await acknowledge(tap.query)
                    await edit(tap.update, *await self._shown(draft, owner))
        except QuestionDraftError as error:  # somebody else was first
            await acknowledge(tap.query, str(error), alert=True)
            await edit(tap.update, *await self._next(owner, draft_id))

    async def edited(self, update: Update, context: Context) -> None:
        """Read a changed draft and keep it; on an error keep the old one and name the line."""
        message = update.effective_message
        if message is None or not context.matches:
            return
        draft_id = int(context.matches[0][1])
        try:
            draft = await self._store.waiting_draft(draft_id)
            question = read_draft(message.text or "", draft.question, self._pool.everything.topics)
            name = question_id_of(draft_id)
            note = self._notes.entry(_sender(update), AuditAction.CHANGE_QUESTION, name)
            changed = await self._store.change(draft_id, question, note)
        except (QuestionDraftError, QuizQuestionError) as error:
            reason = escape(str(error).rstrip("."))
            text = texts.NOT_EDITED.format(number=draft_id, reason=reason)
            await reply(update, context, [text])
            return
        text, keyboard = await self._shown(changed, _sender(update))
        await reply(update, context, [texts.EDITED.format(number=draft_id), text], keyboard)

    async def _approve(self, update: Update, query: CallbackQuery, press: DraftPress) -> None:
        """Approve a draft; one without a topic of the bank only after a topic was chosen."""
        bank, owner, draft_id = self._pool.everything, press.owner, press.draft_id
        draft = await self._store.waiting_draft(draft_id)
        question = replace(draft.question, topic=press.topic_id or draft.question.topic)
        if question.topic not in bank.topic_of:
            if not bank.topics:
                await acknowledge(query, texts.NO_TOPICS, alert=True)
                return
            await acknowledge(query)
            text, _ = await self._shown(draft, owner)
            keyboard = card.topics_keyboard(draft, bank.topics, owner)
            await edit(update, f"{text}\n\n{texts.CHOOSE_TOPIC}", keyboard)
            return
        name = question_id_of(draft_id)
        note = self._notes.entry(owner, AuditAction.APPROVE_QUESTION, name, topic=question.topic)
        approved = await self._store.approve(draft_id, owner, self._now(), question, note)
        await acknowledge(query, texts.APPROVED.format(question_id=approved.question_id))
        await edit(update, *await self._next(owner, draft_id))

    async def _draft_anew(self, update: Update, query: CallbackQuery) -> None:
        await acknowledge(query, texts.DRAFTING)
        bank = self._pool.everything
        known = [*await self._store.known(), *bank.questions.values()]
        drafts = await asyncio.to_thread(
            draft_questions,
            self._pool.chunks,
            known,
            bank.topic_of_article,
            self._rng,
            DRAFTS_AT_ONCE,
        )
        count = await self._store.add(drafts, self._now())
        _log.info("questions_drafted", count=count)
        text, keyboard = await self._next(query.from_user.id)
        news = texts.DRAFTED.format(count=count) if count else texts.NOTHING_NEW
        await edit(update, f"{news}\n\n{text}", keyboard)

    async def _next(self, owner: int, after: int = 0) -> tuple[str, InlineKeyboardMarkup]:
        """Return the message of the waiting draft that follows number `after`."""
        draft = await self._store.next_draft(after)
        if draft is None:
            return texts.NONE_WAITING, card.more_keyboard(owner)
        return await self._shown(draft, owner)

    async def _shown(self, draft: StoredDraft, owner: int) -> tuple[str, InlineKeyboardMarkup]:
        waiting = await self._store.waiting()
        text = card.draft_card(draft, waiting, self._pool.everything, self._pool.chunks)
        return text, card.draft_keyboard(draft, owner)


def _sender(update: Update) -> int:
    return update.effective_user.id if update.effective_user is not None else 0
