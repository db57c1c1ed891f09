"""What people at an office do with the bot, and how long each of them waits for what."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.load.typing_habits import FOLLOW_UPS, as_typed, question
from bot.features.answer_log.texts import UP_BUTTON
from bot.features.documents.texts import BUTTON_KEEP
from bot.features.sources.texts import SOURCE_BUTTON
from bot.sandbox.persona import NothingReceivedError, RefusedError

if TYPE_CHECKING:
    import random
    from collections.abc import Awaitable, Callable

    from bot.sandbox.persona import Persona, SeenMessage

QUESTION, COMMAND, PRESS, VOTE, INLINE = (
    "question → answer",
    "command → reply",
    "press → acknowledged",
    "quiz vote → next question",
    "inline query → results",
)
UPLOAD, LIST = "document → what was read of it", "an admin's list → shown"
KINDS = (QUESTION, COMMAND, PRESS, VOTE, INLINE, LIST, UPLOAD)

THINKING_SECONDS = (60.0, 180.0)
"""Between two deeds of one person: 500 people do about four things a second."""
_READING_SECONDS = (2.0, 6.0)
"""Between an answer and what is done with it, and before a quiz's answer."""
_LOOK_SECONDS = 1.0  # between looks at the clock
_COMMANDS = ("/help", "/new", "/review", "/progress", "/leaderboard", "/start")
_LISTS = ("/docs", "/people", "/stats", "/versions", "/gaps", "/inbox")
_TOPICS = 9
_QUIZ_QUESTIONS = 5  # of a topic's seven: people are called away


@dataclass(slots=True)
class Ledger:
    """What was done: kind → (moment of doing, seconds waited), and how often nothing came."""

    waits: dict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: {kind: [] for kind in KINDS}
    )
    unanswered: Counter[str] = field(default_factory=Counter)

    async def timed(
        self, kind: str, doing: Callable[[], Awaitable[SeenMessage | None]]
    ) -> SeenMessage | None:
        """Do something that is waited for; None where nothing came, which is counted."""
        begun = time.monotonic()
        try:
            got = await doing()
        except (NothingReceivedError, RefusedError):
            self.unanswered[kind] += 1
            return None
        self.waits[kind].append((begun, time.monotonic() - begun))
        return got


@dataclass(slots=True)
class Pace:
    """How much quicker than at the office everybody does things; it may change meanwhile."""

    faster: float = 1.0


@dataclass(slots=True)
class Worker:
    """Somebody who asks now and then, takes quizzes, votes, presses buttons, types inline."""

    persona: Persona
    rng: random.Random
    ledger: Ledger
    pace: Pace
    left: asyncio.Event
    """Set when everybody goes home."""

    async def day(self) -> None:
        """Do one thing after another until it is over; whoever has begun something ends it."""
        await self._rest(0.0, sum(THINKING_SECONDS) / 2)
        deeds = (self.asks, self.asks_on, self.commands, self.types_inline, self.takes_quiz)
        while not self.left.is_set():
            (deed,) = self.rng.choices(deeds, weights=(66, 12, 10, 6, 6))
            await deed()
            await self._rest(*THINKING_SECONDS)

    async def asks(self) -> None:
        """Ask; look at the source or vote on some of the answers."""
        answer = await self._says(QUESTION, question(self.rng))
        await self._looks_at(answer)

    async def asks_on(self) -> None:
        """Ask, and go on about it."""
        await self._says(QUESTION, question(self.rng))
        await self._rest(*_READING_SECONDS)
        answer = await self._says(QUESTION, as_typed(self.rng.choice(FOLLOW_UPS), self.rng))
        await self._looks_at(answer)

    async def commands(self) -> None:
        """Use a command."""
        await self._says(COMMAND, self.rng.choice(_COMMANDS))

    async def types_inline(self) -> None:
        """Type a query by inline mode."""

        async def typed() -> None:
            await self.persona.asks_inline(question(self.rng))

        await self.ledger.timed(INLINE, typed)

    async def takes_quiz(self) -> None:
        """Answer some questions of a quiz, right or wrong."""
        poll = await self._says(COMMAND, f"/quiz {self.rng.randint(1, _TOPICS)}", _is_step)
        for _ in range(_QUIZ_QUESTIONS):
            if poll is None or "poll" not in poll.data or self.left.is_set():
                return
            await self._rest(*_READING_SECONDS)
            poll = await self.ledger.timed(VOTE, lambda asked=poll: self._votes(asked))

    async def _votes(self, poll: SeenMessage) -> SeenMessage:
        await poll.vote(self.rng.randrange(len(poll.poll["options"])))
        return await self.persona.receives(
            where=lambda seen: seen.message_id > poll.message_id and _is_step(seen)
        )

    async def _looks_at(self, answer: SeenMessage | None) -> None:
        for label, share in ((SOURCE_BUTTON, 0.15), (UP_BUTTON, 0.1)):
            if answer is not None and label in answer.buttons and self.rng.random() < share:
                await self._rest(*_READING_SECONDS)
                await self.ledger.timed(PRESS, lambda shown=answer, of=label: _pressed(shown, of))

    async def _says(
        self, kind: str, text: str, fits: Callable[[SeenMessage], bool] = lambda _: True
    ) -> SeenMessage | None:
        async def said() -> SeenMessage:
            sent = await self.persona.sends(text)
            return await self.persona.receives(
                where=lambda seen: seen.message_id > sent.message_id and fits(seen)
            )

        return await self.ledger.timed(kind, said)

    async def _rest(self, least: float, most: float) -> None:
        """Rest as long as one does at the office; a pace that changes meanwhile holds at once."""
        seconds = self.rng.uniform(least, most)
        while seconds > 0 and not self.left.is_set():
            passing = min(_LOOK_SECONDS, seconds / self.pace.faster)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(passing):
                    await self.left.wait()
            seconds -= passing * self.pace.faster


@dataclass(slots=True)
class Admin(Worker):
    """Somebody who looks at lists, and brings documents in."""

    documents: list[tuple[str, bytes]] = field(default_factory=list)
    """To be brought in, as soon as they are here."""

    async def day(self) -> None:
        """Look at one list after another."""
        for name in itertools.cycle(_LISTS):
            await self._rest(*_READING_SECONDS)
            if self.left.is_set():
                return
            await self._says(LIST, name)
            if self.documents:
                await self._brings_in(self.documents.pop())

    async def _brings_in(self, document: tuple[str, bytes]) -> None:
        card = await self.ledger.timed(UPLOAD, lambda: self._uploads(document))
        if card is not None:
            await card.press(BUTTON_KEEP)
            await self._rest(*_READING_SECONDS)

    async def _uploads(self, document: tuple[str, bytes]) -> SeenMessage:
        (sent,) = await self.persona.sends_files(document)
        status = await self.persona.receives(where=lambda m: m.message_id > sent.message_id)
        return await self.persona.sees_change(status, where=lambda m: BUTTON_KEEP in m.buttons)


async def floods(persona: Persona, a_second: float, left: asyncio.Event) -> None:
    """Write `a_second` messages a second, whatever comes of it."""
    while not left.is_set():
        await persona.sends("/help")
        await asyncio.sleep(1 / a_second)


async def _pressed(message: SeenMessage, label: str) -> None:
    answer = await message.press(label)
    if not answer.answered:
        raise NothingReceivedError(label)


def _is_step(message: SeenMessage) -> bool:
    """Tell a quiz's question or result from what is said of a wrong answer."""
    return not message.text.startswith(("❌", "➗"))
