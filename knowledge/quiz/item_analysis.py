"""Item analysis: what the answers of many people say about a question, and its weaknesses."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import TYPE_CHECKING

from knowledge.quiz.item_formulas import (
    discrimination_index,
    discriminative_efficiency,
    facility_index,
    random_guess_score,
    standard_deviation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.quiz.question import QuizQuestion

MINIMUM_SAMPLE = 20
"""Attempts that a facility index needs.

Its standard error, 100 · sqrt(p(1 − p)/n) for an item right or wrong, is at most 11 points then.
"""
MINIMUM_DISCRIMINATION_SAMPLE = 50
"""Attempts that discrimination, and the silence of a distractor, need.

A correlation of 0.2 has a standard error of about (1 − 0.2²)/sqrt(n − 1), 14 points then; Kromrey
and Bacon (1992, ERIC ED348378) simulate how such statistics behave with 5 to 160 examinees. A
distractor that one in 20 would choose is left alone by 50 people once in 13 times (0.95⁵⁰).
"""

# The bounds of https://docs.moodle.org/dev/Quiz_report_statistics
TOO_EASY_ABOVE = 95.0
TOO_HARD_BELOW = 30.0
WEAK_DISCRIMINATION_BELOW = 20.0


@dataclass(frozen=True, slots=True)
class ItemAttempt:
    """An answer that counts: a person's first to a question, in a session of several questions.

    `share` is 0–1, `chosen` the bank's indexes of the options chosen, empty of an expired one. An
    answer to an earlier wording, which is another item, may come under an id of no question: it
    then counts in the rest of its session only.
    """

    session_id: int
    question_id: str
    share: float
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """The statistics of a question; None where undefined. The formulas are in `item_formulas`."""

    question_id: str
    attempts: int
    compared: int
    """Attempts in sessions that hold other questions: those that discrimination rests on."""
    facility: float | None
    """Facility index, %."""
    standard_deviation: float | None
    """In % of the best score."""
    guess: float | None
    """Random guess score, %."""
    discrimination: float | None
    """Discrimination index, −100–100."""
    efficiency: float | None
    """Discriminative efficiency, at most 100."""
    option_counts: tuple[int, ...]
    """How often each option of the bank was chosen."""
    never_chosen: tuple[int, ...]
    """Indexes of the wrong options that nobody chose."""

    @property
    def has_enough_for_facility(self) -> bool:
        """Whether the facility index rests on enough attempts; warn where not."""
        return self.attempts >= MINIMUM_SAMPLE

    @property
    def has_enough_for_discrimination(self) -> bool:
        """Whether discrimination and efficiency rest on enough attempts; warn where not."""
        return self.compared >= MINIMUM_DISCRIMINATION_SAMPLE

    @property
    def has_enough_for_distractors(self) -> bool:
        """Whether `never_chosen` rests on enough attempts; warn where not."""
        return self.attempts >= MINIMUM_DISCRIMINATION_SAMPLE


class ItemWeakness(StrEnum):
    """Why a question should be looked at."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    LIKE_GUESSING = "like_guessing"
    """No better than guessing blindly."""
    NEGATIVE_DISCRIMINATION = "negative_discrimination"
    """Those who know less do better: most often the wrong option is marked as right."""
    WEAK_DISCRIMINATION = "weak_discrimination"
    IDLE_DISTRACTOR = "idle_distractor"
    """A wrong option that nobody chooses."""


def analyse(
    questions: Iterable[QuizQuestion], attempts: Iterable[ItemAttempt]
) -> Mapping[str, ItemStatistics]:
    """Return the statistics of each question by its id, out of all that was answered.

    The score of the rest of the test is the mean share of the session's other questions. Moodle
    takes their sum, which orders people alike where all tests are equally long, as Moodle's are;
    our sessions are of 5 to 10 questions, and a sum would call those of long sessions better. An
    attempt alone in its session counts in all but discrimination and efficiency.
    """
    by_session: defaultdict[int, list[ItemAttempt]] = defaultdict(list)
    for attempt in attempts:
        by_session[attempt.session_id].append(attempt)
    by_question: defaultdict[str, list[tuple[ItemAttempt, float | None]]] = defaultdict(list)
    for session in by_session.values():
        for attempt, rest in zip(session, _rests(session), strict=True):
            by_question[attempt.question_id].append((attempt, rest))
    return {q.question_id: _statistics(q, by_question[q.question_id]) for q in questions}


def weaknesses(statistics: ItemStatistics) -> Iterator[ItemWeakness]:
    """Yield what is to be looked at, in the order of ItemWeakness, as far as the sample allows.

    Too easy above 95 %, too hard below 30 %, like guessing at or below the random guess score;
    discrimination below 0 negative, below 20 weak. What rests on too few attempts shows nothing.
    """
    facility, discrimination = statistics.facility, statistics.discrimination
    if facility is not None and statistics.has_enough_for_facility:
        if facility > TOO_EASY_ABOVE:
            yield ItemWeakness.TOO_EASY
        if facility < TOO_HARD_BELOW:
            yield ItemWeakness.TOO_HARD
        if statistics.guess is not None and facility <= statistics.guess:
            yield ItemWeakness.LIKE_GUESSING
    if discrimination is not None and statistics.has_enough_for_discrimination:
        if discrimination < 0:
            yield ItemWeakness.NEGATIVE_DISCRIMINATION
        elif discrimination < WEAK_DISCRIMINATION_BELOW:
            yield ItemWeakness.WEAK_DISCRIMINATION
    if statistics.never_chosen and statistics.has_enough_for_distractors:
        yield ItemWeakness.IDLE_DISTRACTOR


def _rests(session: Sequence[ItemAttempt]) -> list[float | None]:
    """Return, for each attempt, the mean share of the others of its session; None without any."""
    others = len(session) - 1
    if others == 0:
        return [None]
    total = fsum(attempt.share for attempt in session)
    return [(total - attempt.share) / others for attempt in session]


def _statistics(
    question: QuizQuestion, answers: Sequence[tuple[ItemAttempt, float | None]]
) -> ItemStatistics:
    shares = [attempt.share for attempt, _ in answers]
    compared = [attempt.share for attempt, rest in answers if rest is not None]
    rests = [rest for _, rest in answers if rest is not None]
    counts = Counter(index for attempt, _ in answers for index in set(attempt.chosen))
    options = range(len(question.options))
    return ItemStatistics(
        question_id=question.question_id,
        attempts=len(shares),
        compared=len(compared),
        facility=facility_index(shares),
        standard_deviation=standard_deviation(shares),
        guess=random_guess_score(question),
        discrimination=discrimination_index(compared, rests),
        efficiency=discriminative_efficiency(compared, rests),
        option_counts=tuple(counts[index] for index in options),
        never_chosen=tuple(i for i in options if i not in question.correct and not counts[i]),
    )
