"""The values of a challenge: what is asked, how far it is, and what people answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

QUESTIONS = 5
"""Questions of a challenge."""
QUESTION_SECONDS = 30
"""How long a question's poll is open (sendPoll: 5 s at least)."""
ON_THE_WAY = dt.timedelta(seconds=2)
"""How long after a poll's end its last answers may still arrive."""
LONGEST_PAUSE = dt.timedelta(hours=1)
"""A challenge interrupted for longer is not taken up again: nobody waits for it any more."""


class ChallengeState(StrEnum):
    """How far a challenge is."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    """By somebody's button."""
    FAILED = "failed"
    """A question could not be sent, or the bot was away for too long."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge of one chat; moments are UTC."""

    id: int
    chat_id: int
    thread_id: int | None
    """The forum's topic that it takes place in."""
    topic: str | None
    """The id of what it asks about; None for all topics."""
    state: ChallengeState
    started_by: int | None
    """None after that person was erased."""
    seconds: int
    """How long each question is open."""
    started_at: dt.datetime


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question as it will be asked.

    `option_order[i]` is the bank's index of the option that the poll shows at i; `correct` are
    the bank's indexes of the right options.
    """

    question_id: str
    content_hash: str
    option_order: tuple[int, ...]
    correct: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NewChallenge:
    """A challenge to begin: where, about what, by whom, with which questions."""

    chat_id: int
    topic: str | None
    started_by: int
    plan: tuple[PlannedQuestion, ...]
    thread_id: int | None = None
    seconds: int = QUESTION_SECONDS


@dataclass(frozen=True, slots=True)
class AskedQuestion(PlannedQuestion):
    """A question of a challenge: planned, asked once it has a poll, over in the end."""

    challenge_id: int
    position: int
    """From 0."""
    poll_id: str | None
    message_id: int | None
    asked_at: dt.datetime | None
    closes_at: dt.datetime | None
    """When the last answer counts."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One person's answer to one question; `seconds` from asking to answering."""

    position: int
    person_id: int
    name: str
    correct: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a challenge adds up to."""

    challenge: Challenge
    planned: int
    asked: int
    answers: tuple[Answered, ...]
