"""The learning path: topics one after another, each opened by passing the one before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.learning.topic import QuizTopic

PASS_SHARE = 0.8
"""The share of right answers that passes a topic."""


class StepState(StrEnum):
    """Whether a topic may be taken."""

    LOCKED = "locked"
    OPEN = "open"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class PathStep:
    """A topic of the path as one person sees it; `best` is their best score, 0–1."""

    topic: QuizTopic
    state: StepState
    best: float | None


def path_steps(
    topics: Sequence[QuizTopic], best_scores: Mapping[str, float]
) -> tuple[PathStep, ...]:
    """Return the path: what is passed stays passed, and of the rest the first is open.

    A topic that joins the path later opens by itself; those passed behind it stay passed.
    """
    steps: list[PathStep] = []
    opened = False
    for topic in topics:
        best = best_scores.get(topic.topic_id)
        if best is not None and best >= PASS_SHARE:
            state = StepState.PASSED
        else:
            state = StepState.LOCKED if opened else StepState.OPEN
            opened = True
        steps.append(PathStep(topic, state, best))
    return tuple(steps)


def next_step(steps: Sequence[PathStep]) -> PathStep | None:
    """Return the open topic; None when all are passed, or there is none."""
    return next((step for step in steps if step.state is StepState.OPEN), None)


def is_complete(steps: Sequence[PathStep]) -> bool:
    """Tell whether there are topics and all are passed."""
    return bool(steps) and all(step.state is StepState.PASSED for step in steps)


def path_score(steps: Sequence[PathStep]) -> float:
    """Return the mean of the best scores, 0–1; a topic never taken counts as 0."""
    return fmean(step.best or 0.0 for step in steps) if steps else 0.0
