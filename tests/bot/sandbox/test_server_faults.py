import asyncio
import time

import aiohttp
import pytest
from telegram import Bot
from telegram.error import RetryAfter

from tests.bot.sandbox.conftest import TOKEN, BotSide, UsersSide

PRIVATE = "/staff/chats/private"


async def sent(users: UsersSide) -> int:
    """How many messages are in the chat."""
    return len((await users.get(PRIVATE))["messages"])


async def test_flood(
    ptb: Bot, users: UsersSide, staff_started: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await users.post("/faults", kind="flood", method="sendMessage", count=1, retry_after=7)
    await ptb.get_me()
    with pytest.raises(RetryAfter, match="7"):
        await ptb.send_message(staff_started, "a")
    assert await sent(users) == 1
    await ptb.send_message(staff_started, "a")


async def test_server_error_counts_down(api: BotSide, users: UsersSide) -> None:
    await users.post("/faults", kind="server_error", count=2)
    assert await api.refused("getMe") == "500 Internal Server Error"
    assert (await users.get("/faults"))["faults"][0]["remaining"] == 1
    await api("getUpdates")
    assert await api.refused("getMe") == "500 Internal Server Error"
    await api("getMe")
    assert (await users.get("/faults"))["faults"] == []


async def test_bad_gateway_is_html(session: aiohttp.ClientSession, users: UsersSide) -> None:
    await users.post("/faults", kind="bad_gateway")
    async with session.get(f"/bot{TOKEN}/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"


async def test_timeout_does_nothing(api: BotSide, users: UsersSide, staff_started: int) -> None:
    await users.post("/faults", kind="timeout", delay=0.05)
    with pytest.raises(aiohttp.ClientError):
        await api.raw("sendMessage", chat_id=staff_started, text="a")
    await users.post("/faults", kind="timeout")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await api.raw("sendMessage", chat_id=staff_started, text="a")
    assert await sent(users) == 1


async def test_lost_reply_does_it(api: BotSide, users: UsersSide, staff_started: int) -> None:
    await users.post("/faults", kind="lost_reply", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await api.raw("sendMessage", chat_id=staff_started, text="a")
    assert await sent(users) == 2


async def test_slow_answers_late(api: BotSide, users: UsersSide, staff_started: int) -> None:
    await users.post("/faults", kind="slow", delay=0.3)
    begun = time.monotonic()
    await api("sendMessage", chat_id=staff_started, text="a")
    assert time.monotonic() - begun >= 0.3
    assert await sent(users) == 2


async def test_faults_are_removed(api: BotSide, users: UsersSide) -> None:
    fault = await users.post("/faults", kind="server_error", count=None)
    for _ in range(3):
        await api.refused("getMe")
    await users.delete(f"/faults/{fault['id']}")
    await api("getMe")
    await users.post("/faults", kind="flood")
    await users.delete("/faults")
    await api("getMe")
    assert await users.refused("DELETE", "/faults/99") == 404
    assert await users.refused("POST", "/faults", {"kind": "fire"}) == 400


async def test_calls_are_noted(api: BotSide, users: UsersSide, staff_started: int) -> None:
    before = (await users.get("/calls"))["calls"]
    last = before[-1]["id"] if before else 0
    await api("sendMessage", chat_id=staff_started, text="123")
    await api.refused("sendMessage", chat_id=5, text="a")
    await api("getUpdates")
    good, bad = (await users.get(f"/calls?after={last}"))["calls"]
    assert good["method"] == "sendMessage"
    assert good["parameters"] == {"chat_id": 1001, "text": "123"}
    assert (good["status"], good["description"]) == (200, None)
    assert (bad["status"], bad["description"]) == (400, "Bad Request: chat not found")


async def test_large_calls_are_noted_without_their_bulk(
    api: BotSide, users: UsersSide, staff_started: int
) -> None:
    await api.refused("sendMessage", chat_id=staff_started, text="a" * 200_000)
    noted = (await users.get("/calls"))["calls"][-1]
    assert noted["parameters"] == {"chat_id": 1001, "text": "<too large to keep>"}
