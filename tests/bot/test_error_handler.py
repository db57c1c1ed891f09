import json

import pytest
from telegram.error import Forbidden, NetworkError

from bot.handlers.errors import ErrorHandler
from bot.log import configure_logging
from bot.settings import LogFormat, Settings
from knowledge import Answer
from tests.bot.conftest import TOKEN, Telegram, messages

pytestmark = pytest.mark.usefixtures("fresh_logging")


@pytest.fixture
def broken(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> Telegram:
    """A bot whose answers fail, and whose references are known."""

    async def fail(_self: object, _question: str) -> Answer:
        raise RuntimeError(f"boom at https://api.telegram.org/bot{TOKEN}/x")

    monkeypatch.setattr("bot.knowledge_worker.KnowledgeWorker.answer", fail)
    telegram.application.error_handlers.clear()
    telegram.application.add_error_handler(ErrorHandler(lambda: "AB12CD34").handle)
    return telegram


async def test_the_person_gets_a_reference_and_the_log_the_rest(
    broken: Telegram, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(Settings(telegram_bot_token=TOKEN, log_format=LogFormat.JSON, _env_file=None))
    (apology,) = messages(await broken.sends("2 thạo là gì"))
    assert "Xin lỗi" in apology.text
    assert "<code>AB12CD34</code>" in apology.text
    assert "boom" not in apology.text
    (line,) = [
        json.loads(line) for line in capsys.readouterr().err.splitlines() if "AB12CD34" in line
    ]
    assert line["event"] == "update_failed"
    assert "RuntimeError: boom" in line["exception"]
    assert TOKEN not in json.dumps(line)


async def test_a_pressed_button_gets_its_answer_too(broken: Telegram) -> None:
    calls = await broken.presses("q:ngay")
    assert [call.method for call in calls if call.method != "sendChatAction"] == [
        "answerCallbackQuery",
        "answerCallbackQuery",
        "sendMessage",
    ]


async def test_a_failing_apology_is_only_logged(broken: Telegram) -> None:
    broken.request.failures["sendMessage"] = (400, "Bad Request: chat not found")
    assert messages(await broken.sends("2 thạo là gì")) == []


async def test_typing_that_fails_does_not_lose_the_answer(telegram: Telegram) -> None:
    telegram.request.failures["sendChatAction"] = (400, "Bad Request: no rights")
    (answer,) = messages(await telegram.sends("2 thạo là gì"))
    assert "thạo nghề" in answer.text


@pytest.mark.parametrize(
    ("error", "event"),
    [(NetworkError("x"), "telegram_unreachable"), (Forbidden("x"), "chat_closed_to_the_bot")],
)
async def test_errors_without_an_update_reach_only_the_log(
    telegram: Telegram,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    event: str,
) -> None:
    configure_logging(settings)
    before = len(telegram.request.calls)
    await telegram.application.process_error(None, error)
    assert len(telegram.request.calls) == before
    assert event in capsys.readouterr().err
