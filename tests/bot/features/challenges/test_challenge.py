"""Whole challenges in the sandbox's group."""

import asyncio
import datetime as dt
from collections.abc import Iterable

import pytest

from bot.access.audit import AuditLog
from bot.access.person import CLI, Identity
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.challenges import texts
from bot.features.challenges.challenge import AskedQuestion
from bot.features.challenges.store import ChallengeStore
from bot.features.quizzes.feature import QuizzesFeature
from bot.features.quizzes.session import NewQuiz
from bot.features.quizzes.store import QuizStore
from bot.features.quizzes.tables import SessionKind
from bot.sandbox.faults import FaultRequest
from bot.sandbox.persona import SeenMessage
from bot.settings import Access
from bot.telegram import texts as telegram_texts
from tests.bot.features.challenges.conftest import WHOLE_QUESTION, Group
from tests.bot.features.quizzes.quiz_people import right_places, wrong_place
from tests.bot.whole_bot import MORNING, HandClock
from tests.databases import on_postgresql

pytestmark = on_postgresql


def right(group: Group, poll: SeenMessage) -> list[int]:
    return right_places(group.pool.everything, poll.poll)


def wrong(group: Group, poll: SeenMessage) -> int:
    return wrong_place(group.pool.everything, poll.poll)


async def test_a_challenge_from_the_command_to_the_leaderboard(group: Group) -> None:
    begun = await group.command(group.persona("staff"), "/challenge tong hop")
    assert "Thử thách: Tổng hợp" in begun.text
    assert begun.buttons == [texts.STOP_BUTTON]
    for number in range(5):
        poll = await group.next_poll()
        shown = poll.poll
        assert shown["question"].startswith(f"Câu {number + 1}/5. ")
        assert (shown["type"], shown["is_anonymous"], shown["open_period"]) == ("quiz", False, 30)
        await group.timer.passes(2)
        await group.votes("newcomer", poll, *right(group, poll))
        await group.timer.passes(1)
        if number == 4:
            await group.votes("staff", poll, wrong(group, poll))
        else:
            await group.votes("staff", poll, *right(group, poll))
        await group.timer.passes(WHOLE_QUESTION)
    lines = (await group.result()).split("\n")
    assert lines == [
        "🏆 Kết quả thử thách: Tổng hợp",
        "🥇 Minh Trần – 5/5 · 10,0 giây",
        "🥈 Lan Nguyễn – 4/5 · 12,0 giây",
    ]
    again = await group.command(group.persona("staff"), "/challenge 1")
    assert group.pool.bank.topics[0].title in again.text


@pytest.mark.parametrize("hours", [24, -1])
async def test_a_clock_that_is_put_on_or_back_takes_no_answer_away(
    group: Group, hours: int
) -> None:
    await group.command(group.persona("staff"), "/challenge 1")
    first = await group.next_poll()
    await group.timer.passes(1)  # the bot waits
    group.sandbox.world.clock = HandClock()  # Telegram's stands still
    group.timer.pass_time(hours=hours)
    await group.votes("staff", first, *right(group, first))
    for _ in range(4):
        await group.timer.passes(-hours * 3600 + WHOLE_QUESTION if hours < 0 else WHOLE_QUESTION)
        hours = 0
        await group.next_poll()
    await group.timer.passes(WHOLE_QUESTION)
    assert "🥇 Lan Nguyễn – 1/5" in await group.result()


async def test_questions_of_the_chosen_topic_only(group: Group) -> None:
    topic = group.pool.bank.topics[2]
    asked = await group.command(group.persona("staff"), "/challenge")
    assert len(asked.buttons) == len(group.pool.bank.topics) + 1
    label = f"3. {topic.title}"
    refused = await group.while_delivering(group.persona("newcomer").press(asked, 3, 0))
    assert refused.text == telegram_texts.NOT_YOUR_BUTTON
    await group.while_delivering(asked.press(label))
    assert topic.title in (await asked.changes()).text
    texts_of_topic = {question.text for question in topic.questions}
    for _ in range(5):
        poll = await group.next_poll()
        assert poll.poll["question"].partition(". ")[2] in texts_of_topic
        await group.timer.passes(WHOLE_QUESTION)
    assert texts.NOBODY in await group.result()


