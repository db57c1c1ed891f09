"""/progress: one's own way along the path, as a picture with a short text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.onboarding import texts
from bot.features.onboarding.path_progress import learner_progress
from bot.features.onboarding.progress_picture import draw_progress
from bot.features.quizzes import PathAction, PathPress, ReviewAction, ReviewPress
from bot.office_time import office_day, shown_day
from bot.picture_style import drawn
from bot.telegram.formatting import escape
from bot.telegram.gate import in_private
from bot.telegram.sending import reply
from bot.vietnamese_numbers import percentage
from knowledge.quiz.path import PASS_SHARE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from telegram import Update

    from bot.feature import Core
    from bot.features.onboarding.path_progress import LearnerProgress
    from bot.features.quizzes import QuestionPool
    from bot.telegram.gate import Guarded
    from bot.telegram.sending import Context

_TITLE_UNITS = 80
_MEMORIES = 4


class ProgressHandlers:
    """Shows people how far they are."""

    def __init__(self, core: Core, pool: QuestionPool) -> None:
        self._database = core.database
        self._pool = pool
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handler of the command."""
        return in_private(Capability.LEARN, progress=self.progress)

    async def progress(self, update: Update, context: Context) -> None:
        """Send the picture of the sender's progress, or how to begin."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return
        bank, now = self._pool.bank, self._now()
        if not bank.topics:
            await reply(update, context, [texts.NO_TOPICS])
            return
        learner = await learner_progress(self._database, bank, user.id, now)
        keyboard = InlineKeyboardMarkup.from_row(
            [
                PathPress(user.id, PathAction.HOME).button(texts.CONTINUE_BUTTON),
                ReviewPress(user.id, ReviewAction.BEGIN).button(texts.REVIEW_BUTTON),
            ]
        )
        if learner is None:
            await reply(update, context, [texts.NOT_STARTED], keyboard)
            return
        await context.bot.send_photo(
            chat.id,
            await drawn(draw_progress, learner, now),
            caption=progress_caption(learner, now),
            reply_markup=keyboard,
        )


def progress_caption(learner: LearnerProgress, now: dt.datetime) -> str:
    """Return the short text under the picture, in HTML; it fits in a caption."""
    return "\n".join(_lines(learner, now))


def _lines(learner: LearnerProgress, now: dt.datetime) -> Iterator[str]:
    if learner.enrolled_at is None:
        yield texts.CAPTION_PRACTICE
    else:
        yield texts.CAPTION_PATH.format(passed=learner.passed, topics=len(learner.steps))
    if learner.completed_at is not None:
        day = shown_day(learner.completed_at)
        yield texts.CAPTION_COMPLETED.format(day=day, score=percentage(learner.score))
    elif learner.enrolled_at is not None and (step := learner.current) is not None:
        line = texts.CAPTION_NEXT.format(topic=escape(step.topic.title, _TITLE_UNITS))
        if step.best is not None:
            best, mark = percentage(step.best), percentage(PASS_SHARE)
            line += texts.CAPTION_NEXT_BEST.format(best=best, mark=mark)
        yield line
        if learner.deadline is not None:
            left = _left(learner.deadline, now)
            yield texts.CAPTION_DEADLINE.format(day=shown_day(learner.deadline), left=left)
    if learner.streak:
        yield texts.CAPTION_STREAK.format(days=learner.streak)
    else:
        yield texts.CAPTION_NO_STREAK
    yield texts.CAPTION_DUE.format(due=learner.due) if learner.due else texts.CAPTION_NO_DUE
    if remembered := learner.remembered[:_MEMORIES]:
        weakest = "; ".join(
            f"{escape(t, _TITLE_UNITS)} {percentage(share)}" for share, t in remembered
        )
        yield texts.CAPTION_MEMORY.format(topics=weakest)


def _left(deadline: dt.datetime, now: dt.datetime) -> str:
    if deadline < now:
        days = (office_day(now) - office_day(deadline)).days
        return texts.CAPTION_OVERDUE.format(days=days) if days else texts.CAPTION_OVERDUE_TODAY
    days = (office_day(deadline) - office_day(now)).days
    return texts.CAPTION_DAYS_LEFT.format(days=days) if days else texts.CAPTION_TODAY
