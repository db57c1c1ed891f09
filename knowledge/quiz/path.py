"""The learning path: which topics are passed, which one is open, which are locked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.quiz.topic import QuizTopic

PASS_SHARE = 0.8
"""The score, 0–1, of a topic's quiz that opens the next topic."""

_ROUNDING = 1e-9
"""Means of thirds may miss the bar by a rounding error."""


class StepState(StrEnum):
    """How far a step of the path is."""

    LOCKED = "locked"
    OPEN = "open"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class PathStep:
    """A topic of the path with the best score (0–1) of its finished quizzes, None without any."""

    topic: QuizTopic
    state: StepState
    best: float | None


def is_passed(score: float | None) -> bool:
    """Say whether `score` (0–1, None for none yet) passes a topic."""
    return score is not None and score >= PASS_SHARE - _ROUNDING


def path_steps(
    topics: Iterable[QuizTopic], best_scores: Mapping[str, float]
) -> tuple[PathStep, ...]:
    """Return a step for each topic, in their order, of somebody with `best_scores` by topic id.

    The first topic not passed is open, later ones are locked. What was passed stays passed, even
    when a new topic comes in before it. Topics without usable questions are the caller's to leave
    out; scores of topics that are gone count for nothing.
    """
    steps = []
    open_found = False
    for topic in topics:
        best = best_scores.get(topic.topic_id)
        if is_passed(best):
            state = StepState.PASSED
        else:
            state = StepState.LOCKED if open_found else StepState.OPEN
            open_found = True
        steps.append(PathStep(topic, state, best))
    return tuple(steps)


def is_complete(steps: Sequence[PathStep]) -> bool:
    """Say whether every step is passed; a path without steps is not complete."""
    return bool(steps) and all(step.state is StepState.PASSED for step in steps)


def next_step(steps: Iterable[PathStep]) -> PathStep | None:
    """Return the open step, None when every one is passed."""
    return next((step for step in steps if step.state is StepState.OPEN), None)


def path_score(steps: Iterable[PathStep]) -> float | None:
    """Return the mean of the best scores, 0–1, over the steps that have one; None without any."""
    scores = [step.best for step in steps if step.best is not None]
    return fsum(scores) / len(scores) if scores else None
