import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quiz.path import (
    PASS_SHARE,
    StepState,
    is_complete,
    is_passed,
    next_step,
    path_score,
    path_steps,
)
from tests.knowledge.quiz.small_bank import topic

LOCKED, OPEN, PASSED = StepState.LOCKED, StepState.OPEN, StepState.PASSED
ABC = [topic("a"), topic("b"), topic("c")]


@pytest.mark.parametrize(
    ("best", "states"),
    [
        ({}, [OPEN, LOCKED, LOCKED]),
        ({"a": 0.79}, [OPEN, LOCKED, LOCKED]),
        ({"a": 0.8}, [PASSED, OPEN, LOCKED]),
        ({"a": 0.8, "b": 0.5}, [PASSED, OPEN, LOCKED]),
        ({"a": 1.0, "b": 0.9, "c": 0.8}, [PASSED, PASSED, PASSED]),
        # a topic came in before or between ones passed earlier
        ({"b": 1.0, "c": 1.0}, [OPEN, PASSED, PASSED]),
        ({"a": 1.0, "c": 1.0}, [PASSED, OPEN, PASSED]),
        ({"c": 1.0}, [OPEN, LOCKED, PASSED]),
        ({"gone": 1.0}, [OPEN, LOCKED, LOCKED]),
    ],
)
def test_states(best: dict[str, float], states: list[StepState]) -> None:
    steps = path_steps(ABC, best)
    assert [step.state for step in steps] == states
    assert [step.best for step in steps] == [best.get(each) for each in "abc"]


@given(st.lists(st.none() | st.floats(0, 1), max_size=12))
def test_the_first_topic_not_passed_is_the_one_that_is_open(scores: list[float | None]) -> None:
    topics = [topic(f"t{number}") for number in range(len(scores))]
    best = {f"t{number}": score for number, score in enumerate(scores) if score is not None}
    steps = path_steps(topics, best)
    behind = [step for step in steps if not is_passed(step.best)]
    assert [step.topic for step in steps] == topics
    assert next_step(steps) == (behind[0] if behind else None)
    assert [step.state for step in behind] == [OPEN, LOCKED, *[LOCKED] * 12][: len(behind)]
    assert is_complete(steps) == (bool(steps) and next_step(steps) is None)


def test_a_path_without_topics_is_not_complete() -> None:
    assert not is_complete(())
    assert next_step(()) is None
    assert path_score(()) is None


def test_rounding_fails_nobody() -> None:
    mean = sum([0.4, 1.0, 1.0]) / 3
    assert mean < PASS_SHARE  # 0.7999999999999999
    assert is_passed(mean)


@pytest.mark.parametrize(
    ("best", "score"),
    [({}, None), ({"a": 0.8, "b": 0.9, "c": 1.0}, 0.9), ({"a": 0.8, "b": 0.4}, 0.6)],
)
def test_the_score_is_the_mean_of_the_best(best: dict[str, float], score: float | None) -> None:
    assert path_score(path_steps(ABC, best)) == (None if score is None else pytest.approx(score))
