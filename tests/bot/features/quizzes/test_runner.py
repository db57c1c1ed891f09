"""Quizzes as they run: nothing is lost, nothing counts twice, whatever happens on the way."""

import datetime as dt
import random
from typing import Any

import pytest
from sqlalchemy import select
from telegram import User

from bot.features.quizzes import texts
from bot.features.quizzes.session import Attempt, NewQuiz, QuizSession
from bot.features.quizzes.store import QuizStore
from bot.features.quizzes.tables import (
    AttemptRow,
    AttemptState,
    ReviewCardRow,
    ReviewRow,
    SessionKind,
    SessionState,
)
from bot.office_time import utc_now
from bot.sandbox.faults import FaultRequest
from bot.sandbox.persona import Persona, SeenMessage
from knowledge.quiz.schedule import Rating, Schedule
from tests.bot.features.quizzes.conftest import School
from tests.bot.features.quizzes.quiz_people import asked, next_poll, right_places, wrong_place

NEWCOMER = 1002
TOPIC = "hai_thao_ba_dung"


def single(school: School, count: int = 3) -> list[str]:
    """Questions of the topic with one right option."""
    topic = school.service.study.pool.topic(TOPIC)
    assert topic is not None
    return [q.question_id for q in topic.questions if not q.takes_several][:count]


async def begin(school: School, questions: list[str]) -> SeenMessage:
    newcomer = school.persona()
    await newcomer.starts()
    quiz = NewQuiz(NEWCOMER, SessionKind.PRACTICE, TOPIC, tuple(questions))
    await school.service.runner.begin(school.bot, quiz)
    return await next_poll(newcomer)


async def session_of(school: School) -> tuple[QuizSession | None, tuple[Attempt, ...]]:
    """The newest quiz with its attempts."""
    store = QuizStore(school.database)
    found = await store.session(1)
    return found, await store.attempts(1)


async def reviews(school: School) -> list[int]:
    async with school.database.session() as session:
        return list(await session.scalars(select(ReviewRow.rating).order_by(ReviewRow.id)))


def bank(school: School) -> Any:
    return school.service.study.pool.everything


async def answers_right(school: School, message: SeenMessage) -> None:
    await message.vote(*right_places(bank(school), message.poll))
    await school.deliver()


async def test_every_question_names_its_source(school: School) -> None:
    poll = (await begin(school, single(school))).poll
    assert poll["type"] == "quiz"
    assert not poll["is_anonymous"]
    assert poll["question"].startswith("Câu 1/3. ")
    school.clock.pass_time(seconds=5)
    newcomer = school.persona()
    message = (await newcomer.messages())[-1]
    await message.vote(wrong_place(bank(school), message.poll))
    revealed = (await newcomer.messages())[-1].data["sandbox"]
    await school.deliver()
    said = await newcomer.receives(where=lambda m: m.text.startswith("❌"))
    question = asked(bank(school), message.poll)
    assert question.quote in said.text
    assert said.buttons == ["📄 Nguồn"]
    assert "📄" in str(message.poll) + str(revealed)


async def test_several_right_options_may_be_chosen(school: School) -> None:
    question = next(q for q in bank(school).questions.values() if q.takes_several)
    message = await begin(school, [question.question_id])
    assert message.poll["allows_multiple_answers"]
    places = right_places(bank(school), message.poll)
    await message.vote(places[0])
    await school.deliver()
    said = await school.persona().receives()
    assert said.text.startswith("➗ Đúng một phần")
    _, attempts = await session_of(school)
    assert attempts[0].correct is False
    assert attempts[0].score == pytest.approx(1 / len(question.correct))


