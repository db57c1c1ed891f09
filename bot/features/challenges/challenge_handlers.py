"""/challenge: a quiz for everybody in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatType

from bot.access.authorisation import Capability
from bot.features.challenges import texts
from bot.features.challenges.challenge import QUESTION_SECONDS, QUESTIONS, NewChallenge
from bot.features.challenges.errors import ChallengeError
from bot.features.challenges.topic_choice import (
    EVERYTHING,
    ChoosePress,
    meant_topic,
    topic_title,
    topics_keyboard,
)
from bot.telegram.callbacks import Press
from bot.telegram.chat_admins import is_chat_admin
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Where, on_command, on_press
from bot.telegram.sending import acknowledge, edit, reply, without_buttons

if TYPE_CHECKING:
    from telegram import Update, User

    from bot.features.challenges.challenge import Challenge
    from bot.features.challenges.runner import ChallengeRunner
    from bot.features.quizzes import QuestionPool
    from bot.telegram.gate import Gate, Tap
    from bot.telegram.sending import Context


class StopPress(Press, kind="cs"):
    """Stops a challenge.

    It is not personal: whoever looks after the chat may stop what somebody else began.
    """

    started_by: int
    challenge_id: int


class ChallengeHandlers:
    """Begins challenges in groups, and stops them."""

    def __init__(self, runner: ChallengeRunner, pool: QuestionPool, gate: Gate) -> None:
        self._runner = runner
        self._pool = pool
        self._gate = gate

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command, of the choice and of the stop button."""
        learn = Capability.LEARN
        return [
            on_command(learn, "challenge", self.challenge, where=Where.ANYWHERE),
            on_press(learn, ChoosePress, self.chosen, texts.TOPIC_GONE, where=Where.GROUPS),
            on_press(learn, StopPress, self.stop, texts.OVER_ALREADY, where=Where.GROUPS),
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
                shown = escape(typed[:64])
                choose = texts.UNKNOWN_TOPIC.format(topic=shown, choose=choose)
            await reply(update, context, [choose], topics_keyboard(topics, user.id))
            return
        await self._begin(update, context, topic)

    async def chosen(self, tap: Tap, press: ChoosePress) -> None:
        """Begin a challenge about the topic whose button was pressed."""
        topic = press.topic_id
        if topic == EVERYTHING or topic in self._pool.bank.topic_of:
            await acknowledge(tap.query)
            await self._begin(tap.update, tap.context, topic)
        else:
            await acknowledge(tap.query, texts.TOPIC_GONE, alert=True)

    async def stop(self, tap: Tap, press: StopPress) -> None:
        """Stop a challenge, for who began it or looks after the chat or the questions."""
        challenge = await self._runner.challenge(press.challenge_id)
        if challenge is None:
            await acknowledge(tap.query, texts.OVER_ALREADY)
            return
        if not await self._may_stop(challenge, tap.query.from_user, tap.context):
            await acknowledge(tap.query, texts.NOT_YOURS_TO_STOP, alert=True)
            return
        stopped = await self._runner.stop(tap.context.bot, challenge)
        await acknowledge(tap.query, texts.STOPPED if stopped else texts.OVER_ALREADY)
        await without_buttons(tap.query)

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
            await self._say(update, context, escape(error))
            return
        title = escape(topic_title(self._pool, topic_id))
        text = texts.BEGINS.format(title=title, questions=len(plan), seconds=challenge.seconds)
        button = StopPress(user.id, challenge.id).button(texts.STOP_BUTTON)
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

    async def _may_stop(self, challenge: Challenge, user: User, context: Context) -> bool:
        """Judge by the challenge's own chat: the button may be left in one that was upgraded."""
        if challenge.started_by == user.id:
            return True
        role = await self._gate.role_of(user.id)
        if self._gate.lets(role, Capability.EDIT_QUIZZES):
            return True
        return await is_chat_admin(context.bot, challenge.chat_id, user.id)