async def test_a_topic_that_nobody_knows_and_a_private_chat(group: Group) -> None:
    staff = group.persona("staff")
    unknown = await group.command(staff, "/challenge <b>zzzz")
    assert "<b>zzzz" in unknown.text
    assert texts.ALL_BUTTON in unknown.buttons
    await staff.sends("/challenge")
    await group.deliver()
    assert "dành cho nhóm" in (await staff.receives()).text


async def test_one_at_a_time(group: Group) -> None:
    await group.command(group.persona("staff"), "/challenge 1")
    await group.next_poll()
    second = await group.command(group.persona("newcomer"), "/challenge 2")
    while "đang có một thử thách" not in second.text:
        second = await group.persona("newcomer").receives(chat="group")


async def test_a_restart_in_the_middle_goes_on(group: Group) -> None:
    await group.command(group.persona("staff"), "/challenge 1")
    first = await group.next_poll()
    await group.votes("staff", first, *right(group, first))
    await group.timer.passes(WHOLE_QUESTION)
    second = await group.next_poll()
    await group.votes("newcomer", second, *right(group, second))
    await group.restart()
    # still open: an answer counts, and only then comes the next
    await group.votes("staff", second, *right(group, second))
    await group.timer.passes(WHOLE_QUESTION)
    third = await group.next_poll()
    # answered in time, delivered only after the bot was back: too late
    await group.persona("newcomer").vote(third, right(group, third))
    await group.challenges.close()
    group.timer.moment += dt.timedelta(seconds=60)
    await group.restart()
    for _ in range(2):
        poll = await group.next_poll()  # so the one before is closed
        await group.deliver()
        await group.votes("staff", poll, wrong(group, poll))
        await group.timer.passes(WHOLE_QUESTION)
    text = await group.result()
    assert "🥇 Lan Nguyễn – 2/5" in text
    assert "🥈 Minh Trần – 1/5" in text


async def test_after_a_long_absence_the_challenge_ends_with_what_there_is(group: Group) -> None:
    await group.command(group.persona("staff"), "/challenge 1")
    first = await group.next_poll()
    await group.votes("staff", first, *right(group, first))
    await group.challenges.close()
    group.timer.moment += dt.timedelta(hours=2)
    await group.restart()
    text = await group.result()
    assert "sau 1/5 câu" in text
    assert "🥇 Lan Nguyễn – 1/5" not in text
    assert "🥇 Lan Nguyễn – 1/1" in text


async def test_who_may_stop_it(group: Group) -> None:
    begun = await group.command(group.persona("staff"), "/challenge 1")
    poll = await group.next_poll()
    await group.votes("staff", poll, *right(group, poll))
    refused = await group.while_delivering(group.persona("newcomer").press(begun, 0, 0))
    assert (refused.text, refused.show_alert) == (texts.NOT_YOURS_TO_STOP, True)
    stopped = await group.while_delivering(begun.press(texts.STOP_BUTTON))
    assert stopped.text == texts.STOPPED
    text = await group.result()
    assert "dừng sau 1/5 câu" in text
    assert "🥇 Lan Nguyễn" in text
    closed = [m for m in await group.persona("staff").messages("group") if "poll" in m.data]
    assert [message.poll["is_closed"] for message in closed] == [True]


@pytest.mark.parametrize("who", ["chat administrator", "editor"])
async def test_who_looks_after_the_chat_or_the_questions_may_stop_it(
    group: Group, who: str
) -> None:
    key = "admin" if who == "chat administrator" else "newcomer"
    if who == "editor":
        people = People(group.database)
        await people.set_role(CLI, 1002, Role.EDITOR, MORNING, name="Minh")
    begun = await group.command(group.persona("staff"), "/challenge 1")
    await group.next_poll()
    stopped = await group.while_delivering(group.persona(key).press(begun, 0, 0))
    assert stopped.text == texts.STOPPED
    assert "dừng sau 1/5" in await group.result()


