"""A quiz of one person and its attempts, as the database keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.features.quizzes.tables import OPEN_ATTEMPTS, AttemptState, SessionKind, SessionState

if TYPE_CHECKING:
    import datetime as dt

    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.schedule import ReviewCard


@dataclass(frozen=True, slots=True)
class NewQuiz:
    """A quiz that is about to begin, in its person's private chat."""

    person_id: int
    kind: SessionKind
    topic: str | None
    questions: tuple[str, ...]
    """Ids of the questions, in the order of asking."""


@dataclass(frozen=True, slots=True)
class QuizSession:
    """A quiz; `questions` are ids in the order of asking, `score` the share of right answers.

    `told` is false from its end until the result was sent.
    """

    id: int
    person_id: int
    kind: SessionKind
    topic: str | None
    state: SessionState
    chat_id: int
    questions: tuple[str, ...]
    started_at: dt.datetime
    score: float | None
    told: bool

    @property
    def is_open(self) -> bool:
        """Whether it can go on."""
        return self.state in {SessionState.RUNNING, SessionState.PAUSED}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One question of a quiz, put to its person.

    `option_order[i]` is the bank's index of the option that the poll shows at i; `right` and
    `chosen` are the bank's indexes.
    """

    id: int
    session_id: int
    position: int
    question_id: str
    content_hash: str
    topic: str
    option_order: tuple[int, ...]
    right: tuple[int, ...]
    state: AttemptState
    chat_id: int
    message_id: int | None
    asked_at: dt.datetime | None
    chosen: tuple[int, ...] | None
    correct: bool | None
    score: float | None

    @property
    def is_open(self) -> bool:
        """Whether an answer to it is still awaited."""
        return self.state in OPEN_ATTEMPTS

    def options_of(self, poll_options: tuple[int, ...]) -> tuple[int, ...]:
        """Return the bank's indexes of options by their places in the poll.

        Places that the poll doesn't have are left out: only a changed client sends them.
        """
        places = (place for place in poll_options if 0 <= place < len(self.option_order))
        return tuple(sorted({self.option_order[place] for place in places}))


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question that is about to be put; `option_order` is that of the attempt."""

    position: int
    question: QuizQuestion
    option_order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AskedAttempt:
    """An attempt with all that taking its answer needs.

    `attempts` are all of its quiz, in the order of asking; `card` is None before the first review.
    """

    session: QuizSession
    attempts: tuple[Attempt, ...]
    attempt: Attempt
    card: ReviewCard | None
