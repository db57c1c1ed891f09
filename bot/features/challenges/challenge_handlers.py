"""/challenge: a quiz for everybody in a group."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import structlog
from telegram import InlineKeyboardMarkup
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access.authorisation import Capability
from bot.features.challenges import texts
from bot.features.challenges.challenge import QUESTION_SECONDS, QUESTIONS, NewChallenge
from bot.features.challenges.errors import ChallengeError
from bot.features.challenges.messages import beginning_text
from bot.features.challenges.topic_choice import (
    CHOOSE_KIND,
    EVERYTHING,
    meant_topic,
    topic_title,
    topics_keyboard,
)
from bot.telegram.callbacks import arguments_of, from_base36, owned_button, owned_pattern
from bot.telegram.gate import Guarded
from bot.telegram.sending import acknowledge, edit, reply, without_buttons

if TYPE_CHECKING:
    from telegram import Chat, Update, User

    from bot.features.challenges.challenge import Challenge
    from bot.features.challenges.runner import ChallengeRunner
    from bot.features.quizzes.question_pool import QuestionPool
    from bot.telegram.gate import Gate
    from bot.telegram.sending import Context

STOP_KIND = "cs"
_CHAT_ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})

_log = structlog.get_logger(__name__)


class ChallengeHandlers:
    """Begins challenges in groups, and stops them."""

    def __init__(self, runner: ChallengeRunner, pool: QuestionPool, gate: Gate) -> None:
        self._runner = runner
        self._pool = pool
        self._gate = gate

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command, of the choice and of the stop button."""
        return [
            Guarded(
                Capability.LEARN,
                CommandHandler("challenge", self.challenge, filters=filters.UpdateType.MESSAGE),
            ),
            Guarded(
                Capability.LEARN,
                CallbackQueryHandler(self.chosen, pattern=owned_pattern(CHOOSE_KIND)),
                personal=True,
            ),
            # not personal: whoever looks after the chat may stop what somebody else began
            Guarded(
                Capability.LEARN,
                CallbackQueryHandler(self.stop, pattern=owned_pattern(STOP_KIND)),
            ),
        ]

    async def challenge(self, update: Update, context: Context) -> None:
        """Begin a challenge about what follows the command, or offer the topics."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return
        topics = self._pool.bank.topics
        if chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
            await reply(update, context, [texts.ONLY_IN_GROUPS])
            return
        if not topics:
            await reply(update, context, [texts.NOTHING_TO_ASK])
            return
        choose = texts.CHOOSE.format(questions=QUESTIONS, seconds=QUESTION_SECONDS)
        typed = " ".join(context.args or [])
        topic = meant_topic(typed, topics) if typed else None
        if topic is None:
            if typed:
                shown = html.escape(typed[:64], quote=False)
                choose = texts.UNKNOWN_TOPIC.format(topic=shown, choose=choose)
            await reply(update, context, [choose], topics_keyboard(topics, user.id))
            return
        await self._begin(update, context, topic)

    async def chosen(self, update: Update, context: Context) -> None:
        """Begin a challenge about the topic whose button was pressed."""
        query = update.callback_query
        if query is None:
            return
        match arguments_of(query.data):
            case (topic,) if topic == EVERYTHING or topic in self._pool.bank.topic_of:
                await acknowledge(query)
                await self._begin(update, context, topic)
            case _:
                await acknowledge(query, texts.TOPIC_GONE, alert=True)

    async def stop(self, update: Update, context: Context) -> None:
        """Stop a challenge, for who began it or looks after the chat or the questions."""
        query, chat, user = update.callback_query, update.effective_chat, update.effective_user
        if query is None or chat is None or user is None:
            return
        number = from_base36("".join(arguments_of(query.data)[:1]))
        challenge = None if number is None else await self._runner.challenge(number)
        if challenge is None or challenge.chat_id != chat.id:
            await acknowledge(query, texts.OVER_ALREADY)
            return
        if not await self._may_stop(challenge, user, chat):
            await acknowledge(query, texts.NOT_YOURS_TO_STOP, alert=True)
            return
        stopped = await self._runner.stop(context.bot, challenge)
        await acknowledge(query, texts.STOPPED if stopped else texts.OVER_ALREADY)
        await without_buttons(query)

    async def _begin(self, update: Update, context: Context, topic: str) -> None:
        """Keep a challenge, say so with a button to stop it, and let it run."""
        chat, user, message = update.effective_chat, update.effective_user, update.effective_message
        if chat is None or user is None or message is None:
            return
        topic_id = topic or None
        thread_id = message.message_thread_id if message.is_topic_message else None
        try:
            plan = self._runner.plan(topic_id)
            new = NewChallenge(chat.id, topic_id, user.id, plan, thread_id)
            challenge = await self._runner.begin(context.bot, new)
        except ChallengeError as error:
            await self._say(update, context, html.escape(str(error), quote=False))
            return
        text = beginning_text(topic_title(self._pool, topic_id), len(plan), challenge.seconds)
        button = owned_button(texts.STOP_BUTTON, STOP_KIND, user.id, challenge.challenge_id)
        try:
            await self._say(update, context, text, InlineKeyboardMarkup([[button]]))
        finally:  # it is kept, so it is held: the outcome tells if nothing can be sent
            self._runner.follow(context.bot, challenge)

    async def _say(
        self,
        update: Update,
        context: Context,
        text: str,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        if update.callback_query is None:
            await reply(update, context, [text], keyboard)
        else:
            await edit(update, text, keyboard)

    async def _may_stop(self, challenge: Challenge, user: User, chat: Chat) -> bool:
        if challenge.started_by == user.id:
            return True
        role = await self._gate.role_of(user.id)
        if self._gate.lets(role, Capability.EDIT_QUIZZES):
            return True
        try:
            member = await chat.get_member(user.id)
        except TelegramError as error:
            _log.info("standing_unknown", reason=str(error))
            return False
        return member.status in _CHAT_ADMINS
