"""Quizzes as they run: one question after another, each stored before it is sent.

A restart loses nothing: what brought a quiz on and was not done is handled again, and goes on from
what is stored. An answer whose poll the person wants to see again is read from the poll itself: in
a private chat its only voter is the learner.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import structlog
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.features.quizzes import texts
from bot.features.quizzes.buttons import continue_keyboard, pause_keyboard
from bot.features.quizzes.failed_question import failed_question
from bot.features.quizzes.polls import poll_content, send_quiz_poll
from bot.features.quizzes.session import NewQuiz, NextQuestion
from bot.features.quizzes.store import GivenAnswer
from bot.features.quizzes.tables import AttemptState, SessionKind, SessionState
from bot.telegram.handling import current
from knowledge.quiz.schedule import rating_of, slow_after
from knowledge.quiz.scoring import Score, score_indexes
from knowledge.quiz.selection import QUIZ_LENGTH, choose_questions, shuffled_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardMarkup, Poll, User
    from telegram.ext import ExtBot

    from bot.feature import Core, TakesAnswer
    from bot.features.quizzes.polls import PollContent
    from bot.features.quizzes.results import QuizResults
    from bot.features.quizzes.session import AskedAttempt, Attempt, QuizSession
    from bot.features.quizzes.study import Study
    from knowledge.quiz.question import QuizQuestion

RECOVERY_WINDOW = dt.timedelta(minutes=15)
"""Questions and results not sent for so long are left: nobody waits for them any more."""
RESEND_AFTER = dt.timedelta(seconds=20)
"""When a question whose poll could not be sent is tried again."""
GRACE = dt.timedelta(seconds=3)
"""What an answer may take to arrive after its poll has closed."""

_log = structlog.get_logger(__name__)


class QuizRunner:
    """Puts questions and takes answers; one person's quizzes move one step at a time."""

    def __init__(self, core: Core, study: Study, results: QuizResults) -> None:
        self._store = study.quizzes
        self._cards = study.cards
        self._pool = study.pool
        self._results = results
        self._seconds = core.settings.quiz_seconds  # 0: no limit
        self._now = core.now
        self._rng = core.rng
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def begin_chosen(
        self,
        bot: ExtBot[Any],
        person_id: int,
        kind: SessionKind,
        topic_id: str | None,
        candidates: Sequence[QuizQuestion],
    ) -> None:
        """Begin a quiz of the questions among `candidates` that the person needs most."""
        history = await self._store.history(person_id)
        chosen = choose_questions(candidates, QUIZ_LENGTH, history, self._rng)
        ids = tuple(question.question_id for question in chosen)
        await self.begin(bot, NewQuiz(person_id, kind, topic_id, ids))

    async def begin(self, bot: ExtBot[Any], quiz: NewQuiz) -> None:
        """Begin a quiz in its person's private chat; a running one is paused."""
        async with self._lock(quiz.person_id):
            session = await self._store.begin(quiz, self._now())
            await self._resume(bot, session)

    async def go_on(
        self, bot: ExtBot[Any], person_id: int, *, path_topic: str | None = None
    ) -> bool:
        """Go on with the person's unfinished quiz; tell whether there is one.

        With `path_topic`, with that of this topic of the path only.
        """
        async with self._lock(person_id):
            if path_topic is None:
                session = await self._store.current(person_id)
            else:
                session = await self._store.unfinished_path(person_id, path_topic)
            if session is None:
                return False
            await self._store.run(session)
            attempts = await self._store.attempts(session.id)
            if attempts and attempts[-1].is_open:
                await self._look_again(bot, session, attempts[-1])
            else:
                await self._next(bot, session, attempts)
            return True

    async def pause(self, person_id: int) -> bool:
        """Pause the person's running quiz; tell whether there was one."""
        async with self._lock(person_id):
            return await self._store.pause(person_id)

    async def answered(
        self, bot: ExtBot[Any], poll_id: str, user: User, options: Sequence[int]
    ) -> bool:
        """Take an answer; tell whether the poll belongs to a quiz.

        Somebody else's answer, a second, a late or a withdrawn one changes nothing.
        """
        async with self._lock(user.id):
            asked = await self._store.asked_by_poll(poll_id, user.id)
            if asked is None:
                return await self._store.knows_poll(poll_id)
            await self._heed(bot, asked, options)
            return True

    async def knows_poll(self, poll_id: str) -> bool:
        """Tell whether a poll belongs to a quiz."""
        return await self._store.knows_poll(poll_id)

    async def claims(self, poll: Poll, user: User) -> list[TakesAnswer]:
        """Return what takes the person's answer to a poll that was sent and never confirmed."""
        async with self._lock(user.id):
            unconfirmed = await self._store.unconfirmed(user.id)
        return [
            partial(self._answered_unconfirmed, attempt.id)
            for session, attempt in unconfirmed
            if (content := self._content(session, attempt)) is not None
            if content.is_asked_by(poll)
        ]

    async def _answered_unconfirmed(
        self, attempt_id: int, bot: ExtBot[Any], user: User, options: Sequence[int]
    ) -> None:
        async with self._lock(user.id):
            asked = await self._store.asked(attempt_id)
            if asked is not None and asked.session.person_id == user.id:
                await self._heed(bot, asked, options)

    async def _heed(self, bot: ExtBot[Any], asked: AskedAttempt, options: Sequence[int]) -> None:
        attempt = asked.attempt
        if asked.session.is_open and attempt.is_open and options:
            await self._take(bot, asked, attempt.options_of(tuple(options)))
        elif options and (handling := current()) is not None and handling.is_replay:
            await self._explain(bot, asked.session, attempt)
            await self._resume(bot, asked.session)
        else:
            _log.info("poll_answer_without_effect", state=attempt.state.value)

    async def _resume(self, bot: ExtBot[Any], session: QuizSession) -> None:
        """Do what comes next in a quiz; nothing where a question waits for its answer."""
        attempts = await self._store.attempts(session.id)
        if not session.is_open:
            await self._end(bot, session)
        elif session.state is not SessionState.RUNNING:
            return
        elif not attempts or not attempts[-1].is_open:
            await self._next(bot, session, attempts)
        elif attempts[-1].state is AttemptState.PREPARED:
            await self._send_again(bot, session, attempts[-1])

    async def send_unsent(self, bot: ExtBot[Any]) -> None:
        """Send again the questions and results that could not be sent some time ago."""
        since, before = self._now() - RECOVERY_WINDOW, self._now() - RESEND_AFTER
        waiting = await self._store.open_attempts(asked_after=since, asked_before=before)
        for session, attempt in waiting:
            if attempt.state is AttemptState.PREPARED:
                async with self._lock(session.person_id):
                    if await self._still_open(attempt):
                        await self._send_again(bot, session, attempt)
        for session in await self._store.without_question(since):
            if session.started_at < before:
                async with self._lock(session.person_id):
                    if await self._store.session(session.id) == session:
                        await self._resume(bot, session)
        for session in await self._store.untold(since, before):
            async with self._lock(session.person_id):
                await self._end(bot, session)

    async def expire(self, bot: ExtBot[Any]) -> None:
        """Close the questions whose time is over, as wrong answers, and pause their quizzes.

        Telegram closes the poll when it is time. Where it is still open, only the clock here was
        put on or back: then the answer that the poll holds counts, or the question is put again.
        """
        if not self._seconds:
            return
        now, limit = self._now(), dt.timedelta(seconds=self._seconds) + GRACE
        waiting = (
            *await self._store.open_attempts(asked_before=now - limit),
            *await self._store.open_attempts(asked_after=now + limit),
        )
        for session, attempt in waiting:
            if attempt.state is not AttemptState.ASKED:
                continue
            async with self._lock(session.person_id):
                if not await self._still_open(attempt):
                    continue
                chosen = await self._voted(bot, attempt)
                if chosen is None:
                    await self._expire(bot, session, attempt)
                else:
                    await self._take_or_put_again(bot, session, attempt, chosen)

    async def _expire(self, bot: ExtBot[Any], session: QuizSession, attempt: Attempt) -> None:
        wrong = rating_of(Score(correct=False, share=0.0), None, 0)
        review = await self._cards.rated(
            session.person_id, attempt.question_id, attempt.topic, wrong, self._now()
        )
        if await self._store.expire(attempt, review):
            await self._store.pause(session.person_id)
            keyboard = continue_keyboard(session.person_id)
            await self._say(bot, session, texts.EXPIRED, keyboard)

    async def _still_open(self, attempt: Attempt) -> bool:
        """Tell whether nothing happened to an attempt since it was read, now under the lock."""
        session = await self._store.session(attempt.session_id)
        if session is None or session.state is not SessionState.RUNNING:
            return False
        attempts = await self._store.attempts(session.id)
        return attempts[-1] == attempt

    async def _take(self, bot: ExtBot[Any], asked: AskedAttempt, chosen: tuple[int, ...]) -> None:
        """Store an answer together with the attempt that follows, then put that question."""
        now = self._now()
        session, attempt = asked.session, asked.attempt
        question = self._pool.question(attempt.question_id)
        score = score_indexes(attempt.right, chosen)
        seconds = None
        if attempt.asked_at is not None:  # the clock may have been set back meanwhile
            seconds = max(0.0, (now - attempt.asked_at).total_seconds())
        rating = rating_of(score, seconds, slow_after(question) if question else float("inf"))
        review = self._cards.review_of(asked, rating, now)
        following = self._following(session, asked.attempts)
        given = GivenAnswer(attempt, chosen, score, seconds, review)
        taken = await self._store.answer(session, given, following)
        if taken is None:
            return
        await self._explain(
            bot, session, replace(attempt, correct=score.correct, score=score.share)
        )
        if taken.following is not None:
            await self._send(bot, session, taken.following)
        else:
            await self._end(bot, session)

    async def _explain(self, bot: ExtBot[Any], session: QuizSession, attempt: Attempt) -> None:
        """Tell what would have been right, of an attempt that was answered wrong."""
        question = self._pool.question(attempt.question_id)
        if attempt.correct is False and attempt.score is not None and question is not None:
            score = Score(attempt.correct, attempt.score)
            passage = self._pool.passage(question)
            text, keyboard = failed_question(question, attempt.right, score, passage)
            await self._say(bot, session, text, keyboard)

    async def _next(
        self, bot: ExtBot[Any], session: QuizSession, attempts: Sequence[Attempt]
    ) -> None:
        """Put the next question that can still be asked, or end the quiz."""
        following = self._following(session, attempts)
        attempt = await self._store.go_on(session, following, self._now())
        if attempt is not None:
            await self._send(bot, session, attempt)
        else:
            await self._end(bot, session)

    def _following(self, session: QuizSession, attempts: Sequence[Attempt]) -> NextQuestion | None:
        """Return the next question that can still be asked: not retired, its passage unchanged."""
        first = attempts[-1].position + 1 if attempts else 0
        for position in range(first, len(session.questions)):
            question = self._pool.question(session.questions[position])
            if question is not None:
                order = shuffled_options(question, self._rng)
                return NextQuestion(position, question, tuple(order))
        return None

    async def _end(self, bot: ExtBot[Any], session: QuizSession) -> None:
        """Tell the person how a quiz went that is stored as finished, unless that was done.

        It counts as told only afterwards: killed in between, the program tells it again.
        """
        ended = await self._store.session(session.id)
        if ended is not None and not ended.told:
            attempts = await self._store.attempts(session.id)
            if await self._results.ended(bot, ended, attempts):
                await self._store.mark_told(session.id)

    async def _look_again(self, bot: ExtBot[Any], session: QuizSession, attempt: Attempt) -> None:
        """Take the answer that a poll shows, or put the question again."""
        chosen = await self._voted(bot, attempt) or ()
        await self._take_or_put_again(bot, session, attempt, chosen)

    async def _take_or_put_again(
        self, bot: ExtBot[Any], session: QuizSession, attempt: Attempt, chosen: tuple[int, ...]
    ) -> None:
        asked = await self._store.asked(attempt.id) if chosen else None
        if asked is not None:
            await self._take(bot, asked, attempt.options_of(chosen))
        else:
            await self._send_again(bot, session, attempt)

    async def _voted(self, bot: ExtBot[Any], attempt: Attempt) -> tuple[int, ...] | None:
        """Close the poll of an attempt and return the places that its only voter chose.

        None where it was closed already, or deleted by the person.
        """
        if attempt.message_id is None:
            return ()
        try:
            poll = await bot.stop_poll(attempt.chat_id, attempt.message_id)
        except TelegramError as error:
            _log.info("poll_not_stopped", reason=str(error))
            return None if isinstance(error, BadRequest) else ()
        if poll.total_voter_count != 1:  # forwarded elsewhere: whose answers these are is unknown
            return ()
        return tuple(place for place, option in enumerate(poll.options) if option.voter_count)

    async def _send_again(self, bot: ExtBot[Any], session: QuizSession, attempt: Attempt) -> None:
        if self._content(session, attempt) is None:
            await self._store.drop(attempt.id)  # its wording is gone: nobody can ask it again
            await self._next(bot, session, await self._store.attempts(session.id))
            return
        await self._store.mark_resent(attempt.id)
        await self._send(bot, session, attempt)

    async def _send(self, bot: ExtBot[Any], session: QuizSession, attempt: Attempt) -> None:
        content = self._content(session, attempt)
        if content is None:
            return
        try:
            message = await send_quiz_poll(
                bot,
                session.chat_id,
                content,
                seconds=self._seconds,
                keyboard=pause_keyboard(session.person_id),
            )
        except Forbidden as error:  # the person has stopped the bot
            _log.info("question_not_sent", reason=str(error))
            await self._store.pause(session.person_id)
            return
        except BadRequest as error:  # the question or the chat: trying again would not help
            _log.error("question_refused", question=attempt.question_id, reason=str(error))
            await self._store.pause(session.person_id)
            await self._say(bot, session, texts.NOT_SENT, continue_keyboard(session.person_id))
            return
        except TelegramError as error:  # tried again by send_unsent
            _log.warning("question_not_sent", reason=str(error))
            return
        if message.poll is not None:
            await self._store.mark_asked(
                attempt.id, message.poll.id, message.message_id, self._now()
            )

    def _content(self, session: QuizSession, attempt: Attempt) -> PollContent | None:
        """Return what an attempt's poll asks; None when that wording is gone."""
        question = self._pool.question(attempt.question_id)
        if question is None or question.content_hash != attempt.content_hash:
            return None
        return poll_content(
            question,
            attempt.option_order,
            self._pool.passage(question),
            number=attempt.position + 1,
            total=len(session.questions),
        )

    async def _say(
        self,
        bot: ExtBot[Any],
        session: QuizSession,
        text: str,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Send a message of the quiz; it is not worth stopping for if it fails."""
        try:
            await bot.send_message(session.chat_id, text, reply_markup=keyboard)
        except TelegramError as error:
            _log.info("quiz_message_not_sent", reason=str(error))

    def _lock(self, person_id: int) -> asyncio.Lock:
        return self._locks.setdefault(person_id, asyncio.Lock())
