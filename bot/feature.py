"""What a feature of the bot is, and what every feature is built on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from bot.access.audit import AuditAction, AuditLog
from bot.access.audit_notes import AuditNotes
from bot.access.deeds import Deeds
from bot.access.marks import Marks
from bot.access.registry import People
from bot.office_time import Clock
from bot.telegram.gate import Gate
from bot.telegram.menus import CommandMenus

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from telegram import Poll, User
    from telegram.ext import ExtBot

    from bot.access.deeds import Deed
    from bot.database import Database
    from bot.knowledge_worker import KnowledgeWorker
    from bot.personal_data import PersonalDataStore
    from bot.retention import Expiring
    from bot.settings import Settings
    from bot.telegram.gate import Guarded
    from bot.telegram.menus import MenuCommand
    from knowledge import KnowledgeBase

    TakesAnswer = Callable[[ExtBot[Any], User, Sequence[int]], Awaitable[object]]
    Finishes = Callable[[Deed], Awaitable[str | None]]
    """Does what is left of a deed, notes what is done, and returns the line to tell (HTML)."""


class HandlerGroup(Protocol):
    """A class of handlers: those of a command and its buttons."""

    def handlers(self) -> Sequence[Guarded]:
        """Return the handlers, each with the capability it needs."""
        ...


@dataclass(frozen=True, slots=True)
class Core:
    """What every feature may build on.

    The database is migrated; it is connected when the bot starts.
    """

    settings: Settings
    database: Database
    base: KnowledgeBase
    worker: KnowledgeWorker
    people: People
    audit: AuditLog
    notes: AuditNotes
    deeds: Deeds
    marks: Marks
    gate: Gate
    menus: CommandMenus
    clock: Clock
    rng: random.Random

    @property
    def now(self) -> Callable[[], dt.datetime]:
        """What tells the time, in UTC."""
        return self.clock.now

    @classmethod
    def of(  # noqa: PLR0913 -- what the whole program stands on
        cls,
        settings: Settings,
        database: Database,
        base: KnowledgeBase,
        worker: KnowledgeWorker,
        *,
        clock: Clock | None = None,
        rng: random.Random | None = None,
    ) -> Core:
        """Return the core of a bot; tests bring a clock and a seeded `rng` of their own."""
        clock = clock or Clock()
        people, audit = People(database, settings.admin_ids), AuditLog(database)
        return cls(
            settings,
            database,
            base,
            worker,
            people,
            audit,
            AuditNotes(audit, clock.now),
            Deeds(database, clock.now),
            Marks.beside(settings.data_dir),
            Gate(people, audit, settings.access, clock.now),
            CommandMenus(settings.access),
            clock,
            rng or secrets.SystemRandom(),
        )


class Feature:
    """Something that the bot does; `bot/app.py` lists them all. What a feature lacks stays empty.

    The order of the features is the order in which their handlers are asked.
    """

    commands: Sequence[MenuCommand] = ()
    """What the menus offer, in their order."""
    handler_groups: Sequence[HandlerGroup] = ()
    """What answers updates, the most particular first."""
    personal_data: Sequence[PersonalDataStore] = ()
    """What the feature keeps about people, for /mydata and /forgetme."""
    expiring: Sequence[Expiring] = ()
    """What the feature keeps for a time only."""

    finishes: Mapping[AuditAction, Finishes] = MappingProxyType({})
    """What finishes the feature's deeds that a stop cut off, by what was meant."""

    async def poll_answered(
        self, bot: ExtBot[Any], poll_id: str, user: User, options: Sequence[int]
    ) -> bool:
        """Take an answer to a poll (no options: it was withdrawn); tell whether it was its own.

        By the poll's id alone: all features are asked before anybody guesses.
        """
        del bot, poll_id, user, options
        return False

    async def knows_poll(self, poll_id: str) -> bool:
        """Tell whether a poll is its own, by the id alone."""
        del poll_id
        return False

    async def claims(self, poll: Poll, user: User) -> Sequence[TakesAnswer]:
        """Return what takes this person's answer to a poll whose id nobody knows.

        One for each question that awaits this person's answer, may have been sent without its id
        having been stored, and asks just what the poll does, with the same options in their order.
        """
        del poll, user
        return ()

    async def chat_moved(self, old: int, new: int) -> None:
        """Take note that a group was upgraded and has another id; maybe not for the first time."""

    async def start(self, bot: ExtBot[Any]) -> None:
        """Begin what runs beside answering; the database is connected, no update has come yet."""

    def interrupt(self) -> None:
        """Give up what would hold up the end: the last updates are about to be finished."""

    async def close(self) -> None:
        """End what runs beside answering and store what is left; the database is connected."""
