"""/learn: the newcomers' path, its lessons and the quizzes that open the next topic."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.onboarding.lesson import lesson_messages
from bot.features.quizzes import buttons, texts
from bot.features.quizzes.session import NewQuiz
from bot.features.quizzes.tables import SessionKind
from bot.office_time import shown
from bot.percentage import percentage
from bot.telegram.callbacks import arguments_of
from bot.telegram.gate import Guarded, identity_of, in_private
from bot.telegram.sending import acknowledge, edit, reply
from knowledge.quiz.path import (
    PASS_SHARE,
    PathStep,
    StepState,
    is_complete,
    next_step,
    path_steps,
)
from knowledge.quiz.selection import QUIZ_LENGTH, choose_questions

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Callable

    from telegram import Update, User

    from bot.features.quizzes.learners import Learner
    from bot.features.quizzes.runner import QuizRunner
    from bot.features.quizzes.study import Study
    from bot.telegram.sending import Context


class LearningPathHandlers:
    """Leads newcomers from topic to topic."""

    def __init__(
        self,
        runner: QuizRunner,
        study: Study,
        *,
        now: Callable[[], dt.datetime],
        rng: random.Random,
    ) -> None:
        self._runner = runner
        self._store = study.quizzes
        self._cards = study.cards
        self._learners = study.learners
        self._pool = study.pool
        self._now = now
        self._rng = rng

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and the buttons."""
        return in_private(Capability.LEARN, {"learn": self.learn}, {buttons.PATH: self.pressed})

    async def learn(self, update: Update, context: Context) -> None:
        """Show the path; whoever sees it for the first time is on it from then on."""
        if update.effective_user is not None:
            text, keyboard = await self._home(update.effective_user)
            await reply(update, context, [text], keyboard)

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button of the path asks for."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None:
            return
        match arguments_of(query.data):
            case ("h",):
                await acknowledge(query)
                text, keyboard = await self._home(user)
                await reply(update, context, [text], keyboard)
            case ("l", topic_id) if (step := await self._open_step(user, topic_id)) is not None:
                await acknowledge(query)
                await self._lesson(update, context, user, step)
            case ("q", topic_id) if (step := await self._open_step(user, topic_id)) is not None:
                await acknowledge(query)
                await self._begin(context, user, step)
            case ("l" | "q", topic_id) if self._pool.topic(topic_id) is not None:
                await acknowledge(query, texts.TOPIC_LOCKED, alert=True)
            case ("r", switch):
                on = switch == "1"
                await self._learners.switch_reminders(user.id, on=on)
                await acknowledge(query, texts.REMINDERS_ON if on else texts.REMINDERS_OFF)
                await edit(update, *(await self._home(user)))
            case _:
                await acknowledge(query, texts.TOPIC_GONE, alert=True)

    async def _home(self, user: User) -> tuple[str, InlineKeyboardMarkup | None]:
        if not self._pool.bank.topics:
            return texts.HOME_EMPTY, None
        learner = await self._learners.enrol(identity_of(user), self._now())
        steps = await self._steps(user.id)
        passed = sum(step.state is StepState.PASSED for step in steps)
        lines = [
            texts.HOME.format(passed=passed, total=len(steps)),
            "",
            *(_line(number, step) for number, step in enumerate(steps, 1)),
            "",
            self._where(learner, steps),
        ]
        following = next_step(steps)
        rows = []
        if following is not None:
            rows.append([buttons.lesson_button(texts.GO_ON_BUTTON, user.id, following.topic)])
        due = await self._cards.due(user.id, self._now(), self._pool.bank.questions)
        if due:
            rows.append([buttons.review_button(user.id, len(due))])
        rows.append([buttons.reminders_button(user.id, on=learner.reminders)])
        return "\n".join(lines), InlineKeyboardMarkup(rows)

    def _where(self, learner: Learner, steps: tuple[PathStep, ...]) -> str:
        if is_complete(steps):
            return texts.HOME_DONE
        rule = texts.HOME_RULE.format(count=QUIZ_LENGTH, share=percentage(PASS_SHARE))
        if learner.deadline is None:
            return rule
        late = learner.deadline < self._now()
        template = texts.HOME_OVERDUE if late else texts.HOME_DEADLINE
        return f"{template.format(deadline=shown(learner.deadline))}\n{rule}"

    async def _steps(self, person_id: int) -> tuple[PathStep, ...]:
        return path_steps(self._pool.bank.topics, await self._store.best_scores(person_id))

    async def _open_step(self, user: User, topic_id: str) -> PathStep | None:
        """Return a topic of the path that the person may take now."""
        for step in await self._steps(user.id):
            if step.topic.topic_id == topic_id and step.state is not StepState.LOCKED:
                return step
        return None

    async def _lesson(self, update: Update, context: Context, user: User, step: PathStep) -> None:
        messages, sources = lesson_messages(step.topic, self._pool.chunks)
        count = min(QUIZ_LENGTH, len(step.topic.questions))
        take = buttons.take_button(texts.TAKE_QUIZ_BUTTON.format(count=count), user.id, step.topic)
        rows = [[take]] if sources is None else [[take], [sources]]
        await reply(update, context, messages, InlineKeyboardMarkup(rows))

    async def _begin(self, context: Context, user: User, step: PathStep) -> None:
        """Begin the quiz of a topic, or go on with it where it was left."""
        await self._learners.enrol(identity_of(user), self._now())
        topic_id = step.topic.topic_id
        if await self._runner.go_on(context.bot, user.id, path_topic=topic_id):
            return
        history = await self._store.history(user.id)
        chosen = choose_questions(step.topic.questions, QUIZ_LENGTH, history, self._rng)
        ids = tuple(question.question_id for question in chosen)
        quiz = NewQuiz(user.id, SessionKind.PATH, topic_id, ids)
        await self._runner.begin(context.bot, quiz)


def _line(number: int, step: PathStep) -> str:
    best = "" if step.best is None else texts.HOME_BEST.format(best=percentage(step.best))
    return texts.HOME_LINE.format(
        mark=texts.HOME_STEP[step.state.value],
        number=number,
        title=html.escape(step.topic.title, quote=False),
        best=best,
    )
