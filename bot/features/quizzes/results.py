"""The end of a quiz: how it went, what to read again, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.features.quizzes import buttons, texts
from bot.features.quizzes.buttons import PathAction, PathPress
from bot.features.quizzes.tables import SessionKind
from bot.office_time import shown
from bot.telegram.formatting import HtmlBlock, clip, escape, pack
from bot.vietnamese_numbers import percentage
from knowledge.quiz.path import (
    PASS_SHARE,
    is_complete,
    is_passed,
    next_step,
    path_score,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import InlineKeyboardButton
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.quizzes.session import Attempt, QuizSession
    from bot.features.quizzes.study import Study
    from knowledge.quiz.path import PathStep

    Award = Callable[[ExtBot[Any], int, str], Awaitable[None]]
    """Takes the id and the name of somebody who completed the path."""

_QUESTION_UNITS = 300

_log = structlog.get_logger(__name__)


class QuizResults:
    """Tells a person how a quiz went; `award` is awaited once they completed the path."""

    def __init__(self, core: Core, study: Study, award: Award) -> None:
        self._study = study
        self._cards = study.cards
        self._learners = study.learners
        self._pool = study.pool
        self._award = award
        self._now = core.now

    async def ended(
        self, bot: ExtBot[Any], session: QuizSession, attempts: Sequence[Attempt]
    ) -> bool:
        """Send the result of a finished quiz, with the buttons for what comes next.

        False if it could not be sent and may be later; a completed path is noted all the same.
        """
        if session.score is None:
            return await self._send(bot, session, [texts.SESSION_EMPTY], None)
        blocks = [self._head(session, attempts), *self._read_again(attempts)]
        if session.kind is SessionKind.REVIEW:
            blocks += await self._next_review(session)
        steps: tuple[PathStep, ...] = ()
        if session.kind is SessionKind.PATH:
            steps = await self._study.path_of(session.person_id)
        rows = await self._rows(session, steps)
        told = await self._send(bot, session, pack(blocks), InlineKeyboardMarkup(rows))
        if steps and is_complete(steps):
            await self._complete(bot, session, path_score(steps))
        return told

    def _head(self, session: QuizSession, attempts: Sequence[Attempt]) -> HtmlBlock:
        right = sum(bool(attempt.correct) for attempt in attempts)
        share = session.score or 0.0
        template = {SessionKind.PRACTICE: texts.PRACTISED, SessionKind.REVIEW: texts.REVIEWED}.get(
            session.kind, texts.PASSED if is_passed(share) else texts.FAILED
        )
        text = template.format(
            title=escape(self._pool.title_of(session)),
            right=right,
            total=len(attempts),
            share=percentage(share),
            needed=percentage(PASS_SHARE),
        )
        return HtmlBlock.of(text)

    def _read_again(self, attempts: Sequence[Attempt]) -> list[HtmlBlock]:
        """Return the questions that were not answered right, each with where to read."""
        lines = []
        for attempt in attempts:
            question = self._pool.question(attempt.question_id)
            if attempt.correct or question is None:
                continue
            line = texts.READ_AGAIN_LINE.format(question=clip(question.text, _QUESTION_UNITS))
            passage = self._pool.passage(question)
            if passage is not None:
                place = " › ".join(part for part in (passage.title, passage.heading) if part)
                line += f"\n  📄 {clip(place, _QUESTION_UNITS)}"
            lines.append(HtmlBlock.plain(line))
        return [HtmlBlock.of(texts.READ_AGAIN), *lines] if lines else []

    async def _next_review(self, session: QuizSession) -> list[HtmlBlock]:
        due = await self._cards.next_due(session.person_id, self._now())
        return [] if due is None else [HtmlBlock.plain(texts.NEXT_REVIEW.format(when=shown(due)))]

    async def _rows(
        self, session: QuizSession, steps: Sequence[PathStep]
    ) -> list[list[InlineKeyboardButton]]:
        owner, topic = session.person_id, self._pool.topic(session.topic)
        if session.kind is SessionKind.PATH and topic is not None:
            if not is_passed(session.score):
                return [
                    [
                        buttons.lesson_button(texts.LESSON_BUTTON, owner, topic),
                        buttons.take_button(texts.AGAIN_BUTTON, owner, topic),
                    ]
                ]
            home = PathPress(owner, PathAction.HOME).button(texts.HOME_BUTTON)
            rows = [[home]]
            if (following := next_step(steps)) is not None:
                lesson = buttons.lesson_button(texts.NEXT_TOPIC_BUTTON, owner, following.topic)
                rows.insert(0, [lesson])
            return rows
        own = [buttons.choose_button(texts.OTHER_QUIZ_BUTTON, owner)]
        if due := await self._study.due_of(owner):
            own.insert(0, buttons.review_button(owner, len(due)))
        return [own]

    async def _complete(self, bot: ExtBot[Any], session: QuizSession, score: float | None) -> None:
        """Congratulate somebody who passed the last topic, once."""
        person_id = session.person_id
        learner = await self._learners.get(person_id)
        if learner is None or not await self._learners.complete(person_id, self._now()):
            return
        name = escape(learner.name)
        text = texts.COMPLETED.format(name=name, share=percentage(score))
        await self._send(bot, session, [text], None)
        await self._award(bot, person_id, learner.name)

    async def _send(
        self,
        bot: ExtBot[Any],
        session: QuizSession,
        messages: Sequence[str],
        keyboard: InlineKeyboardMarkup | None,
    ) -> bool:
        """Send messages; False if that failed and may go well later. The result is stored."""
        try:
            for number, text in enumerate(messages, 1):
                await bot.send_message(
                    session.chat_id,
                    text,
                    reply_markup=keyboard if number == len(messages) else None,
                )
        except (Forbidden, BadRequest) as error:  # trying again would not help
            _log.warning("quiz_result_refused", reason=str(error))
        except TelegramError as error:
            _log.warning("quiz_result_not_sent", reason=str(error))
            return False
        return True
