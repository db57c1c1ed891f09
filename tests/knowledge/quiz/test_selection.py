import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import QuizError
from knowledge.quiz.question import Difficulty, QuizQuestion
from knowledge.quiz.selection import QuestionHistory, choose_questions, shuffled_options
from tests.knowledge.quiz.small_bank import question

EASY, MEDIUM, HARD = Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- plays no part in security


def past(*, correct: bool, days_ago: int) -> QuestionHistory:
    return QuestionHistory(1, correct, NOW - timedelta(days=days_ago))


def ids(questions: tuple[QuizQuestion, ...]) -> set[str]:
    return {q.question_id for q in questions}


def test_never_asked_then_last_wrong_then_longest_ago() -> None:
    questions = [question(name) for name in ("right-2", "right-9", "wrong-1", "wrong-5", "new")]
    history = {
        "right-2": past(correct=True, days_ago=2),
        "right-9": past(correct=True, days_ago=9),
        "wrong-1": past(correct=False, days_ago=1),
        "wrong-5": past(correct=False, days_ago=5),
    }
    expected = ["new", "wrong-5", "wrong-1", "right-9", "right-2"]
    for count in range(1, 6):
        chosen = choose_questions(questions, count, history, chance(count))
        assert ids(chosen) == set(expected[:count])


def test_difficulties_are_mixed_and_go_from_easy_to_hard() -> None:
    questions = [
        question(f"{difficulty.name}-{number}", difficulty=difficulty)
        for difficulty in (HARD, EASY, MEDIUM)
        for number in range(10)
    ]
    chosen = choose_questions(questions, 6, {}, chance(1))
    assert [q.difficulty for q in chosen] == [EASY, EASY, MEDIUM, MEDIUM, HARD, HARD]


def test_the_wrong_ones_fill_up_the_difficulties_that_the_new_ones_lack() -> None:
    new = [question(f"new-{number}", difficulty=EASY) for number in range(3)]
    wrong = [question(f"wrong-{d.name}", difficulty=d) for d in (EASY, MEDIUM, HARD)]
    history = {q.question_id: past(correct=False, days_ago=1) for q in wrong}
    for seed in range(20):
        chosen = choose_questions([*wrong, *new], 5, history, chance(seed))
        assert ids(chosen) == {"new-0", "new-1", "new-2", "wrong-MEDIUM", "wrong-HARD"}


def test_chance_decides_between_equals() -> None:
    questions = [question(f"q{number}") for number in range(10)]
    drawn = [choose_questions(questions, 3, {}, chance(seed)) for seed in range(50)]
    assert len({q.question_id for chosen in drawn for q in chosen}) == 10
    assert drawn[0] == choose_questions(questions, 3, {}, chance(0))


def test_no_count_below_one() -> None:
    with pytest.raises(QuizError, match="ít nhất 1 câu, đang yêu cầu 0"):
        choose_questions([question()], 0, {}, chance(0))


@given(st.data())
def test_nothing_better_is_left_out(data: st.DataObject) -> None:
    """Whatever the history: as many as asked for, none twice, no lesser tier before a better."""
    size = data.draw(st.integers(0, 15))
    questions = [
        question(f"q{n}", difficulty=data.draw(st.sampled_from(Difficulty))) for n in range(size)
    ]
    histories = st.builds(past, correct=st.booleans(), days_ago=st.integers(0, 9))
    history = {q.question_id: data.draw(histories) for q in questions if data.draw(st.booleans())}
    count = data.draw(st.integers(1, 12))
    chosen = choose_questions(questions, count, history, chance(data.draw(st.integers())))
    assert len(chosen) == len(ids(chosen)) == min(count, size)
    assert [q.difficulty for q in chosen] == sorted(
        (q.difficulty for q in chosen), key=list(Difficulty).index
    )

    def rank(q: QuizQuestion) -> tuple[int, datetime]:
        seen = history.get(q.question_id)
        if seen is None:
            return 0, NOW
        return (2, seen.last_at) if seen.last_correct else (1, NOW)

    left = [rank(q) for q in questions if q not in chosen]
    if left and chosen:
        assert max(map(rank, chosen)) <= min(left)


@given(st.integers(2, 10), st.integers())
def test_options_are_reordered_and_none_lost(options: int, seed: int) -> None:
    order = shuffled_options(question(options=options), chance(seed))
    assert sorted(order) == list(range(options))


def test_each_option_comes_first_about_equally_often() -> None:
    rng = chance(5)
    first = Counter(shuffled_options(question(), rng)[0] for _ in range(4000))
    assert all(900 < first[index] < 1100 for index in range(4))  # ±3.6 standard deviations
