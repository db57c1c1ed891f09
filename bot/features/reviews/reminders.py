"""Gentle reminders: what is due for review, and the path that waits. Working hours only."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.onboarding import go_on_button, reminders_button, working_days_between
from bot.features.quizzes import review_button
from bot.features.reviews import texts
from bot.office_time import OFFICE_TIME, office_day, shown
from bot.telegram.formatting import escape
from bot.telegram.sending import notify
from knowledge.quiz.path import StepState, next_step

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.quizzes import Learner, Study

FIRST_HOUR, LAST_HOUR = 8, 17
"""Reminders go out from 8:00 to 16:59 from Monday to Friday; public holidays are not known."""
QUIET_DAYS = 2
"""An unfinished path is mentioned on every second working day without work on it."""
NEAR_DEADLINE = dt.timedelta(days=3)
"""Nearer to the deadline than this, a reminder of the path comes every working day."""
_FRIDAY = 4
_CARDS_A_MINUTE = 3


class Reminders:
    """Reminds everybody who wants it, at most once a day."""

    def __init__(self, core: Core, study: Study) -> None:
        self._study = study
        self._learners = study.learners
        self._gate = core.gate
        self._now = core.now

    async def send(self, bot: ExtBot[Any]) -> int:
        """Send what is to be sent now; return how many were reminded."""
        now = self._now()
        if not in_working_hours(now):
            return 0
        sent = 0
        for learner in await self._learners.to_remind():
            if _same_day(learner.reminded_at, now) or not await self._may_learn(learner.person_id):
                continue
            message = await self._message(learner, now)
            if message is None:
                continue
            # Stored first: who can't be reached is not tried again today.
            await self._learners.reminded(learner.person_id, now)
            await notify(bot, learner.person_id, *message)
            sent += 1
        return sent

    async def _message(
        self, learner: Learner, now: dt.datetime
    ) -> tuple[str, InlineKeyboardMarkup] | None:
        owner = learner.person_id
        lines: list[str] = []
        rows: list[list[InlineKeyboardButton]] = []
        due = await self._study.due_of(owner)
        if due:
            minutes = -(-len(due) // _CARDS_A_MINUTE)
            lines.append(texts.REMINDER_DUE.format(count=len(due), minutes=minutes))
            rows.append([review_button(owner, len(due))])
        path = await self._path(learner, now)
        if path is not None:
            lines.append(path[0])
            rows.append([path[1]])
        if not lines:
            return None
        name = escape(learner.name)
        rows.append([reminders_button(owner, on=True)])
        text = "\n".join([texts.REMINDER.format(name=name), *lines])
        return text, InlineKeyboardMarkup(rows)

    async def _may_learn(self, person_id: int) -> bool:
        """Tell whether somebody still has the right to learn: who left is not reminded."""
        return self._gate.lets(await self._gate.role_of(person_id), Capability.LEARN)

    async def _path(
        self, learner: Learner, now: dt.datetime
    ) -> tuple[str, InlineKeyboardButton] | None:
        """Return the line and the button about an unfinished path, if it is time for them."""
        if learner.enrolled_at is None or learner.deadline is None:
            return None
        if learner.completed_at is not None:
            return None
        steps = await self._study.path_of(learner.person_id)
        following = next_step(steps)
        if following is None:
            return None
        near = learner.deadline - now < NEAR_DEADLINE
        last = await self._study.quizzes.last_activity(learner.person_id)
        quiet_since = max(learner.enrolled_at, last or learner.enrolled_at)
        tomorrow = office_day(now) + dt.timedelta(days=1)
        quiet = working_days_between(office_day(quiet_since), tomorrow)
        if quiet == 0 or (quiet % QUIET_DAYS and not near):
            return None
        template = texts.REMINDER_OVERDUE if learner.deadline < now else texts.REMINDER_PATH
        left = sum(step.state is not StepState.PASSED for step in steps)
        line = template.format(left=left, deadline=shown(learner.deadline))
        button = go_on_button(learner.person_id, following.topic)
        return line, button


def in_working_hours(moment: dt.datetime) -> bool:
    """Tell whether the office works at a moment, public holidays aside."""
    local = moment.astimezone(OFFICE_TIME)
    return local.weekday() <= _FRIDAY and FIRST_HOUR <= local.hour < LAST_HOUR


def _same_day(moment: dt.datetime | None, now: dt.datetime) -> bool:
    return moment is not None and office_day(moment) >= office_day(now)
