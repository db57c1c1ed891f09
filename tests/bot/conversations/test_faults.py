"""What a network and a busy Telegram do, and what people see of it."""

import asyncio
import datetime as dt
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from bot.app import ALLOWED_UPDATES, App
from bot.errors import ApiUnreachableError, TokenError
from bot.features.documents import reading_queue
from bot.features.documents import texts as document_texts
from bot.log import configure_logging
from bot.sandbox import Sandbox
from bot.sandbox.faults import DOWNLOAD, FaultRequest
from bot.sandbox.persona import Persona
from bot.settings import Settings
from tests.bot.conversations.conftest import Serve, called
from tests.bot.conversations.test_questions import answer

FAILURES = ("server_error", "bad_gateway", "nonsense", "timeout", "lost_reply")


def fault(kind: str, method: str, count: int | None = 1, **more: Any) -> FaultRequest:
    delay = {"delay": 0.02} if kind == "timeout" else {}
    values = {"kind": kind, "method": method, "count": count, **delay, **more}
    return FaultRequest.model_validate(values)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library does not wait before it asks again for updates."""

    class Hurried:
        def __getattr__(self, name: str) -> Any:
            return getattr(asyncio, name)

        @staticmethod
        async def sleep(_seconds: float) -> None:
            await asyncio.sleep(0)

    monkeypatch.setattr("telegram.ext._utils.networkloop.asyncio", Hurried())


async def is_well(person: Persona) -> None:
    """The bot answers as if nothing had been."""
    await person.sends("3 không là gì")
    await person.receives(where=lambda message: "không né tránh" in message.text)


async def test_telegram_asks_to_wait_and_the_answer_still_comes(
    staff: Persona, sandbox: Sandbox
) -> None:
    sandbox.world.faults.add(fault("flood", "sendMessage"))
    assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
    assert [call["status"] for call in called(sandbox, "sendMessage")] == [429, 200]


@pytest.mark.usefixtures("fresh_logging")
async def test_for_long_nobody_waits_and_others_are_answered(
    bot: App,
    staff: Persona,
    sandbox: Sandbox,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(settings)
    sandbox.world.faults.add(fault("flood", "sendMessage", retry_after=3600))
    await staff.sends("2 thạo là gì")
    await staff.sees_event("action")
    await is_well(sandbox.persona("newcomer"))
    await bot.stop()  # what is under way is finished
    assert "apology_not_sent" in capsys.readouterr().err
    to_staff = [c for c in called(sandbox, "sendMessage") if c["parameters"]["chat_id"] == 1001]
    assert [call["status"] for call in to_staff] == [429]


@pytest.mark.parametrize("kind", ["server_error", "timeout"])
async def test_typing_that_fails_does_not_lose_the_answer(
    staff: Persona, sandbox: Sandbox, kind: str
) -> None:
    sandbox.world.faults.add(fault(kind, "sendChatAction"))
    assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text


@pytest.mark.parametrize("kind", FAILURES)
async def test_an_answer_that_cannot_be_sent_ends_in_an_apology(
    staff: Persona, sandbox: Sandbox, kind: str
) -> None:
    sandbox.world.faults.add(fault(kind, "sendMessage"))
    await staff.sends("2 thạo là gì")
    reply = await staff.receives(where=lambda message: "Xin lỗi" in message.text)
    assert len(reply.marked("code")[0]) == 8
    await is_well(staff)
    shown = [message for message in await staff.messages() if "thạo nghề" in message.text]
    assert len(shown) == (kind == "lost_reply")  # it came, though the bot can't know


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("editMessageText", "server_error"),
        ("editMessageText", "lost_reply"),
        ("answerCallbackQuery", "timeout"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_a_button_that_fails_works_when_it_is_pressed_again(
    sandbox: Sandbox, method: str, kind: str
) -> None:
    admin = sandbox.persona("admin")
    offer = await answer(admin, "/invite")
    sandbox.world.faults.add(fault(kind, method))
    path = f"private/messages/{offer.message_id}/press"
    await admin.post(path, {"row": 0, "column": 0, "wait": 0})
    if kind == "server_error":
        await admin.receives(where=lambda message: "Xin lỗi" in message.text)
        await offer.press(offer.buttons[0])
    assert "Liên kết có hiệu lực trong" in (await offer.changes()).text


@pytest.mark.parametrize("kind", ["server_error", "lost_reply"])
@pytest.mark.usefixtures("bot")
async def test_a_file_that_cannot_be_fetched_is_fetched_again(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(reading_queue, "_DOWNLOAD_PAUSES", (dt.timedelta(),))
    admin = sandbox.persona("admin")
    sandbox.world.faults.add(fault(kind, DOWNLOAD))
    text = "Giờ làm việc\n\nVăn phòng mở cửa lúc 7 giờ 30 phút.\n"
    await admin.sends_files(("a.txt", text.encode()))
    kept = document_texts.BUTTON_KEEP
    await admin.sees_change(await admin.receives(), where=lambda m: kept in m.buttons)


@pytest.mark.parametrize("kind", [*FAILURES, "flood", "unauthorized"])
@pytest.mark.usefixtures("fresh_logging", "hurried")
async def test_polling_goes_on_after_the_network_was_away(
    settings: Settings,
    serve: Serve,
    sandbox: Sandbox,
    kind: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(settings)
    staff = sandbox.persona("staff")
    sandbox.world.faults.add(fault(kind, "getUpdates", 2))
    await staff.sends("2 thạo là gì")
    async with serve(settings):
        assert "thạo nghề" in (await staff.receives()).text
        await is_well(staff)
    assert len(called(sandbox, "sendMessage")) == 2
    logged = capsys.readouterr().err
    assert logged.count("polling_failed") == (0 if kind == "flood" else 2)
    assert "Traceback" not in logged


@pytest.mark.usefixtures("fresh_logging", "hurried")
async def test_a_second_bot_of_the_same_token_is_named_and_survived(
    settings: Settings, serve: Serve, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    staff = sandbox.persona("staff")
    address = f"{sandbox.api_url}/bot{sandbox.token}/getUpdates"
    asks = {"timeout": 0, "allowed_updates": list(ALLOWED_UPDATES)}
    async with serve(settings), aiohttp.ClientSession() as http:
        await is_well(staff)
        while not sandbox.world.updates.is_polled:  # noqa: ASYNC110 -- no event tells of it
            await asyncio.sleep(0)
        async with http.post(address, json=asks) as response:
            assert response.status == 200
        await is_well(staff)
    logged = capsys.readouterr().err
    assert logged.count("polling_failed") == 1
    assert "only one bot instance is running" in logged


@pytest.mark.parametrize("kind", [*FAILURES, "unauthorized"])
async def test_a_start_that_fails_says_why(
    settings: Settings, serve: Serve, sandbox: Sandbox, kind: str
) -> None:
    sandbox.world.faults.add(fault(kind, "getMe"))
    expected = TokenError if kind == "unauthorized" else ApiUnreachableError
    with pytest.raises(expected, match=r"Telegram|Bot API"):
        async with serve(settings):
            raise AssertionError("it started")


@pytest.mark.parametrize(
    ("method", "kind"),
    [("setMyCommands", "flood"), ("getMyDescription", "nonsense"), ("getMyCommands", "timeout")],
)
async def test_a_profile_that_cannot_be_published_stops_no_start(
    settings: Settings, serve: Serve, sandbox: Sandbox, method: str, kind: str
) -> None:
    sandbox.world.faults.add(fault(kind, method, None, retry_after=86_400))
    async with serve(settings):
        await is_well(sandbox.persona("staff"))


async def test_someone_who_blocked_the_bot_disturbs_nobody(
    bot: App, staff: Persona, sandbox: Sandbox
) -> None:
    newcomer = sandbox.persona("newcomer")
    sandbox.world.faults.add(fault("slow", "sendChatAction", delay=0.2))
    await newcomer.sends("2 thạo là gì")
    await newcomer.blocks()
    assert "đúng thẩm quyền" in (await answer(staff, "3 đúng là gì")).text


async def test_what_was_sent_while_the_bot_was_away_is_answered_once(
    settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff = sandbox.persona("staff")
    await staff.sends("2 thạo là gì")
    async with serve(settings):
        assert "thạo nghề" in (await staff.receives()).text
    async with serve(settings):
        assert "đúng thẩm quyền" in (await answer(staff, "3 đúng là gì")).text
    assert len(called(sandbox, "sendMessage")) == 2


async def test_a_wait_that_telegram_asks_for_does_not_hold_up_the_end(
    settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff = sandbox.persona("staff")
    async with AsyncExitStack() as bot:
        await bot.enter_async_context(serve(settings))
        sandbox.world.faults.add(FaultRequest(kind="flood", method="sendMessage", retry_after=50))
        await staff.sends("2 thạo là gì")
        await staff.sees_event("action")
        async with asyncio.timeout(5):
            await bot.aclose()