async def test_a_second_a_late_a_withdrawn_and_a_strangers_answer_change_nothing(
    school: School,
) -> None:
    message = await begin(school, single(school))
    poll_id = message.poll["id"]
    right = right_places(bank(school), message.poll)
    wrong = wrong_place(bank(school), message.poll)
    runner = school.service.runner
    me, stranger = User(NEWCOMER, "Mới", is_bot=False), User(1004, "Lạ", is_bot=False)
    # somebody answers the forwarded poll; one's own answer is taken back before it was given
    assert await runner.answered(school.bot, poll_id, stranger, [wrong])
    assert await runner.answered(school.bot, poll_id, me, [])
    _, attempts = await session_of(school)
    assert [attempt.state for attempt in attempts] == [AttemptState.ASKED]
    assert await runner.answered(school.bot, poll_id, me, right)
    # the same answer delivered twice, another one, a withdrawal, places that are not there
    for options in (right, [wrong], [], [99]):
        assert await runner.answered(school.bot, poll_id, me, options)
    _, attempts = await session_of(school)
    assert [attempt.correct for attempt in attempts] == [True, None]
    assert await reviews(school) == [Rating.Good]
    assert not await runner.answered(school.bot, "no such poll", stranger, [0])


async def test_an_answer_that_came_to_nobody_is_read_from_the_poll(school: School) -> None:
    message = await begin(school, single(school))
    await message.vote(wrong_place(bank(school), message.poll))
    await school.lose_updates()
    assert await school.service.runner.go_on(school.bot, NEWCOMER)
    await next_poll(school.persona())
    _, attempts = await session_of(school)
    assert [attempt.correct for attempt in attempts] == [False, None]
    # the answer is delivered after all
    answer = User(NEWCOMER, "Mới", is_bot=False)
    await school.service.runner.answered(school.bot, message.poll["id"], answer, [0])
    assert await reviews(school) == [Rating.Again]


async def test_a_result_that_was_not_sent_is_told_after(school: School) -> None:
    message = await begin(school, single(school))
    school.sandbox.world.faults.add(FaultRequest(kind="server_error", method="sendMessage"))
    while True:
        session, attempts = await session_of(school)
        await answers_right(school, message)
        if len(attempts) == len(session.questions):
            break
        message = await next_poll(school.persona())
    assert "poll" in (await school.persona().messages())[-1].data  # the result was not sent
    for _ in range(2):  # and is told once only
        school.clock.pass_time(seconds=30)
        await school.service.tick(school.bot)
    told = [m for m in await school.persona().messages() if "100%" in m.text]
    assert len(told) == 1


async def test_an_old_question_waits_quietly_over_a_start(school: School) -> None:
    message = await begin(school, single(school))
    school.clock.pass_time(hours=1)
    await school.service.tick(school.bot)
    await answers_right(school, message)
    _, attempts = await session_of(school)
    assert [attempt.correct for attempt in attempts] == [True, None]


async def test_a_poll_whose_sending_was_never_confirmed_still_counts(school: School) -> None:
    school.sandbox.world.faults.add(FaultRequest(kind="lost_reply", method="sendPoll"))
    lost = await begin(school, single(school))
    _, attempts = await session_of(school)
    assert [attempt.state for attempt in attempts] == [AttemptState.PREPARED]
    # it is sent again later, with the options in the same order; the first one is answered
    school.clock.pass_time(seconds=30)
    await school.service.tick(school.bot)
    again = await next_poll(school.persona())
    assert [o["text"] for o in again.poll["options"]] == [o["text"] for o in lost.poll["options"]]
    await answers_right(school, lost)
    _, attempts = await session_of(school)
    assert [attempt.correct for attempt in attempts] == [True, None]
    # the other poll of the same question counts no more
    await again.vote(wrong_place(bank(school), again.poll))
    await school.deliver()
    _, attempts = await session_of(school)
    assert [attempt.correct for attempt in attempts] == [True, None]
    assert await reviews(school) == [Rating.Good]


@pytest.mark.parametrize("seed", range(4))
async def test_no_vote_is_lost_or_doubled_where_anything_may_fail(
    school: School, seed: int
) -> None:
    rng, newcomer = random.Random(seed), school.persona()  # noqa: S311
    kinds = ["server_error", "bad_gateway", "nonsense", "timeout", "lost_reply"]
    chosen: list[tuple[str, frozenset[str]]] = []
    poll = await begin(school, single(school, 4))
    while poll is not None:
        options = [option["text"] for option in poll.poll["options"]]
        place = rng.randrange(len(options))
        chosen.append((asked(bank(school), poll.poll).question_id, frozenset({options[place]})))
        for method in ("sendPoll", "sendMessage", "sendPoll"):
            values = {"kind": rng.choice(kinds), "method": method, "delay": 0}
            school.sandbox.world.faults.add(FaultRequest.model_validate(values))
        await poll.vote(place)
        await school.deliver()
        poll = await following(school, newcomer, len(chosen))
    _, attempts = await session_of(school)
    stored = [(one.question_id, chosen_words(school, one)) for one in attempts]
    assert stored == chosen
    assert len(await reviews(school)) == len(chosen)


