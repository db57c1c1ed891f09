"""What the program did not live to handle, or to mark as done, is handled again: once in effect."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import aiohttp
import pytest

from bot.features.answer_log import texts as vote_texts
from bot.features.documents import texts as document_texts
from bot.features.people import texts as people_texts
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.telegram.flood import PERSON_LIMITS, Kind
from bot.telegram.handling import MOST_REPLAYS
from bot.telegram.intake import TIDY_SECONDS, Intake
from bot.telegram.poll_answers import PollAnswerHandlers
from bot.telegram.update_processor import FairUpdateProcessor
from knowledge.quiz.bank.reading import read_bank
from tests.bot.conftest import SHIPPED_QUIZZES
from tests.bot.conversations.conftest import Serve, called
from tests.bot.conversations.test_questions import answer
from tests.bot.features.quizzes.quiz_people import next_poll, right_places
from tests.bot.whole_bot import HandClock

QUESTION = "2 thạo là gì"
Rows = Callable[[str], list[tuple[Any, ...]]]


class Life:
    """How long the program lives: it may die `before` updates are handled, or marked as done."""

    def __init__(self) -> None:
        self.dies_before: str | None = None
        self._over: asyncio.Queue[int] = asyncio.Queue()

    def is_over_with(self, update_id: int) -> None:
        self._over.put_nowait(update_id)

    async def comes_to(self, count: int = 1) -> list[int]:
        """Wait until it is over with so many updates; return their ids."""
        async with asyncio.timeout(20):
            return [await self._over.get() for _ in range(count)]


@pytest.fixture
def life(monkeypatch: pytest.MonkeyPatch) -> Life:
    life = Life()
    handle, done = FairUpdateProcessor._handle, Intake._done

    async def handled(processor: Any, update: Any, *rest: Any) -> None:
        if life.dies_before == "handling":
            life.is_over_with(update.update_id)
            raise asyncio.CancelledError
        await handle(processor, update, *rest)

    async def marked(intake: Any, handling: Any) -> None:
        if life.dies_before != "done":
            await done(intake, handling)
        life.is_over_with(handling.update_id)

    monkeypatch.setattr(FairUpdateProcessor, "_handle", handled)
    monkeypatch.setattr(Intake, "_done", marked)
    return life


@pytest.fixture
def rows(settings: Settings) -> Rows:
    """Asks the database."""
    file = settings.data_dir / "vanphong.db"

    def ask(statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(file)) as database:
            return database.execute(statement).fetchall()

    return ask


@pytest.fixture(params=["polling", "webhook"])
def served(request: pytest.FixtureRequest, settings: Settings, hooked: Settings) -> Settings:
    return settings if request.param == "polling" else hooked


async def test_what_was_taken_but_not_handled_is_answered_after_the_start(
    served: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    staff = sandbox.persona("staff")
    life.dies_before = "handling"
    async with serve(served):
        for _ in range(2):
            await staff.sends(QUESTION)
        await life.comes_to(2)
    life.dies_before = None
    sandbox.world.updates.clear()  # should one be unconfirmed: Telegram brings none of them again
    async with serve(served):
        for _ in range(2):
            assert "thạo nghề" in (await staff.receives()).text
        await life.comes_to(2)
    assert len(called(sandbox, "sendMessage")) == 2
    assert rows("SELECT count(*) FROM answers") == [(2,)]
    assert rows("SELECT payload, person_id FROM updates") == [(None, None)] * 2
    assert rows("SELECT * FROM update_deeds") == []


async def test_an_answer_that_was_sent_and_kept_is_not_given_again(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    staff = sandbox.persona("staff")
    life.dies_before = "done"
    async with serve(settings):
        shown = await answer(staff, QUESTION)
        await life.comes_to()
    life.dies_before = None
    async with serve(settings):
        await life.comes_to()
        assert rows("SELECT count(*) FROM answers") == [(1,)]
        assert (await shown.press(vote_texts.UP_BUTTON)).answered
    assert len(called(sandbox, "sendMessage")) == 1
    assert rows("SELECT vote FROM feedback") == [("up",)]


async def test_votes_and_reactions_count_once(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    staff, newcomer = sandbox.persona("staff"), sandbox.persona("newcomer")
    clock = HandClock()
    async with serve(settings, clock):
        first, second = await answer(staff, QUESTION), await answer(newcomer, QUESTION)
        await life.comes_to(2)
        life.dies_before = "done"
        await first.press(vote_texts.UP_BUTTON)
        await second.react("👎")
        await life.comes_to(2)
    life.dies_before = None
    clock.pass_time(minutes=1)  # a press as late as this takes a vote back
    async with serve(settings, clock):
        await life.comes_to(2)
    assert rows("SELECT person_id, vote FROM feedback ORDER BY 1") == [
        (1001, "up"),
        (1002, "down"),
    ]


async def test_a_quiz_goes_on_with_the_same_question(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    staff, bank = sandbox.persona("staff"), read_bank(SHIPPED_QUIZZES).bank
    life.dies_before = "done"
    async with serve(settings):
        await staff.sends("/quiz 3")
        poll = await next_poll(staff)
        await life.comes_to()
        await poll.vote(*right_places(bank, poll.poll))
        second = await next_poll(staff)
        await life.comes_to()
    life.dies_before = None
    async with serve(settings):
        await life.comes_to(2)
        await second.vote(*right_places(bank, second.poll))
        await next_poll(staff)
        await life.comes_to()
    assert rows("SELECT state, correct FROM quiz_attempts ORDER BY id") == [
        ("answered", 1),
        ("answered", 1),
        ("asked", None),
    ]
    assert rows("SELECT count(*) FROM quiz_sessions") == [(1,)]
    assert len(called(sandbox, "sendPoll")) == 3


@pytest.mark.parametrize("late", ["answered", "changed"])
async def test_the_answer_to_a_poll_that_nobody_knows_outlives_the_program(
    settings: Settings,
    serve: Serve,
    sandbox: Sandbox,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
    *,
    late: str,
) -> None:
    """Telegram tells what was chosen and what was asked in two updates; one comes after the end."""
    staff, bank = sandbox.persona("staff"), read_bank(SHIPPED_QUIZZES).bank
    async with serve(settings):
        await staff.sends("/quiz 3")
        poll = await next_poll(staff)
    with closing(sqlite3.connect(settings.data_dir / "vanphong.db")) as database:
        database.execute("UPDATE quiz_attempts SET state = 'prepared', poll_id = NULL")
        database.commit()  # as if it had been killed while it sent
    await poll.vote(*right_places(bank, poll.poll))
    handled: asyncio.Queue[str] = asyncio.Queue()

    def noted(name: str) -> Callable[..., Any]:
        handle = getattr(PollAnswerHandlers, name)

        async def noting(*arguments: Any) -> None:
            if name == late:
                handled.put_nowait(name)
                raise asyncio.CancelledError
            await handle(*arguments)
            handled.put_nowait(name)

        return noting

    with monkeypatch.context() as patched:
        for name in ("answered", "changed"):
            patched.setattr(PollAnswerHandlers, name, noted(name))
        async with serve(settings), asyncio.timeout(20):
            assert {await handled.get(), await handled.get()} == {"answered", "changed"}
    assert rows("SELECT count(*) FROM updates WHERE payload IS NOT NULL") == [(2,)]
    async with serve(settings):
        await next_poll(staff)
    assert rows("SELECT state, correct FROM quiz_attempts ORDER BY id")[0] == ("answered", 1)
    assert rows("SELECT count(*) FROM updates WHERE payload IS NOT NULL") == [(0,)]


async def test_a_document_that_was_decided_about_is_not_read_again(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life
) -> None:
    admin = sandbox.persona("admin")
    life.dies_before = "done"
    async with serve(settings):
        await admin.sends_files(("a.txt", b"Gio lam viec\n\nVan phong mo cua luc 7 gio.\n"))
        told = await admin.receives()
        await life.comes_to()
        card = await admin.sees_change(
            told, where=lambda m: document_texts.BUTTON_DROP in m.buttons
        )
        await card.press(document_texts.BUTTON_DROP)
        await life.comes_to()
    life.dies_before = None
    async with serve(settings):
        await life.comes_to(2)
    assert len(called(sandbox, "sendMessage")) == 1
    assert not list(settings.data_dir.glob("documents/pending/*/"))


async def test_an_effect_comes_though_nobody_hears_of_it(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    """A pressed button and what was typed inline are too old to be answered after a long night."""
    staff = sandbox.persona("staff")
    clock = HandClock()
    async with serve(settings, clock):
        shown = await answer(staff, QUESTION)
        await life.comes_to()
        life.dies_before = "handling"
        sandbox.world.settings.callback_lifetime = dt.timedelta()
        waiting = [
            asyncio.ensure_future(shown.press(vote_texts.UP_BUTTON)),
            asyncio.ensure_future(staff.asks_inline(QUESTION)),
        ]
        await life.comes_to(2)
        for each in waiting:
            each.cancel()
    life.dies_before = None
    clock.pass_time(hours=9)
    async with serve(settings, clock):
        await life.comes_to()
    assert rows("SELECT vote FROM feedback") == [("up",)]
    assert [call["status"] for call in called(sandbox, "answerCallbackQuery")] == [400]
    assert called(sandbox, "answerInlineQuery") == []
    assert rows("SELECT count(*) FROM updates WHERE payload IS NOT NULL") == [(0,)]


async def test_an_update_that_ends_the_program_again_and_again_is_set_aside(
    settings: Settings,
    serve: Serve,
    sandbox: Sandbox,
    life: Life,
    capsys: pytest.CaptureFixture[str],
) -> None:
    staff = sandbox.persona("staff")
    life.dies_before = "handling"
    async with serve(settings):
        await staff.sends(QUESTION)
        (update_id,) = await life.comes_to()
    life.dies_before = None
    with closing(sqlite3.connect(settings.data_dir / "vanphong.db")) as database:
        database.execute("UPDATE updates SET replays = ?", (MOST_REPLAYS,))
        database.commit()
    async with serve(settings):
        assert "Xin lỗi" in (await staff.receives()).text
        await life.comes_to()
        assert "thạo nghề" in (await answer(staff, QUESTION)).text
    logged = capsys.readouterr()
    assert f"update_id={update_id}" in next(
        line for line in (logged.out + logged.err).splitlines() if "update_set_aside" in line
    )


async def test_what_is_too_much_is_not_kept(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    staff, newcomer = sandbox.persona("staff"), sandbox.persona("newcomer")
    done = PERSON_LIMITS[Kind.MESSAGE].burst + 1  # the last one is told to slow down
    async with serve(settings):
        await asyncio.gather(*(staff.sends("/help") for _ in range(30)))
        await life.comes_to(done)
        await newcomer.sends("/help")
        await life.comes_to()
    assert rows("SELECT count(*), count(payload) FROM updates") == [(done + 1, 0)]


async def test_what_telegram_brings_again_after_a_start_is_passed_over(
    hooked: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff, address = sandbox.persona("staff"), str(hooked.webhook_url)
    secret = {"X-Telegram-Bot-Api-Secret-Token": "mat-khau_1"}
    update_id = sandbox.world.updates.next_id
    async with serve(hooked):
        said = await staff.sends("/help")
        await staff.receives()
    async with serve(hooked), aiohttp.ClientSession(headers=secret) as http:
        again = {"update_id": update_id, "message": {**said.data, "text": "/help"}}
        async with http.post(address, json=again) as response:
            assert response.status == 200
        assert "thạo nghề" in (await answer(staff, QUESTION)).text
    assert len(called(sandbox, "sendMessage")) == 2


async def test_who_asks_to_be_forgotten_is_forgotten_though_the_program_ends(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    """The press that confirms it waits as well; it must not be forgotten before it is done."""
    newcomer = sandbox.persona("newcomer")
    async with serve(settings):
        await newcomer.sends("/quiz 3")
        await newcomer.receives()
        await newcomer.sends("/forgetme")
        asked = await newcomer.receives()
        await life.comes_to(2)
        life.dies_before = "done"
        await asked.press(people_texts.FORGET_YES)
        await life.comes_to()
    life.dies_before = None
    assert rows("SELECT person_id FROM updates WHERE payload IS NOT NULL") == [(1002,)]
    async with serve(settings):
        await life.comes_to()
    assert rows("SELECT person_id FROM updates WHERE payload IS NOT NULL") == []
    assert rows("SELECT count(*) FROM quiz_sessions WHERE person_id IS NOT NULL") == [(0,)]


async def test_a_vote_counts_though_the_answer_was_not_recorded_before_the_kill(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    staff = sandbox.persona("staff")
    file = settings.data_dir / "vanphong.db"
    full = "CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT RAISE(FAIL, 'full'); END"
    with closing(sqlite3.connect(file)) as database:
        database.execute(full)
    async with serve(settings):
        shown = await answer(staff, QUESTION)
        life.dies_before = "handling"
        pressing = asyncio.ensure_future(shown.press(vote_texts.UP_BUTTON))
        await life.comes_to()
        pressing.cancel()
    life.dies_before = None
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TRIGGER full")
    async with serve(settings):
        await life.comes_to(2)
    assert rows("SELECT vote FROM feedback") == [("up",)]
    assert len(called(sandbox, "sendMessage")) == 1


async def test_an_answer_to_a_poll_that_the_full_disk_refused_is_taken_later(
    settings: Settings, serve: Serve, sandbox: Sandbox, life: Life, rows: Rows
) -> None:
    """Nobody can be told to give it again."""
    staff, bank, clock = sandbox.persona("staff"), read_bank(SHIPPED_QUIZZES).bank, HandClock()
    full = "CREATE TRIGGER full BEFORE UPDATE ON quiz_attempts BEGIN SELECT RAISE(FAIL, 'x'); END"
    async with serve(settings, clock) as application:
        await staff.sends("/quiz 3")
        poll = await next_poll(staff)
        await life.comes_to()
        failed = asyncio.Event()

        async def seen(*_: object) -> None:
            failed.set()

        application.add_error_handler(seen)
        with closing(sqlite3.connect(settings.data_dir / "vanphong.db")) as database:
            database.execute(full)
            await poll.vote(*right_places(bank, poll.poll))
            await failed.wait()
            database.execute("DROP TRIGGER full")
        await clock.passes(TIDY_SECONDS)
        await next_poll(staff)
    assert rows("SELECT state FROM quiz_attempts ORDER BY id") == [("answered",), ("asked",)]
