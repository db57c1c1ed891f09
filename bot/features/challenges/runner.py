"""Challenges as they run: one question after another, each stored before it is sent.

Each running challenge has one task, which alone sends its questions and its outcome. What it does
next it reads from the database, so that a restart goes on where the last run was.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.database.errors import DatabaseError
from bot.features.challenges.challenge import (
    LONGEST_PAUSE,
    ON_THE_WAY,
    QUESTIONS,
    ChallengeState,
    NewChallenge,
    PlannedQuestion,
)
from bot.features.challenges.errors import ChallengeRunningError, NoQuestionsError
from bot.features.challenges.leaderboard import leaderboard_text
from bot.features.challenges.store import ChallengeStore
from bot.features.challenges.topic_choice import topic_title
from bot.features.quizzes import poll_content, send_quiz_poll
from bot.telegram.gate import identity_of
from knowledge.quiz.selection import choose_questions, shuffled_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Poll, User
    from telegram.ext import ExtBot

    from bot.feature import Core, TakesAnswer
    from bot.features.challenges.challenge import AskedQuestion, Challenge
    from bot.features.quizzes import PollContent, QuestionPool

AGAIN_AFTER = (dt.timedelta(seconds=5), dt.timedelta(seconds=30))
"""When an outcome that could not be sent is tried again; later, the next start does."""
END_SECONDS = 0.8
"""How long the end of the program waits for what is being sent."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Run:
    """The task of a challenge, and what wakes it before its time."""

    task: asyncio.Task[None]
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class ChallengeRunner:
    """Holds the challenges of all chats, and takes the answers to their polls."""

    def __init__(self, core: Core, pool: QuestionPool) -> None:
        self._store = ChallengeStore(core.database)
        self._pool = pool
        self._clock = core.clock
        self._rng = core.rng
        self._runs: dict[int, _Run] = {}
        self._sending: set[asyncio.Future[None]] = set()
        self._closing = False

    async def start(self, bot: ExtBot[Any]) -> None:
        """Go on with what was under way; needs a connected database. Raises DatabaseError."""
        self._closing = False
        earliest = self._clock.now() - LONGEST_PAUSE
        for challenge in await self._store.unfinished(earliest):
            last = await self._store.last_sign_of(challenge.id)
            if challenge.state is ChallengeState.RUNNING and last is not None and last < earliest:
                await self._store.end(challenge.id, ChallengeState.FAILED, self._clock.now())
            self.follow(bot, challenge)

    async def close(self) -> None:
        """Let what is being sent arrive, and end; challenges go on at the next start."""
        self._closing = True
        tasks = []
        for run in self._runs.values():
            run.woken.set()
            tasks.append(run.task)
        if not tasks:
            return
        _done, late = await asyncio.wait(tasks, timeout=END_SECONDS)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    def plan(self, topic: str | None) -> tuple[PlannedQuestion, ...]:
        """Return the questions of a new challenge; raises NoQuestionsError without any."""
        candidates = self._pool.questions_of(topic)
        if not candidates:
            raise NoQuestionsError(topic_title(self._pool, topic))
        return tuple(
            PlannedQuestion(
                question.question_id,
                question.content_hash,
                shuffled_options(question, self._rng),
                question.correct,
            )
            for question in choose_questions(candidates, QUESTIONS, {}, self._rng)
        )

    async def begin(self, bot: ExtBot[Any], new: NewChallenge) -> Challenge:
        """Keep a new challenge; `follow` begins to ask.

        Raises ChallengeRunningError when the chat has one, DatabaseError.
        """
        try:
            return await self._store.begin(new, self._clock.now())
        except ChallengeRunningError:
            running = await self._store.running_in(new.chat_id)
            if running is not None:  # its task may have ended when the database was away
                self.follow(bot, running)
            raise

    def follow(self, bot: ExtBot[Any], challenge: Challenge) -> None:
        """Ask a challenge's questions and tell its outcome; harmless when that is under way."""
        if challenge.id in self._runs or self._closing:
            return
        task = asyncio.get_running_loop().create_task(self._hold(bot, challenge))
        self._runs[challenge.id] = _Run(task)

    async def challenge(self, challenge_id: int) -> Challenge | None:
        """Return a challenge, or None when there is none of that number."""
        return await self._store.get(challenge_id)

    async def stop(self, bot: ExtBot[Any], challenge: Challenge) -> bool:
        """End a challenge now; False when it had ended already."""
        stopped = await self._store.end(challenge.id, ChallengeState.STOPPED, self._clock.now())
        if stopped:
            run = self._runs.get(challenge.id)
            if run is None:
                self.follow(bot, challenge)
            else:
                run.woken.set()
        return stopped

    async def chat_moved(self, old: int, new: int) -> None:
        """Go on in the chat that took another's place; harmless when it is known."""
        for challenge_id in await self._store.move(old, new, self._clock.now()):
            if (run := self._runs.get(challenge_id)) is not None:
                run.woken.set()

    async def answered(
        self,
        bot: ExtBot[Any],  # noqa: ARG002 -- the signature of all takers
        poll_id: str,
        user: User,
        options: Sequence[int],
    ) -> bool:
        """Take an answer (no options: it was withdrawn); tell whether the poll is a challenge's.

        A second answer and a late one change nothing.
        """
        now = self._clock.now()
        person = identity_of(user)
        if await self._store.answer(poll_id, person, options, now):
            return True
        if not self._sending:
            return False
        await self._sent()
        return await self._store.answer(poll_id, person, options, now)

    async def knows_poll(self, poll_id: str) -> bool:
        """Tell whether a poll belongs to a challenge."""
        await self._sent()
        return await self._store.knows_poll(poll_id)

    async def claims(self, poll: Poll, user: User) -> list[TakesAnswer]:  # noqa: ARG002 -- anybody's
        """Return what takes an answer to a poll that was sent before a kill, and again after it."""
        await self._sent()
        return [
            partial(self._answered_unconfirmed, question)
            for question, length in await self._store.open_questions()
            if (content := self._content(question, length)) is not None
            if content.is_asked_by(poll)
        ]

    async def _answered_unconfirmed(
        self,
        question: AskedQuestion,
        _bot: ExtBot[Any],
        user: User,
        options: Sequence[int],
    ) -> None:
        await self._store.answer_to(question, identity_of(user), options, self._clock.now())

    async def _sent(self) -> None:
        """Wait for the polls on their way.

        The first to answer may be quicker than the poll's number into the database.
        """
        if self._sending:
            await asyncio.wait(list(self._sending))

    async def _hold(self, bot: ExtBot[Any], challenge: Challenge) -> None:
        """Ask until all is asked or somebody ends it, then tell the outcome."""
        run = self._runs[challenge.id]
        try:
            while not self._closing and not await self._step(bot, challenge, run.woken):
                pass
            if not self._closing:
                await self._announce(bot, challenge)
        except DatabaseError as error:  # the next /challenge or the next start goes on
            _log.error("challenge_interrupted", challenge=challenge.id, reason=str(error))
        except Exception:  # noqa: BLE001 -- nobody awaits this task
            _log.exception("challenge_failed", challenge=challenge.id)
        finally:
            self._runs.pop(challenge.id, None)

    async def _step(self, bot: ExtBot[Any], challenge: Challenge, woken: asyncio.Event) -> bool:
        """Do what comes next; tell whether the challenge has ended."""
        number = challenge.id
        now = await self._store.get(number)  # its chat may be another by now
        current = await self._store.current(number)
        if now is None or now.state is not ChallengeState.RUNNING:
            if current is not None and current.message_id is not None:
                await self._store.close(current)
                await self._stop_poll(bot, now or challenge, current.message_id)
            return True
        if current is None:
            await self._store.end(number, ChallengeState.FINISHED, self._clock.now())
            return True
        if current.closes_at is None:
            await self._ask(bot, now, current)
        elif await self._time_passed(current.closes_at, challenge.seconds, woken):
            await self._store.close(current)
        return False

    async def _time_passed(self, end: dt.datetime, seconds: int, woken: asyncio.Event) -> bool:
        """Wait for the end of a question; False when something else came before.

        Never for longer than a question takes: the clock may have been set back.
        """
        latest = self._clock.now() + dt.timedelta(seconds=seconds) + ON_THE_WAY
        timer = asyncio.ensure_future(self._clock.until(min(end, latest)))
        waker = asyncio.ensure_future(woken.wait())
        try:
            await asyncio.wait((timer, waker), return_when=asyncio.FIRST_COMPLETED)
            return timer.done() and not woken.is_set()
        finally:
            timer.cancel()
            waker.cancel()
            await asyncio.gather(timer, waker, return_exceptions=True)

    async def _ask(self, bot: ExtBot[Any], challenge: Challenge, asked: AskedQuestion) -> None:
        """Send a question's poll; one that the bank has no more is left out."""
        content = self._content(asked, await self._store.length(challenge.id))
        if content is None:
            _log.info("challenge_question_left_out", question=asked.question_id)
            await self._store.close(asked)
            return
        sending: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sending.add(sending)
        try:
            message = await send_quiz_poll(
                bot,
                challenge.chat_id,
                content,
                seconds=challenge.seconds,
                thread_id=challenge.thread_id,
            )
            if message.chat.id != challenge.chat_id:
                await self._store.move(challenge.chat_id, message.chat.id, self._clock.now())
            if message.poll is not None:
                await self._store.asked(
                    asked, message.poll.id, message.message_id, challenge.seconds, self._clock.now()
                )
        except TelegramError as error:
            _log.warning(
                "challenge_question_not_sent",
                challenge=challenge.id,
                question=asked.question_id,
                reason=str(error),
            )
            await self._store.end(challenge.id, ChallengeState.FAILED, self._clock.now())
        finally:
            self._sending.discard(sending)
            sending.set_result(None)

    def _content(self, asked: AskedQuestion, length: int) -> PollContent | None:
        """Return what a question's poll asks; None when the bank has that wording no more."""
        question = self._pool.question(asked.question_id)
        if question is None or question.content_hash != asked.content_hash:
            return None
        return poll_content(
            question,
            asked.option_order,
            self._pool.passage(question),
            number=asked.position + 1,
            total=length,
        )

    async def _announce(self, bot: ExtBot[Any], challenge: Challenge) -> None:
        """Send the outcome of an ended challenge, also after the network was away."""
        title = topic_title(self._pool, challenge.topic)
        for wait in (dt.timedelta(), *AGAIN_AFTER):
            await self._clock.until(self._clock.now() + wait)
            outcome = await self._store.outcome(challenge.id)
            if outcome is None:
                return
            text = leaderboard_text(outcome, title)
            try:
                chat_id = outcome.challenge.chat_id
                await bot.send_message(chat_id, text, message_thread_id=challenge.thread_id)
            except (BadRequest, Forbidden) as error:  # the chat is closed to the bot
                _log.warning("leaderboard_refused", challenge=challenge.id, reason=str(error))
            except TelegramError as error:
                _log.warning("leaderboard_not_sent", challenge=challenge.id, reason=str(error))
                continue
            await self._store.note_announced(challenge.id)
            return

    async def _stop_poll(self, bot: ExtBot[Any], challenge: Challenge, message_id: int) -> None:
        try:
            await bot.stop_poll(challenge.chat_id, message_id)
        except TelegramError as error:  # closed by its time, or deleted
            _log.info("poll_not_stopped", reason=str(error))
