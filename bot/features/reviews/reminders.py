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
    from collections.abc import Mapping, Sequence

    from telegram import InlineKeyboardButton
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.quizzes import Learner, Study
    from knowledge.quiz.path import PathStep

FIRST_HOUR, LAST_HOUR = 8, 17
"""Reminders go out from 8:00 to 16:59 from Monday to Friday; public holidays are not known."""
QUIET_DAYS = 2
"""An unfinished path is mentioned on every second working day without work on it."""
NEAR_DEADLINE = dt.timedelta(days=3)
"""Nearer to the deadline than this, a reminder of the path comes every working day."""
LEARNERS_A_LOOK = 200
"""How many learners are looked at every few seconds: 10,000 within five minutes."""
_FRIDAY = 4
_CARDS_A_MINUTE = 3


class Reminders:
    """Reminds everybody who wants it, at most once a day.

    Each time it looks at the next LEARNERS_A_LOOK learners in a few queries, so that what it costs
    does not grow with the office. When somebody is to be looked at again is nowhere stored: their
    cards, the path, their role or the questions may change at any time.
    """

    def __init__(self, core: Core, study: Study) -> None:
        self._study = study
        self._learners = study.learners
        self._gate = core.gate
        self._now = core.now
        self._looked_up_to = 0

    async def send(self, bot: ExtBot[Any]) -> int:
        """Send what is to be sent now to the next learners; return how many were reminded."""
        now = self._now()
        if not in_working_hours(now):
            return 0
        sent = 0
        for learner_id, message in await self._messages(await self._next_learners(now), now):
            # Stored first: who can't be reached is not tried again today.
            if await self._learners.reminded(learner_id, now):
                await notify(bot, learner_id, *message)
                sent += 1
        return sent

    async def _next_learners(self, now: dt.datetime) -> list[Learner]:
        """Return the next who may get a reminder; who has lost the right to learn gets none."""
        found = await self._learners.to_remind(now, after=self._looked_up_to, most=LEARNERS_A_LOOK)
        self._looked_up_to = found[-1].person_id if len(found) == LEARNERS_A_LOOK else 0
        ids = [learner.person_id for learner in found]
        allowed = await self._gate.who_may(ids, Capability.LEARN)
        return [learner for learner in found if learner.person_id in allowed]

    async def _messages(
        self, learners: Sequence[Learner], now: dt.datetime
    ) -> list[tuple[int, tuple[str, InlineKeyboardMarkup]]]:
        """Return what is to be said to each learner, by id; who needs no reminder is left out."""
        due = await self._study.due_counts([learner.person_id for learner in learners])
        on_path = [one for one in learners if one.enrolled_at and one.completed_at is None]
        last = await self._study.quizzes.last_activity([one.person_id for one in on_path])
        waiting = [
            learner.person_id
            for learner in on_path
            if _is_time(learner, last.get(learner.person_id), now)
        ]
        paths = await self._study.paths_of(waiting)
        messages = (
            (learner.person_id, _message(learner, due[learner.person_id], paths, now))
            for learner in learners
        )
        return [(learner_id, message) for learner_id, message in messages if message is not None]


def _message(
    learner: Learner, due: int, paths: Mapping[int, Sequence[PathStep]], now: dt.datetime
) -> tuple[str, InlineKeyboardMarkup] | None:
    owner = learner.person_id
    lines: list[str] = []
    rows: list[list[InlineKeyboardButton]] = []
    if due:
        minutes = -(-due // _CARDS_A_MINUTE)
        lines.append(texts.REMINDER_DUE.format(count=due, minutes=minutes))
        rows.append([review_button(owner, due)])
    steps = paths.get(owner, ())
    following = next_step(steps)
    if following is not None and learner.deadline is not None:
        template = texts.REMINDER_OVERDUE if learner.deadline < now else texts.REMINDER_PATH
        left = sum(step.state is not StepState.PASSED for step in steps)
        lines.append(template.format(left=left, deadline=shown(learner.deadline)))
        rows.append([go_on_button(owner, following.topic)])
    if not lines:
        return None
    rows.append([reminders_button(owner, on=True)])
    text = "\n".join([texts.REMINDER.format(name=escape(learner.name)), *lines])
    return text, InlineKeyboardMarkup(rows)


def _is_time(learner: Learner, last: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether the path of a learner whose last answer was at `last` is to be mentioned."""
    if learner.enrolled_at is None or learner.deadline is None:
        return False
    near = learner.deadline - now < NEAR_DEADLINE
    quiet_since = max(learner.enrolled_at, last or learner.enrolled_at)
    tomorrow = office_day(now) + dt.timedelta(days=1)
    quiet = working_days_between(office_day(quiet_since), tomorrow)
    return quiet > 0 and (near or quiet % QUIET_DAYS == 0)


def in_working_hours(moment: dt.datetime) -> bool:
    """Tell whether the office works at a moment, public holidays aside."""
    local = moment.astimezone(OFFICE_TIME)
    return local.weekday() <= _FRIDAY and FIRST_HOUR <= local.hour < LAST_HOUR
