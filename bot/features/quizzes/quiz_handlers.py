"""/quiz: quizzes for practice, and going on with or pausing any quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.quizzes import buttons, texts
from bot.features.quizzes.buttons import QuizAction, QuizPress
from bot.features.quizzes.tables import SessionKind
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, identity_of, in_private, on_press
from bot.telegram.sending import acknowledge, edit, reply, without_buttons

if TYPE_CHECKING:
    from telegram import Update, User

    from bot.features.quizzes.runner import QuizRunner
    from bot.features.quizzes.study import Study
    from bot.telegram.sending import Context


class QuizHandlers:
    """Lets everybody who may learn practise a topic, or all of them."""

    def __init__(self, runner: QuizRunner, study: Study) -> None:
        self._runner = runner
        self._store = study.quizzes
        self._learners = study.learners
        self._pool = study.pool

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and the buttons."""
        return [
            *in_private(Capability.LEARN, quiz=self.quiz),
            on_press(Capability.LEARN, QuizPress, self.pressed, texts.TOPIC_GONE),
        ]

    async def quiz(self, update: Update, context: Context) -> None:
        """Begin a quiz of the topic after the command, or offer the topics."""
        user = update.effective_user
        if user is None:
            return
        wanted = " ".join(context.args or [])
        if not wanted:
            await self._offer(update, context, user)
            return
        topic = self._pool.find_topic(wanted)
        if topic is None:
            text = texts.UNKNOWN_TOPIC.format(topic=escape(wanted[:64]))
            await reply(update, context, [text], self._topics(user.id))
            return
        await self._begin(update, context, user, topic.topic_id)

    async def pressed(self, tap: Tap, press: QuizPress) -> None:
        """Do what a button of a quiz asks for."""
        user = tap.query.from_user
        match press.action, press.topic_id:
            case QuizAction.CONTINUE, None:
                await acknowledge(tap.query)
                await without_buttons(tap.query)
                if not await self._runner.go_on(tap.context.bot, user.id):
                    await reply(tap.update, tap.context, [texts.NOTHING_UNFINISHED])
            case QuizAction.PAUSE, None:
                await acknowledge(tap.query)
                paused = await self._runner.pause(user.id)
                text = texts.PAUSED if paused else texts.NOTHING_TO_PAUSE
                keyboard = buttons.continue_keyboard(user.id) if paused else None
                await reply(tap.update, tap.context, [text], keyboard)
            case QuizAction.CHOOSE, None:
                await acknowledge(tap.query)
                await edit(tap.update, texts.CHOOSE_TOPIC, self._topics(user.id))
            case QuizAction.PRACTISE, str(topic_id):
                await acknowledge(tap.query)
                await self._begin(tap.update, tap.context, user, topic_id)
            case QuizAction.MIXED, None:
                await acknowledge(tap.query)
                await self._begin(tap.update, tap.context, user, None)
            case _:
                await acknowledge(tap.query, texts.TOPIC_GONE, alert=True)

    async def _offer(self, update: Update, context: Context, user: User) -> None:
        """Offer to go on with what is unfinished, or the topics."""
        session = await self._store.current(user.id)
        if session is None:
            if self._pool.bank.topics:
                await reply(update, context, [texts.CHOOSE_TOPIC], self._topics(user.id))
            else:
                await reply(update, context, [texts.NO_QUESTIONS])
            return
        attempts = await self._store.attempts(session.id)
        text = texts.UNFINISHED.format(
            title=escape(self._pool.title_of(session)),
            done=sum(not attempt.is_open for attempt in attempts),
            total=len(session.questions),
        )
        keyboard = InlineKeyboardMarkup(
            [
                [buttons.continue_button(user.id)],
                [buttons.choose_button(texts.ANOTHER_BUTTON, user.id)],
            ]
        )
        await reply(update, context, [text], keyboard)

    async def _begin(
        self, update: Update, context: Context, user: User, topic_id: str | None
    ) -> None:
        questions = self._pool.questions_of(topic_id)
        if not questions:
            await reply(update, context, [texts.TOPIC_GONE if topic_id else texts.NO_QUESTIONS])
            return
        await self._learners.meet(identity_of(user))
        await self._runner.begin_chosen(
            context.bot, user.id, SessionKind.PRACTICE, topic_id, questions
        )

    def _topics(self, owner: int) -> InlineKeyboardMarkup:
        topics = [
            QuizPress(owner, QuizAction.PRACTISE, topic.topic_id).button(f"{number}. {topic.title}")
            for number, topic in enumerate(self._pool.bank.topics, 1)
        ]
        mixed = QuizPress(owner, QuizAction.MIXED).button(texts.MIXED_BUTTON)
        return InlineKeyboardMarkup.from_column([*topics, mixed])
