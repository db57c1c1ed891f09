"""Answers to polls: handed to whoever sent the poll.

That is told by the poll's id, which all features are asked for first. An id that nobody knows is
that of a poll that was sent just before the program died: whose it is, is told by what it asks.
Telegram says that in an update of its own, before or after the answer.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog
from telegram.ext import PollAnswerHandler, PollHandler

from bot.access.authorisation import Capability
from bot.telegram.gate import Guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Poll, PollAnswer, Update

    from bot.feature import Feature
    from bot.telegram.sending import Context

T = TypeVar("T")

_REMEMBERED = 500
"""So many polls are remembered; in memory only, the oldest is forgotten first."""

_log = structlog.get_logger(__name__)


class _Latest(Generic[T]):
    """What was kept last, by poll."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, T] = OrderedDict()

    def keep(self, poll_id: str, what: T) -> None:
        self._kept[poll_id] = what
        self._kept.move_to_end(poll_id)
        while len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)

    def get(self, poll_id: str) -> T | None:
        return self._kept.get(poll_id)

    def take(self, poll_id: str) -> T | None:
        return self._kept.pop(poll_id, None)


class PollAnswerHandlers:
    """Asks the features whose poll was answered."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = tuple(features)
        self._seen: _Latest[Poll] = _Latest()
        self._waiting: _Latest[tuple[PollAnswer, ...]] = _Latest()

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
        if (poll := self._seen.get(answer.poll_id)) is not None:
            await self._claimed(poll, answer, context)
            return
        waiting = self._waiting.get(answer.poll_id) or ()
        self._waiting.keep(answer.poll_id, (*waiting, answer))

    async def changed(self, update: Update, context: Context) -> None:
        """Note what a poll asks, and hand on the answers that waited for that."""
        poll = update.poll
        if poll is None:
            return
        self._seen.keep(poll.id, poll)
        for answer in self._waiting.take(poll.id) or ():
            await self._claimed(poll, answer, context)

    async def _claimed(self, poll: Poll, answer: PollAnswer, context: Context) -> None:
        """Hand an answer on if there is one thing only that it can be the answer to."""
        user = answer.user
        if user is None:
            return
        takers = [taker for feature in self._features for taker in await feature.claims(poll, user)]
        if len(takers) == 1:
            await takers[0](context.bot, user, answer.option_ids)
        else:
            _log.info("unknown_poll_answered", claims=len(takers))
