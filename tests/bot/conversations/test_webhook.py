import io
import socket

import aiohttp
import pytest

from bot.errors import WebhookError
from bot.features.sources import texts as source_texts
from bot.sandbox import Sandbox
from bot.settings import Settings
from tests.bot.conversations.conftest import Serve, called
from tests.bot.conversations.test_questions import answer


async def test_updates_come_by_webhook(hooked: Settings, serve: Serve, sandbox: Sandbox) -> None:
    staff = sandbox.persona("staff")
    async with serve(hooked):
        reply = await answer(staff, "2 thạo là gì")
        assert "thạo nghề" in reply.text
        assert (await reply.press(source_texts.SOURCE_BUTTON)).answered
        assert (await staff.receives()).marked("expandable_blockquote")


async def test_only_telegram_knows_the_secret(
    hooked: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    async with serve(hooked), aiohttp.ClientSession() as http:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "sai"}):
            body = {"update_id": 1}
            address = str(hooked.webhook_url)
            async with http.post(address, json=body, headers=headers) as response:
                assert response.status == 403


async def test_what_is_no_update_and_what_came_before_does_no_harm(
    hooked: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff, address = sandbox.persona("staff"), str(hooked.webhook_url)
    secret = {"X-Telegram-Bot-Api-Secret-Token": "mat-khau_1"}
    async with serve(hooked), aiohttp.ClientSession(headers=secret) as http:
        bodies = (b"", b"{", b"[" * 100_000, b"[]", b'{"update_id": "1"}', b" " * 2_000_000)
        statuses = []
        for body in bodies:
            async with http.post(address, data=io.BytesIO(body)) as response:
                statuses.append(response.status)
        assert statuses == [400, 400, 400, 200, 200, 413]
        update_id = sandbox.world.updates.next_id
        said = await staff.sends("/help")
        assert (await staff.receives()).text.startswith("Cách hỏi")
        again = {"update_id": update_id, "message": {**said.data, "text": "/help"}}
        async with http.post(address, json=again) as response:
            assert response.status == 200
        assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
        assert len(called(sandbox, "sendMessage")) == 2


async def test_what_came_while_the_bot_was_away_is_delivered(
    hooked: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff = sandbox.persona("staff")
    await staff.sends("3 không là gì")
    async with serve(hooked):
        assert "không né tránh" in (await staff.receives()).text


async def test_polling_takes_over_from_a_webhook(
    hooked: Settings, settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff = sandbox.persona("staff")
    async with serve(hooked):
        assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
    async with serve(settings):
        assert "không né tránh" in (await answer(staff, "3 không là gì")).text


async def test_a_taken_port_is_named(hooked: Settings, serve: Serve, free_port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        with pytest.raises(WebhookError, match=f"127.0.0.1:{free_port}.*WEBHOOK_LISTEN"):
            async with serve(hooked):
                raise AssertionError("the port was free")