def chosen_words(school: School, attempt: Attempt) -> frozenset[str]:
    """The options that are stored as chosen."""
    question = bank(school).questions[attempt.question_id]
    return frozenset(question.options[index] for index in attempt.chosen or ())


async def following(school: School, person: Persona, answered: int) -> SeenMessage | None:
    """The question after the first `answered`, however often it is sent; None after the result."""
    while True:
        seen = await person.messages()
        if any(message.text.startswith("🏁") for message in seen):
            return None
        for message in reversed(seen):
            if "poll" in message.data:
                if message.poll["question"].startswith(f"Câu {answered + 1}/"):
                    return message
                break
        school.clock.pass_time(seconds=30)
        await school.service.tick(school.bot)


async def test_pausing_keeps_everything_and_another_quiz_pauses_too(school: School) -> None:
    first = await begin(school, single(school))
    await answers_right(school, first)
    second = await next_poll(school.persona())
    assert await school.service.runner.pause(NEWCOMER)
    assert not await school.service.runner.pause(NEWCOMER)
    other = NewQuiz(NEWCOMER, SessionKind.REVIEW, None, tuple(single(school, 1)))
    await school.service.runner.begin(school.bot, other)
    review = await next_poll(school.persona())
    # the open question of the paused quiz can still be answered: that quiz goes on
    await answers_right(school, second)
    third = await next_poll(school.persona())
    assert third.poll["question"].startswith("Câu 3/3")
    found, _ = await session_of(school)
    assert found is not None
    assert found.state is SessionState.RUNNING
    await answers_right(school, third)
    result = await school.persona().receives(where=lambda m: "đúng 3/3" in m.text)
    assert result.text.startswith("🏁")
    # and so can the review's
    await answers_right(school, review)
    result = await school.persona().receives(where=lambda m: "nhớ 1/1" in m.text)
    assert "Lần ôn tới" in result.text


async def test_going_on_puts_the_open_question_again(school: School) -> None:
    message = await begin(school, single(school))
    await school.service.runner.pause(NEWCOMER)
    assert await school.service.runner.go_on(school.bot, NEWCOMER)
    again = await next_poll(school.persona())
    assert again.poll["question"] == message.poll["question"]
    old = await school.persona().messages()
    assert [m.poll["is_closed"] for m in old if "poll" in m.data] == [True, False]
    assert not await school.service.runner.go_on(school.bot, 1004)


async def test_a_blocked_bot_pauses_the_quiz(school: School) -> None:
    message = await begin(school, single(school))
    await message.vote(*right_places(bank(school), message.poll))
    await school.persona().blocks()
    await school.deliver()
    found, attempts = await session_of(school)
    assert found is not None
    assert found.state is SessionState.PAUSED
    assert attempts[0].correct
    await school.persona().blocks(blocked=False)
    assert await school.service.runner.go_on(school.bot, NEWCOMER)
    assert (await next_poll(school.persona())).poll["question"].startswith("Câu 2/3")


async def test_a_question_retired_on_the_way_is_passed_over(school: School) -> None:
    questions = single(school)
    message = await begin(school, questions)
    await school.service.study.questions.retire(questions[1], "thử", school.clock())
    await school.service.refresh(school.bot, force=True)
    await answers_right(school, message)
    last = await next_poll(school.persona())
    assert asked(bank(school), last.poll).question_id == questions[2]
    await answers_right(school, last)
    result = await school.persona().receives()
    assert "đúng 2/2" in result.text


async def test_a_clock_set_back_harms_nothing(school: School) -> None:
    message = await begin(school, single(school, 1))
    school.clock.pass_time(days=-2)
    await answers_right(school, message)
    _, attempts = await session_of(school)
    assert attempts[0].correct
    async with school.database.session() as session:
        card = await session.scalar(select(ReviewCardRow))
    assert card is not None
    assert card.due > school.clock()


