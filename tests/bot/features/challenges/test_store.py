import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.access.person import Identity
from bot.database import Database
from bot.features.challenges.challenge import (
    ON_THE_WAY,
    QUESTION_SECONDS,
    AskedQuestion,
    Challenge,
    ChallengeState,
    NewChallenge,
    PlannedQuestion,
)
from bot.features.challenges.errors import ChallengeRunningError
from bot.features.challenges.personal_data import ChallengesOfPerson
from bot.features.challenges.store import ChallengeStore

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
CHAT = -1001000000001
PLAN = (
    PlannedQuestion("a", "0" * 16, (2, 0, 1), (2,)),
    PlannedQuestion("b", "1" * 16, (0, 1, 2), (0, 1)),
)
NEW = NewChallenge(CHAT, "ngay", 1, PLAN)
LAN, MINH = Identity(1, "Lan"), Identity(2, "Minh")


def after(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


@pytest.fixture
def store(database: Database) -> ChallengeStore:
    return ChallengeStore(database)


async def ask(store: ChallengeStore, challenge: Challenge, poll_id: str = "p0") -> AskedQuestion:
    question = await store.current(challenge.id)
    assert question is not None
    await store.asked(question, poll_id, 7, challenge.seconds, NOW)
    return question


async def right_of(store: ChallengeStore, challenge: Challenge) -> dict[int, bool]:
    outcome = await store.outcome(challenge.id)
    assert outcome is not None
    return {answer.person_id: answer.correct for answer in outcome.answers}


async def test_a_challenge_goes_question_by_question(store: ChallengeStore) -> None:
    challenge = await store.begin(NEW, NOW)
    assert await store.running_in(CHAT) == challenge == await store.get(challenge.id)
    assert await store.length(challenge.id) == 2
    for position, poll_id in enumerate(("p0", "p1")):
        question = await ask(store, challenge, poll_id)
        assert question.position == position
        plan = PLAN[position]
        assert (question.question_id, question.content_hash) == (
            plan.question_id,
            plan.content_hash,
        )
        assert (question.option_order, question.correct) == (plan.option_order, plan.correct)
        asked = await store.current(challenge.id)
        assert asked is not None
        assert asked.closes_at == after(challenge.seconds) + ON_THE_WAY
        await store.close(question)
    assert await store.current(challenge.id) is None
    assert await store.end(challenge.id, ChallengeState.FINISHED, NOW)
    assert not await store.end(challenge.id, ChallengeState.STOPPED, NOW)
    assert [c.state for c in await store.unfinished(after(-1))] == [ChallengeState.FINISHED]
    assert await store.unfinished(after(1)) == []
    await store.note_announced(challenge.id)
    assert await store.unfinished(after(-1)) == []


async def test_one_challenge_a_chat_at_a_time(store: ChallengeStore) -> None:
    begun = await asyncio.gather(*(store.begin(NEW, NOW) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(one, ChallengeRunningError) for one in begun) == 3
    (first,) = (one for one in begun if isinstance(one, Challenge))
    await store.begin(replace(NEW, chat_id=-2), NOW)
    await store.end(first.id, ChallengeState.STOPPED, NOW)
    assert (await store.begin(NEW, NOW)).state is ChallengeState.RUNNING


@pytest.mark.parametrize(
    ("poll", "places", "correct"),
    [
        ("p0", [0], True),  # the poll's first option is the bank's third
        ("p0", [2], False),
        ("p1", [1, 0], True),
        ("p1", [0], False),
        ("p1", [0, 1, 2], False),
    ],
)
async def test_what_is_right(
    store: ChallengeStore, poll: str, places: list[int], *, correct: bool
) -> None:
    challenge = await store.begin(NEW, NOW)
    if poll == "p1":
        await store.close(await ask(store, challenge))
    await ask(store, challenge, poll)
    assert await store.answer(poll, LAN, places, after(3))
    assert await right_of(store, challenge) == {1: correct}


async def test_only_the_first_answer_counts_and_none_is_counted_twice(
    store: ChallengeStore,
) -> None:
    challenge = await store.begin(NEW, NOW)
    await ask(store, challenge)
    await asyncio.gather(*(store.answer("p0", LAN, [0], after(3)) for _ in range(4)))
    await store.answer("p0", LAN, [1], after(5))
    outcome = await store.outcome(challenge.id)
    assert outcome is not None
    assert [(a.person_id, a.correct, a.seconds) for a in outcome.answers] == [(1, True, 3.0)]
    assert (outcome.planned, outcome.asked) == (2, 1)


async def test_an_answer_can_be_withdrawn_while_the_question_is_open(
    store: ChallengeStore,
) -> None:
    challenge = await store.begin(NEW, NOW)
    question = await ask(store, challenge)
    await store.answer("p0", LAN, [1], after(3))
    await store.answer("p0", MINH, [0], after(3))
    await store.answer("p0", LAN, [], after(4))
    assert await right_of(store, challenge) == {2: True}
    await store.answer("p0", LAN, [0], after(6))
    assert await right_of(store, challenge) == {1: True, 2: True}
    await store.close(question)
    await store.answer("p0", LAN, [], after(7))
    assert await right_of(store, challenge) == {1: True, 2: True}


@pytest.mark.parametrize("why", ["closed", "ended"])
async def test_a_late_answer_changes_nothing(store: ChallengeStore, why: str) -> None:
    challenge = await store.begin(NEW, NOW)
    question = await ask(store, challenge)
    if why == "closed":
        await store.close(question)
    if why == "ended":
        await store.end(challenge.id, ChallengeState.STOPPED, after(5))
    assert await store.answer("p0", LAN, [0], after(6))
    assert await right_of(store, challenge) == {}


async def test_a_poll_of_somebody_else_is_not_taken(store: ChallengeStore) -> None:
    await store.begin(NEW, NOW)
    assert not await store.answer("p9", LAN, [0], NOW)


@pytest.mark.parametrize(("jump", "seconds"), [(-3600, 0), (86_400, QUESTION_SECONDS + 2)])
async def test_a_clock_put_back_or_on_takes_no_answer_away(
    store: ChallengeStore, jump: int, seconds: float
) -> None:
    """And makes nobody faster than light, nor slower than the question was open."""
    challenge = await store.begin(NEW, NOW)
    await ask(store, challenge)
    await store.answer("p0", LAN, [0], after(jump))
    outcome = await store.outcome(challenge.id)
    assert outcome is not None
    assert [answer.seconds for answer in outcome.answers] == [seconds]


async def test_what_is_kept_of_a_person_is_shown_and_erased(
    store: ChallengeStore, database: Database
) -> None:
    data = ChallengesOfPerson(database)
    challenge = await store.begin(NEW, NOW)
    await ask(store, challenge)
    await store.answer("p0", LAN, [0], after(3))
    await store.answer("p0", MINH, [0], after(4))
    kept = await data.export(1)
    assert kept is not None
    assert [entry["Tên"] for entry in kept["Đã trả lời"]] == ["Lan"]
    assert len(kept["Đã mở"]) == 1
    await data.erase(1)
    assert await data.export(1) is None
    assert await right_of(store, challenge) == {2: True}
    left = await store.get(challenge.id)
    assert left is not None
    assert left.started_by is None


UPGRADED = -1001000000002


async def test_an_upgraded_group_keeps_what_it_has(store: ChallengeStore) -> None:
    over = await store.begin(NEW, NOW)
    await store.end(over.id, ChallengeState.FINISHED, NOW)
    running = await store.begin(NEW, NOW)
    elsewhere = await store.begin(replace(NEW, chat_id=-1003), NOW)
    for _ in range(2):  # both chats tell of it
        assert await store.move(CHAT, UPGRADED, NOW) == []
        assert await store.running_in(UPGRADED) == replace(running, chat_id=UPGRADED)
    assert await store.running_in(CHAT) is None
    assert await store.get(elsewhere.id) == elsewhere
    moved = await store.get(over.id)
    assert moved is not None
    assert (moved.chat_id, moved.state) == (UPGRADED, ChallengeState.FINISHED)
    assert await store.move(UPGRADED, UPGRADED, NOW) == []
    assert await store.running_in(UPGRADED) is not None


async def test_of_two_challenges_in_an_upgraded_group_the_newer_goes_on(
    store: ChallengeStore,
) -> None:
    old = await store.begin(NEW, NOW)
    new = await store.begin(replace(NEW, chat_id=UPGRADED), NOW)
    assert await store.move(CHAT, UPGRADED, NOW) == [old.id]
    assert await store.running_in(UPGRADED) == new
    stopped = await store.get(old.id)
    assert stopped is not None
    assert (stopped.chat_id, stopped.state) == (UPGRADED, ChallengeState.STOPPED)
