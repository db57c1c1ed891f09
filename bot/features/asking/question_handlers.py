"""Questions: /ask, any text in a private chat, and the suggested ones."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from telegram.constants import ChatType
from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.features.answer_log import ChatKind, with_votes
from bot.features.asking import texts
from bot.features.asking.buttons import SuggestionPress, why_button, with_button_below
from bot.features.asking.small_talk import reply_to_small_talk
from bot.features.reviews import keep_button
from bot.features.sources import (
    answer_messages,
    sources_keyboard,
    table_buttons,
    topics_keyboard,
)
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, on_command, on_press
from bot.telegram.sending import acknowledge, reply, show_typing
from knowledge import QuestionError

if TYPE_CHECKING:
    from telegram import Update

    from bot.features.answer_log import Recorder
    from bot.knowledge_worker import KnowledgeWorker
    from bot.telegram.gate import Gate
    from bot.telegram.sending import Context

_log = structlog.get_logger(__name__)


class QuestionHandlers:
    """Answers questions, or says that the documents do not; the recorder keeps what was shown."""

    def __init__(self, worker: KnowledgeWorker, recorder: Recorder, gate: Gate) -> None:
        self._worker = worker
        self._recorder = recorder
        self._gate = gate

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the three ways to ask."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        private_text = private & filters.TEXT & ~filters.COMMAND
        return [
            on_command(Capability.ASK, "ask", self.ask),
            Guarded(Capability.ASK, MessageHandler(private_text, self.text)),
            on_press(Capability.ASK, SuggestionPress, self.suggestion),
        ]

    async def ask(self, update: Update, context: Context) -> None:
        """Answer what follows the command, or the message that the command replies to."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        question = message.text.partition(" ")[2] or message.text.partition("\n")[2]
        replied = message.reply_to_message
        if not question.strip() and replied is not None:
            question = replied.text or replied.caption or ""
        if question.strip():
            await self._answer(update, context, question)
        else:
            await reply(update, context, [texts.ASK_USAGE])

    async def text(self, update: Update, context: Context) -> None:
        """Answer a text in a private chat, or return a greeting."""
        text = update.effective_message.text if update.effective_message else None
        if text is None:
            return
        if (polite := reply_to_small_talk(text)) is not None:
            await reply(update, context, [polite])
        else:
            await self._answer(update, context, text)

    async def suggestion(self, tap: Tap, press: SuggestionPress) -> None:
        """Answer the suggested question of the button that was pressed."""
        await acknowledge(tap.query)
        question = texts.SUGGESTED_QUESTIONS.get(press.key)
        if question is None:  # a button of an older version
            await reply(tap.update, tap.context, [texts.GREETING])
        else:
            await self._answer(tap.update, tap.context, question, asked=question)

    async def _answer(
        self, update: Update, context: Context, question: str, *, asked: str | None = None
    ) -> None:
        typing = asyncio.ensure_future(show_typing(update, context))
        try:
            answer = await self._worker.answer(question)
        except QuestionError as error:
            await reply(update, context, [escape(error)])
            return
        finally:
            await typing
        # What was asked stays out of the log: questions are people's own business.
        _log.info(
            "question_answered",
            refused=answer.refused,
            confidence=answer.confidence,
            latency_ms=answer.latency_ms,
            kb_version=answer.kb_version,
        )
        keyboard = (
            topics_keyboard(answer.topics) if answer.topics else sources_keyboard(answer.citations)
        )
        if keyboard is not None and (table := answer.table) is not None:
            for button in table_buttons(table, 0, len(table.rows)):
                keyboard = with_button_below(keyboard, button)
        answer_id = self._recorder.new_answer_id()
        keyboard = with_votes(keyboard, answer_id, beside=not answer.refused)
        user, chat = update.effective_user, update.effective_chat
        private = chat is not None and chat.type == ChatType.PRIVATE
        if user is not None and private and not answer.refused:
            keyboard = with_button_below(keyboard, keep_button(user.id, answer_id))
        if user is not None and private and await self._may_see_reasons(user.id):
            keyboard = with_button_below(keyboard, why_button(answer_id))
        await reply(update, context, answer_messages(answer, asked=asked), keyboard)
        self._recorder.remember(
            answer,
            answer_id=answer_id,
            person_id=None if user is None else user.id,
            chat_kind=ChatKind.PRIVATE if private else ChatKind.GROUP,
        )

    async def _may_see_reasons(self, user_id: int) -> bool:
        return self._gate.lets(await self._gate.role_of(user_id), Capability.SEE_REASONS)
