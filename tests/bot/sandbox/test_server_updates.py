import asyncio
import json
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import TOKEN, BotSide, MovableClock, UserApi

PRIVATE = "/staff/chats/private"


async def until(condition: Callable[[], bool]) -> None:
    """Let the server go on until something is so; the test's time limit bounds it."""
    while not condition():  # noqa: ASYNC110 (the server has no event for it)
        await asyncio.sleep(0)


async def test_offset_confirms_and_limit_cuts(api: BotSide, users: UserApi) -> None:
    for text in ("một", "hai", "ba"):
        await users.says(text)
    first, second = await api("getUpdates", limit=2)
    assert second["update_id"] == first["update_id"] + 1
    assert len(await api("getUpdates")) == 3
    rest = await api("getUpdates", offset=first["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["hai", "ba"]
    (last,) = await api("getUpdates", offset=-1)
    assert last["message"]["text"] == "ba"
    assert len(await api("getUpdates")) == 1


async def test_a_waiting_request_gets_what_comes(ptb: Bot, users: UserApi) -> None:
    waiting = asyncio.create_task(ptb.get_updates(timeout=20))
    await asyncio.sleep(0)
    await users.says("một")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "một"


async def test_the_earlier_of_two_pollers_is_ended(
    sandbox: Sandbox, api: BotSide, users: UserApi
) -> None:
    earlier = asyncio.create_task(api.raw("getUpdates", timeout=20))
    await until(lambda: sandbox.world.updates.is_polled)
    later = asyncio.create_task(api.raw("getUpdates", timeout=20))
    status, answer = await earlier
    assert status == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
        "is running"
    )
    await users.says("một")
    status, answer = await later
    assert len(answer["result"]) == 1


async def test_a_poller_that_hung_up_leaves_nothing_behind(
    sandbox: Sandbox, api: BotSide, users: UserApi
) -> None:
    gone = asyncio.create_task(api.raw("getUpdates", timeout=20))
    await until(lambda: sandbox.world.updates.is_polled)
    gone.cancel()
    await until(lambda: not sandbox.world.updates.is_polled)
    await users.says("một")
    assert len(await api("getUpdates", timeout=20)) == 1


async def test_allowed_updates_are_remembered(api: BotSide, users: UserApi) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    await users.says("một")
    assert await api("getUpdates") == []
    await api("getUpdates", allowed_updates=[])
    await users.says("hai")
    (update,) = await api("getUpdates")
    assert update["message"]["text"] == "hai"


async def test_updates_are_kept_for_a_day(
    api: BotSide, users: UserApi, clock: MovableClock
) -> None:
    await users.says("một")
    clock.passes(23 * 3600)
    assert len(await api("getUpdates")) == 1
    clock.passes(3601)
    assert await api("getUpdates") == []


class BotServer:
    """A bot's own HTTP server; answers what it is told to."""

    def __init__(self) -> None:
        self.received: asyncio.Queue[tuple[str | None, dict[str, object]]] = asyncio.Queue()
        self.answers: list[web.Response] = []
        self.url = ""

    async def serve(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await self.received.put((secret, await request.json()))
        return self.answers.pop(0) if self.answers else web.Response()

    async def text(self) -> str:
        """The text of the next update."""
        async with asyncio.timeout(20):
            _, update = await self.received.get()
        return str(update["message"]["text"])  # type: ignore[index]


@pytest.fixture
async def bot_server() -> AsyncIterator[BotServer]:
    server = BotServer()
    app = web.Application()
    app.router.add_post("/hook", server.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield server
    await runner.cleanup()


async def test_a_webhook_gets_updates_in_order_with_the_secret(
    api: BotSide, users: UserApi, bot_server: BotServer
) -> None:
    await users.says("một")
    await api("setWebhook", url=bot_server.url, secret_token="bi-mat_1")
    await users.says("hai")
    async with asyncio.timeout(20):
        secret, update = await bot_server.received.get()
    assert secret == "bi-mat_1"
    assert update["message"]["text"] == "một"  # type: ignore[index]
    assert await bot_server.text() == "hai"
    conflict = await api.refused("getUpdates")
    assert conflict == (
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
        "delete the webhook first"
    )
    info = await api("getWebhookInfo")
    assert info["url"] == bot_server.url
    await api("deleteWebhook")
    assert (await api("getWebhookInfo"))["url"] == ""
    await users.says("ba")
    assert len(await api("getUpdates")) == 1


async def test_a_webhook_is_tried_again_until_it_works(
    api: BotSide, users: UserApi, bot_server: BotServer
) -> None:
    bot_server.answers = [web.Response(status=500), web.Response(status=302)]
    await api("setWebhook", url=bot_server.url)
    await users.says("một")
    await users.says("hai")
    assert [await bot_server.text() for _ in range(4)] == ["một", "một", "một", "hai"]
    info = await api("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 302")


async def test_a_webhook_that_nobody_serves(api: BotSide, users: UserApi) -> None:
    await api("setWebhook", url="http://127.0.0.1:9/")
    await users.says("một")
    async with asyncio.timeout(20):
        while "last_error_message" not in (info := await api("getWebhookInfo")):
            pass
    assert info["last_error_message"] == "Connection failed"
    assert info["pending_update_count"] == 1
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []


async def test_a_method_in_the_webhooks_answer_is_called(
    api: BotSide, users: UserApi, bot_server: BotServer
) -> None:
    reply = {
        "method": "sendMessage",
        "chat_id": 1001,
        "text": "Chào <b>anh</b>",
        "parse_mode": "HTML",
    }
    bot_server.answers = [web.json_response(reply)]
    await api("setWebhook", url=bot_server.url)
    await users.says("một")
    async with asyncio.timeout(20):
        while len(messages := (await users.get(PRIVATE))["messages"]) < 2:
            pass
    assert messages[1]["text"] == "Chào anh"


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://127.0.0.1/", "http://10.0.0.1/", "x"]
)
async def test_webhooks_elsewhere_are_refused(api: BotSide, url: str) -> None:
    assert (await api.refused("setWebhook", url=url)).startswith("400 Bad Request: bad webhook: ")
    assert (await api("getWebhookInfo"))["url"] == ""


async def test_a_webhook_with_a_bad_certificate_is_refused(
    api: BotSide, session: aiohttp.ClientSession, bot_server: BotServer
) -> None:
    form = aiohttp.FormData({"url": bot_server.url})
    form.add_field("certificate", b"-----BEGIN CERTIFICATE-----", filename="own.pem")
    async with session.post(f"/bot{TOKEN}/setWebhook", data=form) as response:
        assert response.status == 400
        assert "invalid certificate" in (await response.json())["description"]
    assert (await api("getWebhookInfo"))["url"] == ""
    assert await api("deleteWebhook")


async def test_a_webhook_ends_the_waiting_poller(
    sandbox: Sandbox, api: BotSide, bot_server: BotServer
) -> None:
    waiting = asyncio.create_task(api.raw("getUpdates", timeout=20))
    await until(lambda: sandbox.world.updates.is_polled)
    await api("setWebhook", url=bot_server.url)
    status, _ = await waiting
    assert status == 409


async def test_events_are_streamed_and_replayed(
    api: BotSide, users: UserApi, session: aiohttp.ClientSession
) -> None:
    before = (await users.get(""))["last_event_id"]
    await users.says("một")
    await users.says("nhóm", "/staff/chats/group")
    await api("sendMessage", chat_id=1001, text="hai")

    async def events(query: str, count: int) -> list[tuple[str, dict[str, object]]]:
        found: list[tuple[str, dict[str, object]]] = []
        async with asyncio.timeout(20), session.get(f"/users/events?{query}") as stream:
            name = ""
            async for line in stream.content:
                if line.startswith(b"event: "):
                    name = line.decode().removeprefix("event: ").strip()
                elif line.startswith(b"data: "):
                    found.append((name, json.loads(line.removeprefix(b"data: "))))
                    if len(found) == count:
                        break
        return found

    seen = await events(f"persona=staff&after={before}", 4)
    assert [name for name, _ in seen] == ["message", "chat_changed", "message", "message"]
    assert [data["persona"] for _, data in seen] == ["staff", "staff", None, "staff"]
    assert len(await events(f"persona=admin&after={before}", 1)) == 1
    (reset,) = await events("after=999", 1)
    assert reset == ("reset", {"chat_id": None, "persona": None})
    waiting = asyncio.create_task(events("persona=newcomer&after=4", 1))
    await users.says("chào", "/newcomer/chats/private")
    ((_, data),) = await waiting
    assert data["chat_id"] == 1002
    assert await users.refused("GET", "/events?persona=nobody") == 404
    assert await users.refused("GET", "/events?after=x") == 400


async def test_the_bot_of_the_token_is_served(sandbox: Sandbox) -> None:
    async with Sandbox(token="42:AAother") as other, aiohttp.ClientSession(other.api_url) as client:
        async with client.get("/bot42:AAother/getMe") as response:
            assert (await response.json())["result"]["id"] == 42
        async with client.get(f"/bot{TOKEN}/getMe") as response:
            assert response.status == 401


async def test_a_webhooks_answer_may_end_the_webhook(
    api: BotSide, users: UserApi, bot_server: BotServer
) -> None:
    bot_server.answers = [web.json_response({"method": "deleteWebhook"})]
    await api("setWebhook", url=bot_server.url)
    await users.says("một")
    assert await bot_server.text() == "một"
    async with asyncio.timeout(20):
        while (await api("getWebhookInfo"))["url"]:
            pass
    await users.says("hai")
    (update,) = await api("getUpdates")
    assert update["message"]["text"] == "hai"
