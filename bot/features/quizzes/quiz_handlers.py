"""/quiz: quizzes for practice, and going on with or pausing any quiz."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.quizzes import buttons, texts
from bot.features.quizzes.session import NewQuiz
from bot.features.quizzes.tables import SessionKind
from bot.telegram.callbacks import arguments_of
from bot.telegram.gate import Guarded, identity_of, in_private
from bot.telegram.sending import acknowledge, edit, reply, without_buttons
from knowledge.quiz.selection import QUIZ_LENGTH, choose_questions

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from telegram import Update, User

    from bot.features.quizzes.runner import QuizRunner
    from bot.features.quizzes.study import Study
    from bot.telegram.sending import Context
    from knowledge.quiz.question import QuizQuestion


class QuizHandlers:
    """Lets everybody who may learn practise a topic, or all of them."""

    def __init__(self, runner: QuizRunner, study: Study, rng: random.Random) -> None:
        self._runner = runner
        self._store = study.quizzes
        self._learners = study.learners
        self._pool = study.pool
        self._rng = rng

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and the buttons."""
        return in_private(Capability.LEARN, {"quiz": self.quiz}, {buttons.QUIZ: self.pressed})

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
            text = texts.UNKNOWN_TOPIC.format(topic=html.escape(wanted[:64], quote=False))
            await reply(update, context, [text], self._topics(user.id))
            return
        await self._begin(update, context, user, topic.topic_id)

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button of a quiz asks for."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None:
            return
        match arguments_of(query.data):
            case ("c",):
                await acknowledge(query)
                await without_buttons(query)
                if not await self._runner.go_on(context.bot, user.id):
                    await reply(update, context, [texts.NOTHING_UNFINISHED])
            case ("p",):
                await acknowledge(query)
                paused = await self._runner.pause(user.id)
                text = texts.PAUSED if paused else texts.NOTHING_TO_PAUSE
                keyboard = buttons.continue_keyboard(user.id) if paused else None
                await reply(update, context, [text], keyboard)
            case ("n",):
                await acknowledge(query)
                await edit(update, texts.CHOOSE_TOPIC, self._topics(user.id))
            case ("t", topic_id):
                await acknowledge(query)
                await self._begin(update, context, user, topic_id)
            case ("m",):
                await acknowledge(query)
                await self._begin(update, context, user, None)
            case _:
                await acknowledge(query, texts.TOPIC_GONE, alert=True)

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
            title=html.escape(self._pool.title_of(session), quote=False),
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
        questions = self._questions(topic_id)
        if not questions:
            await reply(update, context, [texts.TOPIC_GONE if topic_id else texts.NO_QUESTIONS])
            return
        await self._learners.meet(identity_of(user))
        history = await self._store.history(user.id)
        chosen = choose_questions(questions, QUIZ_LENGTH, history, self._rng)
        ids = tuple(question.question_id for question in chosen)
        quiz = NewQuiz(user.id, SessionKind.PRACTICE, topic_id, ids)
        await self._runner.begin(context.bot, quiz)

    def _questions(self, topic_id: str | None) -> Sequence[QuizQuestion]:
        if topic_id is None:
            return tuple(self._pool.bank.questions.values())
        topic = self._pool.topic(topic_id)
        return () if topic is None else topic.questions

    def _topics(self, owner: int) -> InlineKeyboardMarkup:
        rows = [
            [buttons.practise_button(f"{number}. {topic.title}", owner, topic)]
            for number, topic in enumerate(self._pool.bank.topics, 1)
        ]
        return InlineKeyboardMarkup([*rows, [buttons.mixed_button(owner)]])
