import json

import pytest
from telegram.error import Forbidden, NetworkError

from bot.app import App
from bot.features.asking import texts
from bot.log import configure_logging
from bot.sandbox import Sandbox
from bot.sandbox.faults import FaultRequest
from bot.settings import LogFormat, Settings
from knowledge import Answer
from tests.bot.conversations.conftest import called
from tests.bot.conversations.test_questions import answer

pytestmark = pytest.mark.usefixtures("fresh_logging")


@pytest.fixture
def broken(bot: App, monkeypatch: pytest.MonkeyPatch) -> App:
    """A bot whose answers fail, and whose references are known."""

    async def fail(_self: object, _question: str, _turns: object) -> Answer:
        raise RuntimeError(f"boom at {bot.bot.base_url}/x")

    monkeypatch.setattr("bot.knowledge_worker.KnowledgeWorker.answer", fail)
    monkeypatch.setattr("bot.telegram.error_handler.token_hex", lambda _: "ab12cd34")
    return bot


async def test_the_person_gets_a_reference_and_the_log_the_rest(
    broken: App, sandbox: Sandbox, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings.model_copy(update={"log_format": LogFormat.JSON}))
    apology = await answer(sandbox.persona("staff"), "2 thạo là gì")
    assert "Xin lỗi" in apology.text
    assert apology.marked("code") == ["AB12CD34"]
    assert "boom" not in apology.text
    (line,) = [
        json.loads(line) for line in capsys.readouterr().err.splitlines() if "AB12CD34" in line
    ]
    assert line["event"] == "update_failed"
    assert "RuntimeError: boom" in line["exception"]
    assert sandbox.token not in json.dumps(line)


async def test_a_pressed_button_gets_its_apology_too(broken: App, sandbox: Sandbox) -> None:
    staff = sandbox.persona("staff")
    await staff.starts()
    welcome = await staff.receives()
    await welcome.press(texts.SUGGESTED_QUESTIONS["ngay"])
    assert "AB12CD34" in (await staff.receives()).text


async def test_a_failing_apology_is_only_logged(
    broken: App, sandbox: Sandbox, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    staff = sandbox.persona("staff")
    fault = FaultRequest(kind="server_error", method="sendMessage", count=None)
    sandbox.world.faults.add(fault)
    await staff.sends("2 thạo là gì")
    await staff.sees_event("action")  # it is being answered
    await broken.stop()
    assert called(sandbox, "sendMessage")
    assert "apology_not_sent" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "event"),
    [(NetworkError("x"), "telegram_unreachable"), (Forbidden("x"), "chat_closed_to_the_bot")],
)
async def test_errors_without_an_update_reach_only_the_log(
    broken: App,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    event: str,
) -> None:
    configure_logging(settings)
    await broken.process_error(None, error)
    assert event in capsys.readouterr().err
