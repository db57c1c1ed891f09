"""/drafts: editors approve, change or reject questions drafted from the passages.

What somebody edits is told by the message they reply to, which carries the draft's number: nothing
is kept in memory, so a restart in between loses nothing.
"""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog
from telegram import ForceReply, Message
from telegram.constants import ParseMode
from telegram.ext import MessageHandler, filters

from bot.handlers.gate import Guarded, in_private
from bot.handlers.owned_buttons import arguments_of, from_base36
from bot.handlers.replying import acknowledge, edit, reply
from bot.learning import draft_card as card
from bot.learning.draft_text import read_draft
from bot.learning.question_errors import QuestionDraftError
from bot.limits import CALLBACK_ANSWER_CHARACTERS
from bot.people.audit import AuditAction
from bot.people.authorisation import Capability
from bot.texts import drafts as texts
from knowledge.errors import QuizQuestionError
from knowledge.quiz.drafting import draft_questions

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Callable, Sequence

    from telegram import CallbackQuery, InlineKeyboardMarkup, Update

    from bot.handlers.noting import Noting
    from bot.handlers.replying import Context
    from bot.learning.question_store import QuestionStore, StoredDraft
    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.bank.bank import QuestionBank

DRAFTS_AT_ONCE = 100
_EDITED_NUMBER = re.compile(
    re.escape(texts.EDIT_TITLE).replace(re.escape("{number}"), r"(\d{1,15})") + r"(?!\d)"
)

_log = structlog.get_logger(__name__)


class _EditReply(filters.MessageFilter):
    """Lets through a reply to one of the bot's messages that ask for a changed draft."""

    def filter(self, message: Message) -> bool:
        return edited_draft(message) is not None


def edited_draft(message: Message) -> int | None:
    """Return the number of the draft that a message changes, or None if it changes none."""
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or asked.from_user.id != message.get_bot().id:
        return None
    match = _EDITED_NUMBER.match(asked.text or "")
    return int(match[1]) if match else None


