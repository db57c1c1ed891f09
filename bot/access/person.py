"""Values about people: who somebody is, and who does something."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from bot.access.errors import NameProblemError

if TYPE_CHECKING:
    import datetime as dt

    from bot.access.roles import Role

NAME_CHARACTERS = 160
"""Room for Telegram's first and last name, of at most 64 characters each, and the space between."""

_MARKS = 2
"""Marks that may stand on one letter. NFC leaves Vietnamese none; other scripts need one or two."""
_IN_NAMES = frozenset(" '’.-")
_LEAST_LETTERS = 2
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that show nothing (Hangul fillers, the empty Braille pattern and the like)."""


def shown_name(name: str) -> str:
    """Return a name that people gave themselves as it can stand among others; maybe empty.

    It is in NFC, on one line, without what shows nothing, turns the writing round or piles marks up
    over other lines.
    """
    line = " ".join(name.split())
    seen = "".join(c for c in line if c not in _BLANKS and unicodedata.category(c)[0] != "C")
    whole = unicodedata.normalize("NFC", seen)
    piles = groupby(whole, lambda c: unicodedata.category(c) in {"Mn", "Me"})
    thin = "".join("".join(run)[: _MARKS if are_marks else None] for are_marks, run in piles)
    visible = any(unicodedata.category(c)[0] not in "MZ" for c in thin)
    return " ".join(thin.split()) if visible else ""


def official_name(typed: str) -> str:
    """Return a name as it may stand on a certificate; raises NameProblemError.

    Only letters, spaces and what joins parts of names, of 2 to NAME_CHARACTERS characters.
    """
    name = shown_name(typed)
    letters = sum(unicodedata.category(c)[0] == "L" for c in name)
    others = {c for c in name if unicodedata.category(c)[0] not in "LM"} - _IN_NAMES
    if others or letters < _LEAST_LETTERS or len(name) > NAME_CHARACTERS:
        raise NameProblemError(
            f"Họ tên gồm 2 đến {NAME_CHARACTERS} chữ cái, không có chữ số hay ký hiệu."
        )
    return name


@dataclass(frozen=True, slots=True)
class Identity:
    """How somebody is known to Telegram: the id, and the names as they are today."""

    id: int
    name: str
    username: str | None = None

    @property
    def short_name(self) -> str:
        """The name as it is shown, cut to what is kept; the id where nothing of it can be seen."""
        return shown_name(self.name)[:NAME_CHARACTERS].rstrip() or str(self.id)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role; moments are UTC."""

    id: int
    role: Role
    name: str
    username: str | None
    joined_at: dt.datetime
    role_changed_at: dt.datetime
    official_name: str | None = None
    """As an admin confirmed it, or as it came with the invitation."""


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
