"""Values about people: who somebody is, and who does something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from bot.access.roles import Role

NAME_CHARACTERS = 160
"""Room for Telegram's first and last name, of at most 64 characters each, and the space between."""


@dataclass(frozen=True, slots=True)
class Identity:
    """How somebody is known to Telegram: the id, and the names as they are today."""

    id: int
    name: str
    username: str | None = None

    @property
    def short_name(self) -> str:
        """The name, cut to what the database keeps; the id where there is none."""
        return self.name.strip()[:NAME_CHARACTERS] or str(self.id)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role; moments are UTC."""

    id: int
    role: Role
    name: str
    username: str | None
    joined_at: dt.datetime
    role_changed_at: dt.datetime


class Channel(StrEnum):
    """Where an action comes from."""

    TELEGRAM = "telegram"
    CLI = "cli"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person on Telegram, the command line, or the program by its settings.

    By its settings the program makes ADMIN_IDS admins at start, and reloads watched articles.
    """

    channel: Channel
    person_id: int | None = None


CLI = Actor(Channel.CLI)
SETTINGS = Actor(Channel.SETTINGS)


def on_telegram(person_id: int) -> Actor:
    """Return somebody who acts on Telegram."""
    return Actor(Channel.TELEGRAM, person_id)