@pytest.mark.parametrize(
    ("seconds", "right", "rating"),
    [(5, True, Rating.Good), (300, True, Rating.Hard), (5, False, Rating.Again)],
)
async def test_answers_feed_the_schedule(
    school: School, seconds: float, *, right: bool, rating: Rating
) -> None:
    message = await begin(school, single(school, 1))
    school.clock.pass_time(seconds=seconds)
    place = right_places(bank(school), message.poll)[0]
    await message.vote(place if right else wrong_place(bank(school), message.poll))
    await school.deliver()
    assert await reviews(school) == [rating]
    async with school.database.session() as session:
        card = await session.scalar(select(ReviewCardRow))
    assert card is not None
    schedule = Schedule()
    new = schedule.new_card(card.question_id, TOPIC, school.clock())
    expected = schedule.review(new, rating, school.clock())
    assert (card.due, card.stability) == (expected.due, expected.stability)


async def test_only_the_first_attempt_at_a_wording_is_marked_so(school: School) -> None:
    questions = single(school, 1)
    await answers_right(school, await begin(school, questions))
    quiz = NewQuiz(NEWCOMER, SessionKind.PRACTICE, TOPIC, tuple(questions))
    await school.service.runner.begin(school.bot, quiz)
    async with school.database.session() as session:
        rows = (await session.scalars(select(AttemptRow.first).order_by(AttemptRow.id))).all()
    assert rows == [True, False]


def closes_by_itself(school: School, message: SeenMessage) -> None:
    """Let Telegram's own time pass, until it closes the poll."""
    world = school.sandbox.world
    world.clock = lambda: utc_now() + dt.timedelta(seconds=message.poll["open_period"])
    world.settle()


@pytest.mark.parametrize("hours", [24, -1])
@pytest.mark.parametrize("quiz_seconds", [20])
async def test_a_clock_that_is_put_on_or_back_takes_no_ones_time(
    school: School, hours: int
) -> None:
    message = await begin(school, single(school))
    school.clock.pass_time(hours=hours)
    await school.service.tick(school.bot)
    again = await next_poll(school.persona())
    assert again.poll["question"] == message.poll["question"]
    await again.vote(*right_places(bank(school), again.poll))  # the bot does not hear of it yet
    school.clock.pass_time(hours=-hours)
    await school.service.tick(school.bot)
    assert (await next_poll(school.persona())).poll["question"].startswith("Câu 2/3")
    await school.deliver()
    _, attempts = await session_of(school)
    assert [attempt.correct for attempt in attempts] == [True, None]
    assert len(await reviews(school)) == 1


@pytest.mark.parametrize("quiz_seconds", [20])
async def test_time_runs_out_though_the_clock_was_put_back(school: School) -> None:
    message = await begin(school, single(school))
    closes_by_itself(school, message)
    school.clock.pass_time(hours=-1)
    await school.service.tick(school.bot)
    assert (await school.persona().receives()).text == texts.EXPIRED


@pytest.mark.parametrize("quiz_seconds", [20])
async def test_time_runs_out_once_and_pauses(school: School) -> None:
    message = await begin(school, single(school))
    assert message.poll["open_period"] == 20
    closes_by_itself(school, message)
    school.clock.pass_time(seconds=40)
    await school.service.tick(school.bot)
    await school.service.tick(school.bot)
    said = await school.persona().receives()
    assert said.text == texts.EXPIRED
    found, attempts = await session_of(school)
    assert found is not None
    assert found.state is SessionState.PAUSED
    assert [(a.state, a.score) for a in attempts] == [(AttemptState.EXPIRED, 0.0)]
    assert await reviews(school) == [Rating.Again]
    late = User(NEWCOMER, "Mới", is_bot=False)
    right = right_places(bank(school), message.poll)
    await school.service.runner.answered(school.bot, message.poll["id"], late, right)
    assert texts.CONTINUE_BUTTON in said.buttons
    await school.service.runner.go_on(school.bot, NEWCOMER)
    assert (await next_poll(school.persona())).poll["question"].startswith("Câu 2/3")
