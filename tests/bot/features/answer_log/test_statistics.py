import datetime as dt
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import Database
from bot.features.answer_log.logged_answer import Vote
from bot.features.answer_log.personal_data import AnswersOfPerson
from bot.features.answer_log.retention import Retention
from bot.features.answer_log.statistics import (
    DayCounts,
    LatencyHistogram,
    Ranked,
    Statistics,
    TopicCount,
    summarise,
)
from bot.features.answer_log.statistics_query import statistics
from bot.features.answer_log.store import AnswerLog
from bot.features.retention.feature import PURGING_SECONDS
from bot.office_time import Period, office_day
from bot.upkeep import Upkeep
from tests.bot.features.answer_log.logged import NOON, PASSAGE, a_refusal, an_answer
from tests.bot.whole_bot import HandClock

LATENCIES = st.lists(st.floats(0.02, 1e6), min_size=1, max_size=200)
MOMENTS = st.integers(1_577_836_800_000_000, 2_051_222_400_000_000).map(
    lambda microseconds: (
        dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=microseconds)
    )
)


@given(LATENCIES, st.floats(0.01, 100))
def test_percentiles_are_within_one_per_cent(latencies: list[float], percent: float) -> None:
    exact = sorted(latencies)[math.ceil(percent / 100 * len(latencies)) - 1]
    found = LatencyHistogram.of(latencies).percentile(percent)
    assert found == pytest.approx(exact, rel=0.0101)


@given(LATENCIES, LATENCIES)
def test_histograms_add_up(one: list[float], other: list[float]) -> None:
    assert LatencyHistogram.of(one) + LatencyHistogram.of(other) == LatencyHistogram.of(one + other)


def test_no_answers_have_no_percentile() -> None:
    assert LatencyHistogram().percentile(95) is None
    for percent in (0, 101):
        with pytest.raises(ValueError, match="percent"):
            LatencyHistogram().percentile(percent)


@given(MOMENTS)
def test_a_day_begins_at_midnight_in_the_office(moment: dt.datetime) -> None:
    day = office_day(moment)
    begins = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) - dt.timedelta(hours=7)
    assert begins <= moment < begins + dt.timedelta(days=1)


@given(MOMENTS, st.integers(1, 400))
def test_a_period_ends_today_and_has_its_days(moment: dt.datetime, days: int) -> None:
    period = Period.up_to(moment, days)
    assert period.last == office_day(moment)
    assert len(period.days()) == period.length == days


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="must not end"):
        Period(dt.date(2026, 1, 2), dt.date(2026, 1, 1))


DAY_COUNTS = st.builds(
    DayCounts,
    st.dates(dt.date(2026, 10, 20), dt.date(2026, 11, 30)),
    *[st.integers(0, 9)] * 5,
)


@given(st.lists(DAY_COUNTS, max_size=60))
def test_days_add_up_and_what_is_outside_is_left_out(parts: list[DayCounts]) -> None:
    period = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 14))
    found = summarise(period, parts, [], LatencyHistogram(), people=0, people_from=None)
    inside = [part for part in parts if period.first <= part.day <= period.last]
    assert [day.day for day in found.days] == period.days()
    assert found.questions == sum(part.questions for part in inside)
    assert found.total.down == sum(part.down for part in inside)
    assert found.answered_share == (
        found.total.answered / found.questions if found.questions else None
    )


def test_topics_are_ranked_by_article_and_by_nearest_heading() -> None:
    counts = [
        TopicCount("A", "Lịch sử › Ngày 28/8", 3),
        TopicCount("A", "Nguyên tắc", 2),
        TopicCount("B", "Kết quả › Ngày 28/8", 4),
        TopicCount("C", "", 9),
    ]
    period = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 1))
    found = summarise(period, [], counts, LatencyHistogram(), people=0, people_from=None)
    assert found.articles == (Ranked("C", 9), Ranked("A", 5), Ranked("B", 4))
    assert found.topics == (Ranked("Ngày 28/8", 7), Ranked("Nguyên tắc", 2))


def days_before(days: int, **more: int) -> dt.datetime:
    return NOON - dt.timedelta(days=days, **more)