@pytest.mark.parametrize("kind", ["server_error", "lost_reply"])
async def test_a_question_that_cannot_be_sent_ends_it_politely(group: Group, kind: str) -> None:
    await group.command(group.persona("staff"), "/challenge 1")
    first = await group.next_poll()
    await group.votes("newcomer", first, *right(group, first))
    fault = FaultRequest.model_validate({"kind": kind, "method": "sendPoll"})
    group.sandbox.world.faults.add(fault)
    await group.timer.passes(WHOLE_QUESTION)
    text = await group.result()
    assert "dừng sau 1/5 câu" in text
    assert "🥇 Minh Trần – 1/1" in text
    again = await group.command(group.persona("staff"), "/challenge 2")
    assert "Thử thách" in again.text


async def test_telegram_asks_to_wait_and_the_question_still_comes(group: Group) -> None:
    group.sandbox.world.faults.add(FaultRequest(kind="flood", method="sendPoll"))
    await group.command(group.persona("staff"), "/challenge 1")
    assert (await group.next_poll()).poll["question"].startswith("Câu 1/5")


async def test_a_leaderboard_comes_after_the_network_is_back(group: Group) -> None:
    begun = await group.command(group.persona("staff"), "/challenge 1")
    await group.next_poll()
    group.sandbox.world.faults.add(
        FaultRequest(kind="server_error", method="sendMessage", count=None)
    )
    await group.while_delivering(begun.press(texts.STOP_BUTTON))
    await group.timer.passes(5)
    await group.timer.passes(30)
    await group.challenges.close()
    group.sandbox.world.faults.clear()
    await group.restart()
    assert "dừng sau 1/5" in await group.result()


@pytest.mark.parametrize("access", [Access.INVITE])
async def test_in_a_closed_office_strangers_play_without_counting(group: Group) -> None:
    people = People(group.database)
    await people.set_role(CLI, 1001, Role.NEWCOMER, MORNING, name="Lan")
    await group.command(group.persona("staff"), "/challenge 1")
    for _ in range(5):
        poll = await group.next_poll()
        await group.votes("staff", poll, *right(group, poll))
        await group.votes("newcomer", poll, *right(group, poll))
        await group.timer.passes(WHOLE_QUESTION)
    text = await group.result()
    assert "Lan Nguyễn" in text
    assert "Minh" not in text
    said = [m for m in await group.persona("staff").messages("group") if m.from_bot]
    assert len(said) == 1 + 5 + 1  # nobody is refused aloud
    denied = [entry async for entry in AuditLog(group.database).all() if entry.denied]
    assert {entry.details["capability"] for entry in denied} == {"learn"}


class HeldStore(ChallengeStore):
    """Notes a sent poll only when it is let to."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.release = asyncio.Event()
        self.missed = asyncio.Event()

    async def answer(
        self, poll_id: str, person: Identity, option_ids: Iterable[int], now: dt.datetime
    ) -> bool:
        found = await super().answer(poll_id, person, option_ids, now)
        if not found:
            self.missed.set()
        return found

    async def asked(
        self, question: AskedQuestion, poll_id: str, message_id: int, seconds: int, now: dt.datetime
    ) -> None:
        await self.release.wait()
        await super().asked(question, poll_id, message_id, seconds, now)


async def test_an_answer_quicker_than_the_polls_number_counts(group: Group) -> None:
    store = HeldStore(group.database)
    group.challenges.runner._store = store
    await group.command(group.persona("staff"), "/challenge 1")
    poll = await group.next_poll()
    await group.persona("staff").vote(poll, right(group, poll))
    delivering = asyncio.ensure_future(group.deliver())
    await store.missed.wait()
    assert not delivering.done()
    store.release.set()
    await delivering
    begun = next(m for m in await group.persona("staff").messages("group") if m.buttons)
    await group.while_delivering(begun.press(texts.STOP_BUTTON))
    assert "🥇 Lan Nguyễn – 1/1 · 0,0 giây" in await group.result()


async def test_the_end_of_the_bot_leaves_no_task(group: Group) -> None:
    await group.command(group.persona("staff"), "/challenge 1")
    await group.next_poll()
    before = asyncio.all_tasks()
    await group.challenges.close()
    assert group.challenges.runner._runs == {}
    assert len(asyncio.all_tasks()) < len(before)


@pytest.fixture
async def quizzed(group: Group) -> SeenMessage:
    """The newcomer's own quiz, whose first question was put twice; its second poll."""
    newcomer = group.persona("newcomer")
    await newcomer.starts()
    await group.deliver()
    runner = group.bot.feature(QuizzesFeature).runner
    ids = tuple(q.question_id for q in group.pool.bank.topics[0].questions[:3])
    topic = group.pool.bank.topics[0].topic_id
    await runner.begin(group.application.bot, NewQuiz(1002, SessionKind.PATH, topic, ids))
    await runner.pause(1002)
    await runner.go_on(group.application.bot, 1002)
    polls = [m for m in await newcomer.messages() if "poll" in m.data]
    assert len(polls) == 2
    return polls[-1]


