"""What a network and a busy Telegram do, and what people see of it."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from bot.sandbox.faults import FaultRequest
from bot.sandbox.persona import Persona
from bot.settings import Settings
from tests.bot.conversations.conftest import Serve, called
from tests.bot.conversations.test_questions import answer


async def test_telegram_asks_to_wait_and_the_answer_still_comes(
    staff: Persona, sandbox: Sandbox
) -> None:
    sandbox.world.faults.add(FaultRequest(kind="flood", method="sendMessage", count=2))
    assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
    statuses = [call["status"] for call in called(sandbox, "sendMessage")]
    assert statuses == [429, 429, 200]


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway"])
async def test_typing_that_fails_does_not_lose_the_answer(
    staff: Persona, sandbox: Sandbox, kind: str
) -> None:
    fault = {"kind": kind, "method": "sendChatAction"}
    sandbox.world.faults.add(FaultRequest.model_validate(fault))
    assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text


@pytest.mark.parametrize("kind", ["server_error", "lost_reply"])
async def test_an_answer_that_cannot_be_sent_ends_in_an_apology(
    staff: Persona, sandbox: Sandbox, kind: str
) -> None:
    fault = {"kind": kind, "method": "sendMessage"}
    sandbox.world.faults.add(FaultRequest.model_validate(fault))
    await staff.sends("2 thạo là gì")
    reply = await staff.receives(where=lambda message: "Xin lỗi" in message.text)
    assert len(reply.marked("code")[0]) == 8


async def test_polling_goes_on_after_the_network_was_away(staff: Persona, sandbox: Sandbox) -> None:
    sandbox.world.faults.add(FaultRequest(kind="bad_gateway", method="getUpdates"))
    assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
    assert "không né tránh" in (await answer(staff, "3 không là gì")).text


async def test_someone_who_blocked_the_bot_disturbs_nobody(
    bot: App, staff: Persona, sandbox: Sandbox
) -> None:
    newcomer = sandbox.persona("newcomer")
    sandbox.world.faults.add(FaultRequest(kind="slow", method="sendChatAction", delay=0.2))
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
