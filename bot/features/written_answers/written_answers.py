"""Lets the language model put an extracted answer in its words, before people's eyes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.features.sources import answer_messages
from bot.features.written_answers.growing_message import GrowingMessage
from knowledge import Draft, Ending, failure_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message, Update

    from bot.feature import Core
    from bot.features.written_answers.daily_budget import DailyBudget
    from bot.telegram.sending import Context
    from knowledge import Answer, Passage, Turn, Writer

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """The answer to send: the model's words, or the extracted one.

    `ending` is None without a model. `begun` is the message that the answer grew in, to be changed
    into the whole answer.
    """

    answer: Answer
    ending: Ending | None = None
    begun: Message | None = None


class WrittenAnswers:
    """Asks the model where it would help and today's budget allows; without a `writer`, never."""

    def __init__(self, core: Core, writer: Writer | None, budget: DailyBudget) -> None:
        self._worker = core.worker
        self._clock = core.clock
        self._writer = writer
        self._budget = budget
        self._under_way: set[asyncio.Task[Draft]] = set()

    async def write(
        self,
        update: Update,
        context: Context,
        answer: Answer,
        turns: Sequence[Turn],
        *,
        asked: str | None = None,
    ) -> Written:
        """Return what becomes of an extracted answer; raises nothing on the model's account.

        Meanwhile the update's chat sees the answer grow, checked sentences only; `asked` is shown
        above it.
        """
        writer, user = self._writer, update.effective_user
        if writer is None or user is None:
            return Written(answer)
        if not writer.would_write(answer):
            return Written(answer, Ending.NOT_ASKED)
        passages = await self._worker.passages(answer)
        if not passages or not self._budget.take(user.id):
            return Written(answer, Ending.NOT_ASKED)
        growing = GrowingMessage(update, context, self._clock)
        writing = asyncio.create_task(
            self._watch(writer, answer, passages, turns, growing, asked=asked)
        )
        self._under_way.add(writing)
        try:
            await asyncio.wait([writing])
        finally:
            writing.cancel()
            self._under_way.discard(writing)
            begun = await growing.finish()
        last = _result(writing, answer)
        if last.error is not None:
            _log.warning("model_failed", reason=failure_reason(last.error))
        return Written(last.answer, last.ending, begun)

    def interrupt(self) -> None:
        """Send the extracted answers instead of those that are being written."""
        for writing in self._under_way:
            writing.cancel()

    async def _watch(  # noqa: PLR0913 -- all that the writer takes, and where it shows
        self,
        writer: Writer,
        answer: Answer,
        passages: Sequence[Passage],
        turns: Sequence[Turn],
        growing: GrowingMessage,
        *,
        asked: str | None,
    ) -> Draft:
        """Show the drafts as they come and return the last one."""
        last = Draft(answer, ending=Ending.NOT_ASKED)
        async for last in writer.write(answer, passages, turns):
            if last.ending is None:
                growing.show(answer_messages(last.answer, asked=asked)[0])
        return last


def _result(writing: asyncio.Task[Draft], answer: Answer) -> Draft:
    """Return the last draft; the extracted answer where the writing was interrupted or broke."""
    if writing.cancelled():
        return Draft(answer, ending=Ending.SLOW)
    error = writing.exception()
    if error is None:
        return writing.result()
    _log.error("writing_broke", exc_info=error)
    return Draft(answer, ending=Ending.FAILED)