class DraftsHandlers:
    """Shows drafts one at a time; needs to stand before the handlers of questions."""

    def __init__(  # noqa: PLR0913 -- each is a port of its own
        self,
        store: QuestionStore,
        passages: Callable[[], Sequence[Chunk]],
        bank: Callable[[], QuestionBank],
        noting: Noting,
        *,
        now: Callable[[], dt.datetime],
        rng: random.Random,
    ) -> None:
        self._store = store
        self._passages = passages
        self._bank = bank
        self._noting = noting
        self._now = now
        self._rng = rng

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command, its buttons and the changed drafts."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        edited = private & filters.TEXT & ~filters.COMMAND & _EditReply()
        return [
            *in_private(
                Capability.EDIT_QUIZZES, {"drafts": self.drafts}, {card.KIND: self.pressed}
            ),
            Guarded(Capability.EDIT_QUIZZES, MessageHandler(edited, self.edited)),
        ]

    async def drafts(self, update: Update, context: Context) -> None:
        """Show the first draft that waits."""
        text, keyboard = await self._next(_sender(update))
        await reply(update, context, [text], keyboard)

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says, and show what comes next in its message."""
        query = update.callback_query
        if query is None:
            return
        action, number, topic = (*arguments_of(query.data), "", "", "")[:3]
        draft_id = from_base36(number)
        if draft_id is None:
            await acknowledge(query, texts.BUTTON_OLD)
            return
        try:
            if action == card.MORE:
                await self._draft_anew(update, query)
            elif action == card.LATER:
                await acknowledge(query)
                await edit(update, *await self._next(query.from_user.id, draft_id))
            elif action == card.REJECT:
                await self._store.reject(draft_id, query.from_user.id, self._now())
                await self._noting.note(update, AuditAction.REJECT_QUESTION, f"d{draft_id}")
                await acknowledge(query, texts.REJECTED.format(number=draft_id))
                await edit(update, *await self._next(query.from_user.id, draft_id))
            elif action in {card.APPROVE, card.TOPIC}:
                await self._approve(update, query, draft_id, topic)
            elif action == card.EDIT:
                draft = await self._store.waiting_draft(draft_id)
                await acknowledge(query)
                await self._ask_for_changes(update, context, draft)
            elif action == card.BACK:
                draft = await self._store.waiting_draft(draft_id)
                await acknowledge(query)
                await edit(update, *await self._shown(draft, query.from_user.id))
            else:
                await acknowledge(query, texts.BUTTON_OLD)
        except QuestionDraftError as error:  # somebody else was first
            await acknowledge(query, str(error)[:CALLBACK_ANSWER_CHARACTERS], alert=True)
            await edit(update, *await self._next(query.from_user.id, draft_id))

    async def edited(self, update: Update, context: Context) -> None:
        """Read a changed draft and keep it; on an error keep the old one and name the line."""
        message = update.effective_message
        draft_id = None if message is None else edited_draft(message)
        if message is None or draft_id is None:
            return
        try:
            draft = await self._store.waiting_draft(draft_id)
            question = read_draft(message.text or "", draft.question, self._bank().topics)
            changed = await self._store.change(draft_id, question)
        except (QuestionDraftError, QuizQuestionError) as error:
            reason = html.escape(str(error).rstrip("."), quote=False)
            text = texts.NOT_EDITED.format(number=draft_id, reason=reason)
            await reply(update, context, [text])
            return
        await self._noting.note(update, AuditAction.CHANGE_QUESTION, changed.question.question_id)
        text, keyboard = await self._shown(changed, _sender(update))
        await reply(update, context, [texts.EDITED.format(number=draft_id), text], keyboard)

    async def _approve(
        self, update: Update, query: CallbackQuery, draft_id: int, topic: str
    ) -> None:
        """Approve a draft; one without a topic of the bank only after a topic was chosen."""
        bank, owner = self._bank(), query.from_user.id
        draft = await self._store.waiting_draft(draft_id)
        question = replace(draft.question, topic=topic or draft.question.topic)
        if question.topic not in bank.topic_of:
            if not bank.topics:
                await acknowledge(query, texts.NO_TOPICS[:CALLBACK_ANSWER_CHARACTERS], alert=True)
                return
            await acknowledge(query)
            text, _ = await self._shown(draft, owner)
            keyboard = card.topics_keyboard(draft, bank.topics, owner)
            await edit(update, f"{text}\n\n{texts.CHOOSE_TOPIC}", keyboard)
            return
        approved = await self._store.approve(draft_id, owner, self._now(), question)
        await self._noting.note(
            update, AuditAction.APPROVE_QUESTION, approved.question_id, topic=approved.topic
        )
        await acknowledge(query, texts.APPROVED.format(question_id=approved.question_id))
        await edit(update, *await self._next(owner, draft_id))

    async def _draft_anew(self, update: Update, query: CallbackQuery) -> None:
        await acknowledge(query, texts.DRAFTING)
        bank = self._bank()
        known = [*await self._store.known(), *bank.questions.values()]
        drafts = await asyncio.to_thread(
            draft_questions,
            self._passages(),
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

    async def _ask_for_changes(self, update: Update, context: Context, draft: StoredDraft) -> None:
        chat = update.effective_chat
        if chat is not None:
            await context.bot.send_message(
                chat.id,
                card.edit_message(draft),
                parse_mode=ParseMode.HTML,
                reply_markup=ForceReply(input_field_placeholder=texts.EDIT_PLACEHOLDER),
            )

    async def _next(self, owner: int, after: int = 0) -> tuple[str, InlineKeyboardMarkup]:
        """Return the message of the waiting draft that follows number `after`."""
        draft = await self._store.next_draft(after)
        if draft is None:
            return texts.NONE_WAITING, card.more_keyboard(owner)
        return await self._shown(draft, owner)

    async def _shown(self, draft: StoredDraft, owner: int) -> tuple[str, InlineKeyboardMarkup]:
        waiting = await self._store.waiting()
        text = card.draft_card(draft, waiting, self._bank(), self._passages())
        return text, card.draft_keyboard(draft, owner)


def _sender(update: Update) -> int:
    return update.effective_user.id if update.effective_user is not None else 0
