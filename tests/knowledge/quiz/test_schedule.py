from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import QuizError
from knowledge.quiz.schedule import Rating, ReviewCard, Schedule, rating_of, slow_after
from knowledge.quiz.scoring import Score
from tests.knowledge.quiz.small_bank import question

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
RIGHT, PARTLY, WRONG = (Score(correct=share == 1, share=share) for share in (1.0, 0.5, 0.0))
AGAIN, HARD, GOOD, EASY = Rating.Again, Rating.Hard, Rating.Good, Rating.Easy

gaps = st.one_of(
    st.timedeltas(timedelta(0), timedelta(minutes=30)),
    st.timedeltas(timedelta(0), timedelta(days=4)),
    st.timedeltas(timedelta(0), timedelta(days=900)),
)
histories = st.lists(st.tuples(st.sampled_from(Rating), gaps), min_size=1, max_size=25)


def fields(card: ReviewCard | fsrs.Card) -> tuple[object, ...]:
    return (
        int(card.state),
        card.step,
        card.stability,
        card.difficulty,
        card.due,
        card.last_review,
    )


@given(histories)
def test_schedules_equal_py_fsrs(history: list[tuple[Rating, timedelta]]) -> None:
    schedule = Schedule()
    theirs = fsrs.Scheduler(desired_retention=0.9, enable_fuzzing=False)
    card = schedule.new_card("q1", "chung", START)
    their_card = fsrs.Card(card_id=1, due=START)
    now = START
    for rating, gap in history:
        now += gap
        card = schedule.review(card, rating, now)
        their_card, _ = theirs.review_card(their_card, rating, now)
        assert fields(card) == fields(their_card)
        later = now + gap
        assert schedule.retrievability(card, later) == theirs.get_card_retrievability(
            their_card, later
        )


def test_published_intervals() -> None:
    """py-fsrs's tests/test_basic.py, test_review_card: each review at the moment it falls due."""
    ratings = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
    schedule = Schedule()
    card = schedule.new_card("q1", None, START)
    days = []
    now = START
    for rating in ratings:
        card = schedule.review(card, rating, now)
        assert card.last_review == now
        days.append((card.due - now).days)
        now = card.due
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_published_memory_state() -> None:
    """py-fsrs's tests/test_basic.py, test_memo_state: stability and difficulty after these."""
    schedule = Schedule()
    card = schedule.new_card("q1", None, START)
    now = START
    for rating, days in zip([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21], strict=True):
        now += timedelta(days=days)
        card = schedule.review(card, rating, now)
    assert card.stability == pytest.approx(53.62691, abs=1e-4)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(
    ("rating", "seconds"), [(AGAIN, 60), (HARD, 330), (GOOD, 600), (EASY, 8 * 86400)]
)
def test_published_first_steps(rating: Rating, seconds: int) -> None:
    """py-fsrs's tests: 1, 5.5 and 10 minutes; Easy goes to days at once (S0(Easy) = 8.3 days)."""
    schedule = Schedule()
    card = schedule.review(schedule.new_card("q1", None, START), rating, START)
    assert (card.due - START).total_seconds() == seconds


def test_a_new_card_is_due_at_once_and_not_remembered() -> None:
    schedule = Schedule()
    card = schedule.new_card("q1", "chung", START)
    assert card == ReviewCard("q1", "chung", 1, 0, None, None, START, None)
    assert schedule.retrievability(card, START) == 0


@given(histories, st.timedeltas(timedelta(microseconds=1), timedelta(days=4000)))
def test_a_clock_set_back_counts_as_the_last_review(
    history: list[tuple[Rating, timedelta]], back: timedelta
) -> None:
    schedule = Schedule()
    card = schedule.new_card("q1", None, START)
    now = START
    for rating, gap in history:
        now += gap
        card = schedule.review(card, rating, now)
    for rating in Rating:
        assert schedule.review(card, rating, now - back) == schedule.review(card, rating, now)
    assert schedule.retrievability(card, now - back) == 1


@given(histories)
def test_reviewing_leaves_the_old_card_as_it_was(
    history: list[tuple[Rating, timedelta]],
) -> None:
    schedule = Schedule()
    card = schedule.new_card("q1", None, START)
    now = START
    for rating, gap in history:
        now += gap
        before = replace(card)
        after = schedule.review(card, rating, now)
        assert card == before
        assert after.due > now
        assert after.question_id == card.question_id
        card = after


@pytest.mark.parametrize("zone", [ZoneInfo("Asia/Ho_Chi_Minh"), timezone(timedelta(hours=-5))])
def test_the_zone_of_a_time_makes_no_difference(zone: timezone | ZoneInfo) -> None:
    schedule = Schedule()
    new = schedule.new_card("q1", None, START.astimezone(zone))
    card = schedule.review(new, GOOD, START.astimezone(zone))
    assert card == schedule.review(schedule.new_card("q1", None, START), GOOD, START)
    assert card.due.tzinfo is UTC


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(QuizError, match="múi giờ"):
        Schedule().new_card("q1", None, START.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"state": 7}, "trạng thái phải là 1, 2 hoặc 3, đang là 7"),
        ({"state": 2, "step": None}, "thiếu độ bền"),
        ({"state": 3, "stability": 1.0, "difficulty": 5.0, "step": None}, "thiếu bước"),
    ],
)
def test_a_damaged_card_is_named(change: dict[str, object], message: str) -> None:
    schedule = Schedule()
    card = replace(schedule.new_card("q1", None, START), **change)  # type: ignore[arg-type]
    with pytest.raises(QuizError, match=rf"Thẻ ôn q1 .*{message}"):
        schedule.review(card, GOOD, START)


@pytest.mark.parametrize(
    ("score", "seconds", "rating"),
    [
        (RIGHT, 5.0, GOOD),
        (RIGHT, 30.0, GOOD),
        (RIGHT, 30.1, HARD),
        (RIGHT, None, GOOD),
        (RIGHT, -3.0, GOOD),  # the clock was set back while the question was open
        (PARTLY, 5.0, AGAIN),
        (WRONG, 500.0, AGAIN),
        (WRONG, None, AGAIN),
    ],
)
def test_ratings(score: Score, seconds: float | None, rating: Rating) -> None:
    assert rating_of(score, seconds, slow_after=30.0) is rating


def test_slow_is_twice_the_reading_time_and_ten_seconds() -> None:
    # 9 syllables asked and 4 options of 3: 21 at 200 a minute are 6.3 s; 10 + 2 × 6.3
    assert slow_after(question()) == pytest.approx(22.6)