@pytest.mark.usefixtures("quizzed")
async def test_a_vote_in_the_group_is_no_answer_to_ones_own_quiz(group: Group) -> None:
    await group.command(group.persona("staff"), "/challenge 2")
    poll = await group.next_poll()
    await group.votes("newcomer", poll, *right(group, poll))
    attempts = await QuizStore(group.database).attempts(1)
    assert [(attempt.chosen, attempt.is_open) for attempt in attempts] == [(None, True)]
    outcome = await ChallengeStore(group.database).outcome(1)
    assert outcome is not None
    assert [answer.person_id for answer in outcome.answers] == [1002]


async def killed_after_sending(group: Group, monkeypatch: pytest.MonkeyPatch) -> SeenMessage:
    """A challenge's poll whose id was never stored: the bot was killed in between."""

    async def killed(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr(ChallengeStore, "asked", killed)
        await group.command(group.persona("staff"), "/challenge 2")
        return await group.next_poll()


@pytest.mark.usefixtures("quizzed")
async def test_a_poll_of_before_a_kill_is_known_by_what_it_asks(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = await killed_after_sending(group, monkeypatch)
    await group.restart()
    again = await group.next_poll("newcomer")  # the question is put again
    assert again.poll["question"] == lost.poll["question"]
    await group.votes("newcomer", lost, *right(group, lost))
    await group.votes("staff", again, wrong(group, again))
    outcome = await ChallengeStore(group.database).outcome(1)
    assert outcome is not None
    answers = {answer.person_id: answer.correct for answer in outcome.answers}
    assert answers == {1002: True, 1001: False}
    assert [a.chosen for a in await QuizStore(group.database).attempts(1)] == [None]


async def test_a_poll_that_nobody_waits_for_is_nobodys(group: Group, quizzed: SeenMessage) -> None:
    """Such as one of a database that was put back: it asks something else than what is awaited."""
    sent = await group.application.bot.send_poll(
        1002, quizzed.poll["question"], ["Khác", "Khác nữa"], is_anonymous=False
    )
    assert sent.poll is not None
    poll = (await group.persona("newcomer").messages())[-1]
    await group.votes("newcomer", poll, 0)
    assert [a.chosen for a in await QuizStore(group.database).attempts(1)] == [None]


@pytest.mark.usefixtures("quizzed")
@pytest.mark.parametrize(("person_id", "counts"), [(1001, False), (1002, True)])
async def test_the_first_poll_of_a_question_is_its_persons_alone(
    group: Group, person_id: int, *, counts: bool
) -> None:
    """Somebody whom it was forwarded to may answer it, too."""
    first = next(m for m in await group.persona("newcomer").messages() if "poll" in m.data)
    user = {"id": person_id, "is_bot": False, "first_name": "Lan"}
    answer = {"poll_id": first.poll["id"], "user": user, "option_ids": [0]}
    answer["option_persistent_ids"] = [first.poll["options"][0]["persistent_id"]]
    group.sandbox.world.updates.add("poll_answer", answer)
    await group.deliver()
    chosen = [a.chosen is not None for a in await QuizStore(group.database).attempts(1)]
    assert chosen[0] == counts