async def a_year_of_answers(database: Database) -> None:
    """About three questions a day for a year, some of them refused, some with votes."""
    answer_log = AnswerLog(database)
    rng = random.Random(7)  # noqa: S311 -- plays no part in security
    for number in range(120):
        days = rng.randrange(365)
        moment = days_before(days)
        if number % 4:
            answer = an_answer(
                shown_at=moment, person_id=number % 9, latency_ms=rng.lognormvariate(3, 1)
            )
        else:
            answer = a_refusal("giá vàng", shown_at=moment, person_id=number % 9)
        await answer_log.add(answer)
        if number % 5 == 0:
            for person in range(3):
                vote = Vote.DOWN if person == 2 else Vote.UP
                await answer_log.vote(answer.answer_id, person, vote, moment)


async def test_a_purge_keeps_the_counts(database: Database) -> None:
    await a_year_of_answers(database)
    period = Period.up_to(NOON, 365)
    before = await statistics(database, period)
    assert (before.questions, before.total.refused) == (120, 30)
    assert (before.total.up, before.total.down) == (48, 24)
    assert (before.people, before.people_from) == (9, None)
    retention = Retention(database, 30, now=lambda: NOON)
    deleted = await retention.purge()
    assert 80 < deleted < 120
    assert await retention.purge() == 0
    after = await statistics(database, period)
    assert after.days == before.days
    assert (after.articles, after.topics) == (before.articles, before.topics)
    assert (after.latency_p50, after.latency_p95) == (before.latency_p50, before.latency_p95)
    assert after.people_from is not None
    assert after.people_from >= (NOON - dt.timedelta(days=30)).date()
    await Retention(database, 0, now=lambda: NOON + dt.timedelta(days=1)).purge()
    emptied = await statistics(database, period)
    assert (emptied.days, emptied.people) == (before.days, 0)


@pytest.mark.parametrize(
    ("kept_days", "left"), [(0, {"today"}), (1, {"today", "yesterday", "late yesterday"})]
)
async def test_whole_days_of_the_office_are_kept(
    database: Database, kept_days: int, left: set[str]
) -> None:
    midnight = dt.datetime(2026, 11, 19, 17, tzinfo=dt.UTC)
    moments = {
        "today": midnight,
        "late yesterday": midnight - dt.timedelta(microseconds=1),
        "yesterday": midnight - dt.timedelta(days=1),
        "the day before": midnight - dt.timedelta(days=1, microseconds=1),
    }
    answer_log = AnswerLog(database)
    answers = {name: an_answer(shown_at=moment) for name, moment in moments.items()}
    for answer in answers.values():
        await answer_log.add(answer)
    await Retention(database, kept_days, now=lambda: NOON).purge()
    kept = {name for name, a in answers.items() if await answer_log.answer(a.answer_id)}
    assert kept == left


async def test_erasing_a_person_leaves_the_numbers(database: Database) -> None:
    answer_log = AnswerLog(database)
    for person in (1, 1, 2):
        answer = an_answer(person_id=person)
        await answer_log.add(answer)
        await answer_log.vote(answer.answer_id, 1, Vote.DOWN, NOON)
    before = await statistics(database, Period.up_to(NOON, 7))
    await AnswersOfPerson(database).erase(1)
    after = await statistics(database, Period.up_to(NOON, 7))
    assert (after.total.answered, after.total.down) == (3, 3)
    assert before.articles == after.articles == (Ranked(PASSAGE.title, 3),)


async def test_an_empty_record_has_empty_statistics(database: Database) -> None:
    found: Statistics = await statistics(database, Period.up_to(NOON, 30))
    assert (found.questions, found.people, found.latency_p95, found.articles) == (0, 0, None, ())


async def test_the_purge_runs_at_start_and_as_days_end(database: Database) -> None:
    clock = HandClock(NOON)
    answer_log = AnswerLog(database)
    old, new = an_answer(shown_at=days_before(2)), an_answer()
    for answer in (old, new):
        await answer_log.add(answer)
    purging = Upkeep("answer_log", PURGING_SECONDS, clock)
    purging.start(Retention(database, 1, now=clock.now).purge)
    await clock.passes(PURGING_SECONDS)
    assert await answer_log.answer(old.answer_id) is None
    assert await answer_log.answer(new.answer_id) is not None
    await clock.passes(2 * 24 * 3600)
    await clock.passes(PURGING_SECONDS)
    await purging.close()
    assert await answer_log.answer(new.answer_id) is None
    found = await statistics(database, Period.up_to(clock.now(), 30))
    assert found.questions == 2
