import json
import logging

import pytest
import structlog
from pydantic import SecretStr

from bot.log import configure_logging, redact
from bot.settings import LogFormat, LogLevel, Settings
from tests.bot.conftest import TOKEN

pytestmark = pytest.mark.usefixtures("fresh_logging")


@pytest.mark.parametrize("log_format", LogFormat)
def test_the_token_is_blotted_out_everywhere(
    log_format: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(Settings(telegram_bot_token=TOKEN, log_format=log_format, _env_file=None))
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    structlog.get_logger("ours").warning("event", url=url)
    logging.getLogger("theirs").error("called %s", url)
    structlog.get_logger("ours").error("failed", exc_info=ValueError(url))
    shown = capsys.readouterr().err
    assert "called https://api.telegram.org/bot<token>/getMe" in shown
    assert TOKEN not in shown


def test_httpx_does_not_log_requests(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(_env_file=None))
    logging.getLogger("httpx").info("HTTP Request: POST %s", TOKEN)
    assert capsys.readouterr().err == ""


def test_clients_of_language_models_do_not_log_questions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(Settings(log_level=LogLevel.DEBUG, _env_file=None))
    for client in ("openai._base_client", "anthropic._base_client"):
        logging.getLogger(client).debug("Request options: %s", "lương của tôi?")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("level", [LogLevel.INFO, LogLevel.DEBUG])
def test_alembic_tells_its_steps_only_when_debugging(
    capsys: pytest.CaptureFixture[str], level: LogLevel
) -> None:
    configure_logging(Settings(log_level=level, _env_file=None))
    logging.getLogger("alembic.runtime.migration").info("Running upgrade")
    assert ("Running upgrade" in capsys.readouterr().err) is (level is LogLevel.DEBUG)


def test_level_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(
        Settings(log_format=LogFormat.JSON, log_level=LogLevel.WARNING, _env_file=None)
    )
    structlog.get_logger("ours").info("quiet")
    structlog.get_logger("ours").warning("câu hỏi", number=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["number"], line["level"]) == ("câu hỏi", 3, "warning")
    assert line["timestamp"].endswith("Z")


def test_redact_blots_odd_secrets_too() -> None:
    assert redact("a tiny-secret b", "tiny-secret") == "a <token> b"


def test_the_key_of_the_language_model_is_blotted_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(llm_api_key=SecretStr("sk-kin"), _env_file=None))
    logging.getLogger("any").error("bad key: sk-kin")
    assert "bad key: <token>" in capsys.readouterr().err
