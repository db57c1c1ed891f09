"""Answers to polls: handed to whoever sent the poll.

That is told by the poll's id, which all features are asked for first. An id that nobody knows is
that of a poll that was sent just before the program died: whose it is, is told by what it asks.
Telegram says that in an update of its own, before or after the answer; each waits for the other,
also beyond the end of the program.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from telegram.ext import PollAnswerHandler, PollHandler

from bot.access.authorisation import Capability
from bot.telegram.gate import Guarded
from bot.telegram.handling import hold

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Poll, PollAnswer, Update
    from telegram.ext import ExtBot

    from bot.feature import Feature
    from bot.telegram.sending import Context

_REMEMBERED = 100
"""So many polls that nobody knows are remembered; the oldest is forgotten first."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _UnknownPoll:
    """A poll whose id nobody knows: what it asks, if that is known, and answers to it."""

    poll: Poll | None = None
    answers: list[PollAnswer] = field(default_factory=list)
    held: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """Let go the updates that told of it."""

    async def let_go(self) -> None:
        """Let the updates be done."""
        held, self.held = self.held, []
        for each in held:
            await each()


class PollAnswerHandlers:
    """Asks the features whose poll was answered."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = tuple(features)
        self._unknown: OrderedDict[str, _UnknownPoll] = OrderedDict()

    def handlers(self) -> list[Guarded]:
        """Return the handlers of answers, and of what Telegram says of the polls."""
        return [
            Guarded(Capability.LEARN, PollAnswerHandler(self.answered)),
            Guarded(Capability.LEARN, PollHandler(self.changed)),
        ]

    async def answered(self, update: Update, context: Context) -> None:
        """Hand an answer on; one to a poll that nobody knows waits until it is known what it asks.

        That of a forgotten poll is only logged.
        """
        answer = update.poll_answer
        if answer is None or answer.user is None:  # a channel's
            return
        for feature in self._features:
            if await feature.poll_answered(
                context.bot, answer.poll_id, answer.user, answer.option_ids
            ):
                return
        unknown = await self._noted(answer.poll_id)
        unknown.answers.append(answer)
        await self._matched(unknown, context.bot)

    async def changed(self, update: Update, context: Context) -> None:
        """Note what a poll asks that nobody knows, and hand on the answers that waited for that."""
        poll = update.poll
        if poll is None:
            return
        for feature in self._features:
            if await feature.knows_poll(poll.id):
                return
        unknown = await self._noted(poll.id)
        unknown.poll = poll
        await self._matched(unknown, context.bot)

    async def _noted(self, poll_id: str) -> _UnknownPoll:
        """Return what is known of a poll, to which an update adds; that waits with it."""
        unknown = self._unknown.setdefault(poll_id, _UnknownPoll())
        self._unknown.move_to_end(poll_id)
        unknown.held.append(hold())
        while len(self._unknown) > _REMEMBERED:
            _, oldest = self._unknown.popitem(last=False)
            await oldest.let_go()
        return unknown

    async def _matched(self, unknown: _UnknownPoll, bot: ExtBot[Any]) -> None:
        """Hand answers on once it is known what they answer."""
        if unknown.poll is not None and unknown.answers:
            answers, unknown.answers = unknown.answers, []
            for answer in answers:
                await self._claimed(unknown.poll, answer, bot)
            await unknown.let_go()

    async def _claimed(self, poll: Poll, answer: PollAnswer, bot: ExtBot[Any]) -> None:
        """Hand an answer on if there is one thing only that it can be the answer to."""
        user = answer.user
        if user is None:
            return
        takers = [taker for feature in self._features for taker in await feature.claims(poll, user)]
        if len(takers) == 1:
            await takers[0](bot, user, answer.option_ids)
        else:
            _log.info("unknown_poll_answered", claims=len(takers))
