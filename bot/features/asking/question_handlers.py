"""Questions: /ask, any text in a private chat, and the suggested ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram.constants import ChatType
from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.features.asking import texts
from bot.features.asking.addressed import asked_of_bot
from bot.features.asking.buttons import AlternativePress, SuggestionPress
from bot.features.asking.conversation_memory import Place
from bot.features.asking.shown_answers import AwaitsAnswer
from bot.telegram.gate import Guarded, Tap, Where, on_command, on_press
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.features.asking.conversation_memory import ConversationMemory
    from bot.features.asking.intent_replies import IntentReplies
    from bot.features.asking.replier import Replier
    from bot.features.asking.shown_answers import ShownAnswers
    from bot.features.asking.suggestions import Suggestions
    from bot.telegram.sending import Context


class QuestionHandlers:
    """Takes what people ask in their own words, or by a button."""

    def __init__(
        self,
        replier: Replier,
        memory: ConversationMemory,
        intents: IntentReplies,
        suggestions: Suggestions,
        shown: ShownAnswers,
    ) -> None:
        self._replier = replier
        self._memory = memory
        self._intents = intents
        self._suggestions = suggestions
        self._shown = shown

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the ways to ask, and of beginning anew."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        private_text = private & filters.TEXT & ~filters.COMMAND
        edited = filters.UpdateType.EDITED_MESSAGE & filters.TEXT & AwaitsAnswer(self._shown)
        return [
            on_command(Capability.ASK, "ask", self.ask, where=Where.ANYWHERE),
            on_command(Capability.ASK, "new", self.new, where=Where.ANYWHERE),
            Guarded(Capability.ASK, MessageHandler(private_text, self.text)),
            Guarded(Capability.ASK, MessageHandler(edited, self.edited)),
            on_press(Capability.ASK, SuggestionPress, self.suggestion, where=Where.ANYWHERE),
            on_press(Capability.ASK, AlternativePress, self.alternative, where=Where.ANYWHERE),
        ]

    async def ask(self, update: Update, context: Context) -> None:
        """Answer what follows the command, or the message that the command replies to."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        _, *rest = message.text.split(maxsplit=1)  # at any space: a line's end, a no-break space
        question = rest[0] if rest else ""
        replied = message.reply_to_message
        if not question and replied is not None:
            question = replied.text or replied.caption or ""
        if question.strip():
            await self._replier.answer(update, context, question)
        else:
            await reply(update, context, [texts.ASK_USAGE])

    async def edited(self, update: Update, context: Context) -> None:
        """Answer an edited question anew, in the place of its answer; do no other command again."""
        message = update.edited_message
        if message is None or message.text is None:
            return
        command = message.text.split(maxsplit=1)[0]
        if not command.startswith("/"):
            private = message.chat.type == ChatType.PRIVATE
            if asked := message.text if private else asked_of_bot(message):
                await self.said(update, context, asked)
        elif command.partition("@")[0].lower() == "/ask":
            await self.ask(update, context)

    async def new(self, update: Update, context: Context) -> None:
        """Forget what was said, so that the next question stands by itself."""
        self._memory.forget(Place.of(update))
        await reply(update, context, [texts.NEW])

    async def text(self, update: Update, context: Context) -> None:
        """Answer a text in a private chat."""
        text = update.effective_message.text if update.effective_message else None
        if text is not None:
            await self.said(update, context, text)

    async def said(self, update: Update, context: Context, text: str) -> None:
        """Do what `text`, said to the bot anywhere, is meant as, or answer it."""
        intent = await self._intents.meant(text)
        if await self._intents.is_follow_up(update, text, intent):
            instead = partial(self._intents.reply_instead, update, context, text, intent)
            await self._replier.answer(update, context, text, instead=instead)
        elif not await self._intents.reply(update, context, text, intent):
            await self._replier.answer(update, context, text)

    async def suggestion(self, tap: Tap, press: SuggestionPress) -> None:
        """Answer the suggested question of the button that was pressed."""
        question = await self._suggestions.question(press.key)
        if question is None:
            await acknowledge(tap.query, texts.SUGGESTION_GONE, alert=True)
            return
        await acknowledge(tap.query)
        await self._replier.answer(tap.update, tap.context, question, shown=True)

    async def alternative(self, tap: Tap, press: AlternativePress) -> None:
        """Ask again what was asked, of the heading of the button that was pressed."""
        turns = self._memory.turns(Place.of(tap.update))
        question = next(
            (
                turn.question
                for turn in reversed(turns)
                if press.chunk_id in {topic.chunk_id for topic in turn.answer.alternatives}
            ),
            None,
        )
        if question is None:
            await acknowledge(tap.query, texts.SUGGESTION_GONE, alert=True)
            return
        await acknowledge(tap.query)
        await self._replier.answer_about(tap.update, tap.context, question, press.chunk_id)
