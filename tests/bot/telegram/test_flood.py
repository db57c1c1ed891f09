import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.telegram.flood import GROUP_LIMITS, PERSON_LIMITS, FloodGuard, Kind, Verdict
from tests.bot.conftest import GROUP
from tests.bot.offline_request import DATE
from tests.bot.whole_bot import MORNING, HandClock

FILE = {"file_id": "f", "file_unique_id": "f"}
CHANNEL = {"id": -1002, "type": "channel", "title": "Tin tức"}


def person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Lan"}


def update(
    kind: Kind | None,
    sender: int = 1,
    chat: dict[str, Any] | None = None,
    sent: dt.datetime = MORNING + dt.timedelta(days=9),  # later than any of these tests
) -> Update:
    """An update of a kind; of None, an answer to a poll."""
    place = chat or {"id": sender, "type": "private"}
    date = int(sent.timestamp())
    message = {"message_id": 1, "date": date, "from": person(sender), "chat": place}
    query = {"id": "1", "from": person(sender)}
    content: dict[Kind | None, dict[str, Any]] = {
        Kind.MESSAGE: {"message": {**message, "text": "x"}},
        Kind.FILE: {"message": {**message, "document": FILE}},
        Kind.PRESS: {"callback_query": {**query, "chat_instance": "1", "message": message}},
        Kind.INLINE: {"inline_query": {**query, "query": "x", "offset": ""}},
        Kind.REACTION: {
            "message_reaction": {
                "chat": place,
                "message_id": 1,
                "user": person(sender),
                "date": DATE,
                "old_reaction": [],
                "new_reaction": [],
            }
        },
        None: {
            "poll_answer": {
                "poll_id": "1",
                "user": person(sender),
                "option_ids": [0],
                "option_persistent_ids": ["0"],
            }
        },
    }
    return Update.de_json({"update_id": 1, **content[kind]}, None)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def guard(clock: HandClock) -> FloodGuard:
    return FloodGuard(clock.now)


@pytest.mark.parametrize("kind", Kind)
def test_a_burst_passes_the_next_is_told_the_rest_dropped(guard: FloodGuard, kind: Kind) -> None:
    burst = PERSON_LIMITS[kind].burst
    judged = [guard.judge(update(kind)) for _ in range(burst + 40)]
    assert judged == [Verdict.PASS] * burst + [Verdict.TELL] + [Verdict.DROP] * 39
    assert guard.judge(update(kind, sender=2)) is Verdict.PASS  # somebody else's


def test_answers_to_polls_are_never_dropped(guard: FloodGuard) -> None:
    assert {guard.judge(update(None)) for _ in range(500)} == {Verdict.PASS}


def test_what_telegram_tells_of_a_chat_is_never_dropped(guard: FloodGuard) -> None:
    moved = {"message_id": 1, "date": DATE, "from": person(1), "chat": GROUP}
    service = {"update_id": 1, "message": {**moved, "migrate_from_chat_id": -5}}
    assert {guard.judge(Update.de_json(service, None)) for _ in range(99)} == {Verdict.PASS}


def test_a_flood_of_one_kind_leaves_the_others(guard: FloodGuard) -> None:
    for _ in range(50):
        guard.judge(update(Kind.MESSAGE))
    assert guard.judge(update(Kind.PRESS)) is Verdict.PASS


@pytest.mark.parametrize("kind", [Kind.MESSAGE, Kind.FILE])
def test_what_waited_while_the_bot_was_away_is_no_flood(guard: FloodGuard, kind: Kind) -> None:
    pause = dt.timedelta(seconds=1 / PERSON_LIMITS[kind].per_second)
    backlog = [update(kind, sent=MORNING - number * pause) for number in range(99, -1, -1)]
    assert {guard.judge(each) for each in backlog} == {Verdict.PASS}
    at_once = [guard.judge(update(kind)) for _ in range(99)]
    assert at_once.count(Verdict.PASS) <= PERSON_LIMITS[kind].burst


def test_it_is_told_again_after_calm(guard: FloodGuard, clock: HandClock) -> None:
    burst, speed = PERSON_LIMITS[Kind.MESSAGE].burst, PERSON_LIMITS[Kind.MESSAGE].per_second
    for _ in range(50):
        guard.judge(update(Kind.MESSAGE))
    clock.pass_time(seconds=1 / speed)
    after = [guard.judge(update(Kind.MESSAGE)) for _ in range(2)]
    assert after == [Verdict.PASS, Verdict.DROP]  # one token came, but no calm
    clock.pass_time(seconds=burst / speed)
    judged = [guard.judge(update(Kind.MESSAGE)) for _ in range(burst + 2)]
    assert judged == [Verdict.PASS] * burst + [Verdict.TELL, Verdict.DROP]


def test_a_group_is_told_once_however_many_write(guard: FloodGuard) -> None:
    burst = GROUP_LIMITS[Kind.MESSAGE].burst
    judged = [guard.judge(update(Kind.MESSAGE, n, GROUP)) for n in range(burst + 20)]
    assert judged == [Verdict.PASS] * burst + [Verdict.TELL] + [Verdict.DROP] * 19
    assert guard.judge(update(Kind.MESSAGE, 1)) is Verdict.PASS  # in private one goes on


def test_a_clock_that_is_put_back_mutes_nobody(guard: FloodGuard, clock: HandClock) -> None:
    for _ in range(50):
        guard.judge(update(Kind.MESSAGE))
    clock.pass_time(days=-1)
    guard.judge(update(Kind.MESSAGE))
    clock.pass_time(seconds=60)
    assert guard.judge(update(Kind.MESSAGE)) is Verdict.PASS


@given(st.lists(st.floats(0, 30), min_size=1, max_size=80))
def test_nobody_passes_more_than_the_limit(pauses: list[float]) -> None:
    clock = HandClock()
    guard = FloodGuard(clock.now)
    limit = PERSON_LIMITS[Kind.MESSAGE]
    passed = 0
    for pause in pauses:
        clock.pass_time(seconds=pause)
        passed += guard.judge(update(Kind.MESSAGE)) is Verdict.PASS
        most = limit.burst + (clock.now() - MORNING) / dt.timedelta(seconds=1) * limit.per_second
        assert passed <= most + 1e-6


def test_who_is_calm_is_forgotten(guard: FloodGuard, clock: HandClock) -> None:
    for number in range(5000):
        guard.judge(update(Kind.MESSAGE, number))
        clock.pass_time(seconds=2)
    assert len(guard._buckets) <= 4096
