import asyncio
import time

import aiohttp
import pytest
from pydantic import ValidationError
from telegram import Bot
from telegram.error import RetryAfter

from bot.sandbox import Sandbox
from bot.sandbox.faults import FaultRequest
from tests.bot.sandbox.conftest import TOKEN, BotSide, UserApi

PRIVATE = "/staff/chats/private"


async def sent(users: UserApi) -> int:
    """How many messages are in the chat."""
    return len((await users.get(PRIVATE))["messages"])


async def test_flood(
    sandbox: Sandbox,
    ptb: Bot,
    users: UserApi,
    staff_started: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sandbox.world.faults.add(
        FaultRequest(kind="flood", method="sendMessage", count=1, retry_after=7)
    )
    await ptb.get_me()
    with pytest.raises(RetryAfter, match="7"):
        await ptb.send_message(staff_started, "a")
    assert await sent(users) == 1
    await ptb.send_message(staff_started, "a")


async def test_server_error_counts_down(sandbox: Sandbox, api: BotSide) -> None:
    sandbox.world.faults.add(FaultRequest(kind="server_error", count=2))
    assert await api.refused("getMe") == "500 Internal Server Error"
    await api("getUpdates")
    assert await api.refused("getMe") == "500 Internal Server Error"
    await api("getMe")


async def test_bad_gateway_is_html(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    sandbox.world.faults.add(FaultRequest(kind="bad_gateway"))
    async with session.get(f"/bot{TOKEN}/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"


async def test_timeout_does_nothing(
    sandbox: Sandbox, api: BotSide, users: UserApi, staff_started: int
) -> None:
    sandbox.world.faults.add(FaultRequest(kind="timeout", delay=0.05))
    with pytest.raises(aiohttp.ClientError):
        await api.raw("sendMessage", chat_id=staff_started, text="a")
    sandbox.world.faults.add(FaultRequest(kind="timeout"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await api.raw("sendMessage", chat_id=staff_started, text="a")
    assert await sent(users) == 1


async def test_lost_reply_does_it(
    sandbox: Sandbox, api: BotSide, users: UserApi, staff_started: int
) -> None:
    sandbox.world.faults.add(FaultRequest(kind="lost_reply", method="sendMessage"))
    with pytest.raises(aiohttp.ClientError):
        await api.raw("sendMessage", chat_id=staff_started, text="a")
    assert await sent(users) == 2


async def test_slow_answers_late(
    sandbox: Sandbox, api: BotSide, users: UserApi, staff_started: int
) -> None:
    sandbox.world.faults.add(FaultRequest(kind="slow", delay=0.3))
    begun = time.monotonic()
    await api("sendMessage", chat_id=staff_started, text="a")
    assert time.monotonic() - begun >= 0.3
    assert await sent(users) == 2


async def test_a_fault_without_a_count_lasts_until_it_is_cleared(
    sandbox: Sandbox, api: BotSide
) -> None:
    sandbox.world.faults.add(FaultRequest(kind="server_error", count=None))
    for _ in range(3):
        await api.refused("getMe")
    sandbox.world.faults.clear()
    await api("getMe")
    with pytest.raises(ValidationError):
        FaultRequest.model_validate({"kind": "fire"})


async def test_calls_are_noted(sandbox: Sandbox, api: BotSide, staff_started: int) -> None:
    calls = sandbox.world.calls
    before = len(calls.after(0))
    await api("sendMessage", chat_id=staff_started, text="123")
    await api.refused("sendMessage", chat_id=5, text="a")
    await api("getUpdates")
    good, bad = calls.after(before)
    assert good["method"] == "sendMessage"
    assert good["parameters"] == {"chat_id": 1001, "text": "123"}
    assert (good["status"], good["description"]) == (200, None)
    assert (bad["status"], bad["description"]) == (400, "Bad Request: chat not found")


async def test_large_calls_are_noted_without_their_bulk(
    sandbox: Sandbox, api: BotSide, staff_started: int
) -> None:
    await api.refused("sendMessage", chat_id=staff_started, text="a" * 200_000)
    noted = sandbox.world.calls.after(0)[-1]
    assert noted["parameters"] == {"chat_id": 1001, "text": "<too large to keep>"}
