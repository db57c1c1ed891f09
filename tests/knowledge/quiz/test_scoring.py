import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import QuizError
from knowledge.quiz.scoring import Score, score_indexes


@pytest.mark.parametrize(
    ("correct", "chosen", "share"),
    [
        # one right option: all or nothing
        ((2,), [2], 1.0),
        ((2,), [0], 0.0),
        ((2,), [], 0.0),
        ((2,), [2, 0], 0.0),  # (1 − 1) / 1
        # several: (right chosen − wrong chosen) / right, never below 0
        ((0, 1), [1, 0], 1.0),
        ((0, 1), [0], 0.5),  # (1 − 0) / 2
        ((0, 1), [0, 1, 2], 0.5),  # (2 − 1) / 2
        ((0, 1), [0, 2], 0.0),  # (1 − 1) / 2
        ((0, 1), [2, 3], 0.0),  # (0 − 2) / 2, cut off
        ((0, 1, 2), [0, 2], 2 / 3),
        ((0, 1, 2), [0, 1, 2, 3], 2 / 3),  # (3 − 1) / 3
        ((0, 1), [0, 0, 1, 1], 1.0),  # an index twice is one choice
    ],
)
def test_worth_of_a_choice(correct: tuple[int, ...], chosen: list[int], share: float) -> None:
    score = score_indexes(correct, chosen)
    assert score == Score(correct=share == 1, share=share)


def test_a_question_without_a_right_option_cannot_be_scored() -> None:
    with pytest.raises(QuizError, match="không có phương án đúng"):
        score_indexes((), [0])


@given(st.data())
def test_a_share_is_whole_exactly_when_the_choice_is_right(data: st.DataObject) -> None:
    options = data.draw(st.integers(2, 10))
    indexes = st.sets(st.integers(0, options - 1), max_size=options)
    correct = data.draw(indexes.filter(lambda right: 0 < len(right) < options))
    chosen = data.draw(indexes)
    score = score_indexes(correct, chosen)
    assert 0 <= score.share <= 1
    assert score.correct == (score.share == 1) == (chosen == correct)


@given(st.integers(2, 10), st.data())
def test_ticking_everything_gains_at_most_what_is_right_beyond_what_is_wrong(
    options: int, data: st.DataObject
) -> None:
    right = data.draw(st.integers(1, options - 1))
    wrong = options - right
    assert score_indexes(range(right), range(options)).share == max(0, (right - wrong) / right)
