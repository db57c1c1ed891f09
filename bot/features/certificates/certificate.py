"""What a certificate says."""

from __future__ import annotations

import math
from dataclasses import dataclass
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

    @property
    def issued_on(self) -> dt.date:
        """The day of issue by the office's calendar."""
        return self.issued_at.astimezone(OFFICE_TIME).date()


def score_in_words(score: float) -> str:
    """Return a score as people read it: 92%, 87,5%. Rounded down, so that 100% means all."""
    tenths = math.floor(score * 1000 + 1e-9)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}%" if tenth else f"{whole}%"
