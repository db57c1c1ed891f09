"""Updates that the library can't read, by long polling and by webhook; an office's old server."""

import logging

import pytest

from bot.log import configure_logging
from bot.sandbox import Sandbox
from bot.sandbox.faults import FaultRequest
from bot.settings import LogLevel, Settings
from knowledge.quiz.bank.reading import read_bank
from tests.bot.conftest import SHIPPED_QUIZZES
from tests.bot.conversations.conftest import Serve
from tests.bot.conversations.test_questions import answer
from tests.bot.features.quizzes.quiz_people import take_quiz
from tests.bot.whole_bot import HandClock

POISON = (
    ("poll_answer", {"poll_id": "1", "user": "SECRET-WORDS"}),
    ("callback_query", {"id": "1", "data": "SECRET-WORDS"}),
    ("message", ["SECRET-WORDS"]),
)


@pytest.fixture(params=["polling", "webhook"])
def served(request: pytest.FixtureRequest, settings: Settings, hooked: Settings) -> Settings:
    return settings if request.param == "polling" else hooked


@pytest.mark.usefixtures("fresh_logging")
@pytest.mark.parametrize("level", [LogLevel.DEBUG, LogLevel.INFO])
async def test_an_update_that_cannot_be_read_is_stepped_over(
    served: Settings,
    serve: Serve,
    sandbox: Sandbox,
    capsys: pytest.CaptureFixture[str],
    level: LogLevel,
) -> None:
    configure_logging(served.model_copy(update={"log_level": level}))
    staff = sandbox.persona("staff")
    for kind, content in POISON:
        sandbox.world.updates.add(kind, content)  # type: ignore[arg-type]
    first = sandbox.world.updates.first()
    assert first is not None
    async with serve(served):
        await staff.sends("/help")
        assert (await staff.receives()).text.startswith("Cách hỏi")
        for kind, content in POISON:
            sandbox.world.updates.add(kind, content)  # type: ignore[arg-type]
        assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
    logged = capsys.readouterr().err
    assert logged.count("update_stepped_over") == 2 * len(POISON)
    assert f"update_id={first['update_id']}" in logged
    for content in ("SECRET-WORDS", "2 thạo", "Cách hỏi"):
        assert content not in logged
    assert len(sandbox.world.updates) == 0  # Telegram was told that they are done with


async def test_quizzes_work_with_an_older_server(
    served: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    sandbox.world.settings.older_than_bot_api_9_6 = True
    bank, admin = read_bank(SHIPPED_QUIZZES).bank, sandbox.persona("admin")
    clock = HandClock()  # as quick as can be: not a second passes
    async with serve(served, clock):
        await admin.sends("/quiz")
        topics = await admin.receives()
        await topics.press(topics.buttons[0])
        assert "đúng 7/7" in (await take_quiz(bank, admin)).text


@pytest.mark.usefixtures("fresh_logging")
async def test_a_server_that_writes_nonsense_is_left_alone_for_a_while(
    settings: Settings, serve: Serve, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    staff = sandbox.persona("staff")
    sandbox.world.faults.add(FaultRequest(kind="nonsense", method="getUpdates"))
    async with serve(settings):
        assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
    logged = capsys.readouterr().err
    assert logged.count("polling_failed") == 1
    assert "Traceback" not in logged


@pytest.mark.usefixtures("fresh_logging")
@pytest.mark.parametrize("level", [logging.DEBUG, logging.CRITICAL])
def test_what_the_library_logs_of_an_update_is_not_shown(
    settings: Settings, capsys: pytest.CaptureFixture[str], level: int
) -> None:
    configure_logging(settings.model_copy(update={"log_level": LogLevel.DEBUG}))
    for name in ("telegram.Bot", "telegram.ext.Updater", "telegram.ext.Application"):
        logging.getLogger(name).log(level, "Received data was: %r", {"text": "SECRET-WORDS"})
    assert "SECRET-WORDS" not in capsys.readouterr().err
