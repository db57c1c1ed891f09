"""An answer while a model writes it, and how the writing ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answering.answer import Answer


class Ending(StrEnum):
    """How the writing of an answer ended."""

    WRITTEN = "written"
    """The model's sentences stand."""
    UNSUPPORTED = "unsupported"
    """None of its sentences stands, or together they tell less than the extracted answer."""
    EMPTY = "empty"
    """It wrote nothing."""
    SLOW = "slow"
    """The time was over before enough stood."""
    FAILED = "failed"
    """It could not be asked, or broke off."""
    NOT_ASKED = "not asked"
    """Nothing is to be written from, or the model is left alone after failures."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer while it is written: `answer` may be shown as it is at any time.

    The last draft has an `ending`: its answer is the one to send, the extracted one unless it is
    `generated`. `dropped` counts sentences that no cited passage bears out; `error` is what went
    wrong, for `failure_reason` to tell.
    """

    answer: Answer
    dropped: int = 0
    ending: Ending | None = None
    error: BaseException | None = None
