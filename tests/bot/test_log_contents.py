"""Nothing that people wrote or are called, and no secret, is in the log, however much is logged."""

import datetime as dt
import traceback

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import text
from telegram import Update

from bot.access.registry import People
from bot.database import Database
from bot.database.errors import DatabaseError
from bot.log import configure_logging
from bot.settings import LogFormat, LogLevel, Settings
from bot.telegram.update_processor import FairUpdateProcessor
from bot.telegram.webhook import SECRET_HEADER, WebhookServer
from tests.bot.conftest import GROUP, TOKEN, Telegram
from tests.bot.offline_request import DATE

pytestmark = pytest.mark.usefixtures("fresh_logging")

CANARY = "CHIMYEN"
"""In whatever people write or send, and in every secret; in no text of the bot."""
SECRET, PASSWORD = f"{CANARY}-webhook", f"{CANARY}-matkhau"
PERSON = {"id": 4242, "is_bot": False, "first_name": f"Lan {CANARY}", "username": CANARY.lower()}
ADMIN = {**PERSON, "id": 1}
MESSAGES = (
    f"/start inv_{CANARY}{'x' * 20}",
    f"/start {CANARY}",
    f"2 thạo là gì {CANARY}",
    f"{CANARY} {CANARY}?",
    f"/ask 3 không là gì {CANARY}",
    *(f"/{command} {CANARY}" for command in ("verify", "docs", "learn", "quiz", "review", "join")),
    *(f"/{command} {CANARY}" for command in ("invite", "people", "reload", "export", "gaps")),
    *(f"/{command} {CANARY}" for command in ("audit", "mydata", "forgetme", "leaderboard")),
)
BROKEN = (  # as a full disk does
    "CREATE TRIGGER answers_full BEFORE INSERT ON answers BEGIN SELECT RAISE(FAIL, 'full'); END",
    "CREATE TRIGGER learners_full BEFORE INSERT ON learners BEGIN SELECT RAISE(FAIL, 'full'); END",
    "CREATE TRIGGER audit_full BEFORE INSERT ON audit_log BEGIN SELECT RAISE(FAIL, 'full'); END",
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={
            "admin_ids": frozenset({ADMIN["id"]}),
            "webhook_secret": SecretStr(SECRET),
            "llm_api_key": SecretStr(f"sk-{CANARY}"),
            "database_url": SecretStr(f"postgresql://a:{PASSWORD}@127.0.0.1/v"),
            "log_level": LogLevel.DEBUG,
        }
    )


async def everything(telegram: Telegram) -> None:
    """Let somebody and an admin do all that people do, with the canary in all of it."""
    telegram.request.files["file"] = CANARY.encode()
    document = {"file_id": "file", "file_unique_id": "f", "file_size": 7}
    for user in (PERSON, ADMIN):
        person = Telegram(telegram.application, telegram.request, user)
        for message in MESSAGES:
            await person.sends(message)
            await person.sends(message, chat={**GROUP, "title": CANARY})
        await person.presses(CANARY)
        await person.sends(document={**document, "file_name": f"{CANARY}.txt"}, caption=CANARY)
        await person.sends(document={**document, "file_name": f"{CANARY}.docx"})
        await person.sends(voice={**document, "duration": 1})
        edited = {"message_id": 3, "date": DATE, "from": user, "chat": person.private}
        await person.delivers({"edited_message": {**edited, "text": f"3 đúng là gì {CANARY}"}})
        query = {"id": "9", "from": user, "query": f"2 thạo {CANARY}", "offset": ""}
        await person.delivers({"inline_query": query})
        poll = {"poll_id": CANARY, "user": user, "option_ids": [0], "option_persistent_ids": ["a"]}
        await person.delivers({"poll_answer": poll})


@pytest.mark.parametrize("log_format", LogFormat)
async def test_no_canary_in_the_log_at_debug(
    settings: Settings,
    telegram: Telegram,
    app_database: Database,
    capsys: pytest.CaptureFixture[str],
    log_format: LogFormat,
) -> None:
    configure_logging(settings.model_copy(update={"log_format": log_format}))
    bot = telegram.application.bot
    now = dt.datetime.now(dt.UTC)
    await People(app_database, settings.admin_ids).ensure_configured_admins(now)
    await bot.set_webhook(f"https://x.vn/{CANARY}", secret_token=SECRET)
    await everything(telegram)
    async with app_database.transaction() as session:
        for statement in BROKEN:
            await session.execute(text(statement))
    await everything(telegram)
    await telegram.application.process_error(Update(1), RuntimeError(f"{SECRET} {PASSWORD}"))
    logged = capsys.readouterr().err
    assert "update_failed" in logged
    assert "answer_not_recorded" in logged
    assert TOKEN not in logged
    assert [line for line in logged.splitlines() if CANARY.lower() in line.lower()] == []


async def test_nor_from_what_comes_to_the_webhook(
    settings: Settings, telegram: Telegram, free_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    processor = telegram.application.update_processor
    assert isinstance(processor, FairUpdateProcessor)
    await processor.intake.start(telegram.application.bot)
    server = WebhookServer(processor.intake.take, "hook", SECRET)
    await server.start("127.0.0.1", free_port)
    message = {"message_id": 1, "date": DATE, "from": PERSON, "chat": GROUP, "text": CANARY}
    bodies = ({"update_id": 1, "message": message}, {"update_id": CANARY}, [CANARY], CANARY)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{free_port}") as http:
        for secret in (SECRET, f"{SECRET}-sai"):
            for body in bodies:
                headers = {SECRET_HEADER: secret}
                async with http.post("/hook", headers=headers, json=body):
                    pass
            async with http.post("/hook", headers={SECRET_HEADER: secret}, data=f"{{{CANARY}"):
                pass
    await server.stop()
    await processor.intake.close()
    assert CANARY not in capsys.readouterr().err


async def test_errors_of_the_database_hold_no_values(database: Database) -> None:
    with pytest.raises(DatabaseError) as caught:
        async with database.transaction() as session:
            await session.execute(
                text("INSERT INTO people (id, role, name) VALUES (1, 'boss', :name)"),
                {"name": f"Lan {CANARY}"},
            )
    assert CANARY not in "".join(traceback.format_exception(caught.value))
