"""/learn: the newcomers' path, its lessons and the quizzes that open the next topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.onboarding import texts
from bot.features.onboarding.buttons import go_on_button, reminders_button
from bot.features.onboarding.lesson import lesson_messages
from bot.features.quizzes import (
    TOPIC_GONE,
    PathAction,
    PathPress,
    SessionKind,
    review_button,
    take_button,
)
from bot.office_time import shown
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, identity_of, in_private, on_press
from bot.telegram.sending import acknowledge, edit, reply
from bot.vietnamese_numbers import percentage
from knowledge.quiz.path import (
    PASS_SHARE,
    PathStep,
    StepState,
    is_complete,
    next_step,
)
from knowledge.quiz.selection import QUIZ_LENGTH

if TYPE_CHECKING:
    from telegram import Update, User

    from bot.feature import Core
    from bot.features.quizzes import Learner, QuizRunner, Study
    from bot.telegram.sending import Context


class LearningPathHandlers:
    """Leads newcomers from topic to topic."""

    def __init__(self, core: Core, study: Study, runner: QuizRunner) -> None:
        self._runner = runner
        self._study = study
        self._learners = study.learners
        self._pool = study.pool
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and the buttons."""
        return [
            *in_private(Capability.LEARN, learn=self.learn),
            on_press(Capability.LEARN, PathPress, self.pressed, TOPIC_GONE),
        ]

    async def learn(self, update: Update, context: Context) -> None:
        """Show the path; whoever sees it for the first time is on it from then on."""
        if update.effective_user is not None:
            text, keyboard = await self._home(update.effective_user)
            await reply(update, context, [text], keyboard)

    async def pressed(self, tap: Tap, press: PathPress) -> None:
        """Do what a button of the path asks for."""
        user = tap.query.from_user
        match press.action, press.argument:
            case PathAction.HOME, None:
                await acknowledge(tap.query)
                text, keyboard = await self._home(user)
                await reply(tap.update, tap.context, [text], keyboard)
            case PathAction.REMINDERS, ("0" | "1") as switch:
                on = switch == "1"
                await self._learners.switch_reminders(user.id, on=on)
                await acknowledge(tap.query, texts.REMINDERS_ON if on else texts.REMINDERS_OFF)
                await edit(tap.update, *(await self._home(user)))
            case (PathAction.LESSON | PathAction.QUIZ) as action, str(topic_id):
                step = await self._open_step(user, topic_id)
                if step is None:
                    known = self._pool.topic(topic_id) is not None
                    text = texts.TOPIC_LOCKED if known else TOPIC_GONE
                    await acknowledge(tap.query, text, alert=True)
                    return
                await acknowledge(tap.query)
                if action is PathAction.LESSON:
                    await self._lesson(tap.update, tap.context, user, step)
                else:
                    await self._begin(tap.context, user, step)
            case _:
                await acknowledge(tap.query, TOPIC_GONE, alert=True)

    async def _home(self, user: User) -> tuple[str, InlineKeyboardMarkup | None]:
        if not self._pool.bank.topics:
            return texts.HOME_EMPTY, None
        learner = await self._learners.enrol(identity_of(user), self._now())
        steps = await self._study.path_of(user.id)
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
            rows.append([go_on_button(user.id, following.topic)])
        if due := await self._study.due_of(user.id):
            rows.append([review_button(user.id, len(due))])
        rows.append([reminders_button(user.id, on=learner.reminders)])
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

    async def _open_step(self, user: User, topic_id: str) -> PathStep | None:
        """Return a topic of the path that the person may take now."""
        for step in await self._study.path_of(user.id):
            if step.topic.topic_id == topic_id and step.state is not StepState.LOCKED:
                return step
        return None

    async def _lesson(self, update: Update, context: Context, user: User, step: PathStep) -> None:
        messages, sources = lesson_messages(step.topic, self._pool.chunks)
        count = min(QUIZ_LENGTH, len(step.topic.questions))
        take = take_button(texts.TAKE_QUIZ_BUTTON.format(count=count), user.id, step.topic)
        rows = [[take]] if sources is None else [[take], [sources]]
        await reply(update, context, messages, InlineKeyboardMarkup(rows))

    async def _begin(self, context: Context, user: User, step: PathStep) -> None:
        """Begin the quiz of a topic, or go on with it where it was left."""
        await self._learners.enrol(identity_of(user), self._now())
        topic_id = step.topic.topic_id
        if await self._runner.go_on(context.bot, user.id, path_topic=topic_id):
            return
        await self._runner.begin_chosen(
            context.bot, user.id, SessionKind.PATH, topic_id, step.topic.questions
        )


def _line(number: int, step: PathStep) -> str:
    best = "" if step.best is None else texts.HOME_BEST.format(best=percentage(step.best))
    return texts.HOME_LINE.format(
        mark=texts.HOME_STEP[step.state.value],
        number=number,
        title=escape(step.topic.title),
        best=best,
    )
