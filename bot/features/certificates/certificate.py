"""What a certificate says, what checking one comes to, and what earns one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.office_time import OFFICE_TIME

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of the learning path, as it was issued.

    `code` is in its bare form, LC and 12 characters; `score` is 0–1; `topics` are titles.
    """

    code: str
    name: str
    issued_at: dt.datetime
    """UTC."""
    score: float
    topics: tuple[str, ...]
    office: str
    name_confirmed: bool = True
    """False for those of earlier releases: people wrote their names themselves."""

    @property
    def issued_on(self) -> dt.date:
        """The day of issue by the office's calendar."""
        return self.issued_at.astimezone(OFFICE_TIME).date()


class Outcome(StrEnum):
    """Whether a certificate holds, or why not."""

    VALID = "valid"
    UNKNOWN = "unknown"
    """No certificate has this code: made up, or mistyped."""
    FORGED = "forged"
    """The register's row was changed by something without the key."""
    REVOKED = "revoked"
    REPLACED = "replaced"
    """The person has another instead, under the right name."""
    ERASED = "erased"
    """It was issued; the person had their data erased, so nothing can be confirmed any more."""
    MALFORMED = "malformed"
    """What was typed can't be a code."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of checking a code; it is None for MALFORMED, `certificate` only with VALID.

    `since` is when it was revoked or erased, in UTC.
    """

    outcome: Outcome
    code: str | None = None
    certificate: Certificate | None = None
    since: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class PathResult:
    """How far somebody is: `score` 0–1 over the whole path, `topics` passed and `missing`: titles.

    Somebody who never began the path is not complete, and misses every topic.
    """

    complete: bool
    score: float
    topics: tuple[str, ...]
    missing: tuple[str, ...] = ()


def score_in_words(score: float) -> str:
    """Return a score as people read it: 92%, 87,5%. Rounded down, so that 100% means all."""
    tenths = math.floor(score * 1000 + 1e-9)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}%" if tenth else f"{whole}%"
