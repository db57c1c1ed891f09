"""`python -m benchmarks.sandbox`: the sandbox's calls against a bare aiohttp, and its page."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from benchmarks.measurement import Measurement, report

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import Page

_SANDBOX = (
    "import sys; from bot.cli import main; main(['sandbox', '--no-bot', '--json', '--port', '0'])"
)
_PEER = "import sys; from benchmarks.sandbox import serve_peer; serve_peer(sys.stdin.read())"
_PEER_NAME = "bare aiohttp, the same body"
_CONNECTIONS = 8
_CALLS = 400  # of each connection, a round
_ROUNDS = 3
_STAFF = 1001  # chat ids; see GET /users
_NEWCOMER = 1002
_MESSAGES = 1000
_READY = "body[data-ready]"
_LOADED = "#chat:not([aria-busy])"
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_CHROMIUM_OPTIONS = ("--no-sandbox", "--disable-gpu", "--no-first-run")
_ANSWER = {
    "text": (
        "<b>Quy trình công tác</b>\n\nHồ sơ trình phải có <i>phiếu trình</i>, <u>dự thảo</u> và "
        '<a href="https://laocai.gov.vn/">văn bản nguồn</a>.\n'
        "<blockquote expandable>Điều 5. Thời hạn xử lý là 03 ngày làm việc.</blockquote>"
    ),
    "parse_mode": "HTML",
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "📄 Nguồn", "callback_data": "source:1"}],
            [
                {"text": "👍", "callback_data": "vote:1:up"},
                {"text": "👎", "callback_data": "vote:1:down"},
            ],
        ]
    },
}


def measure_sandbox() -> list[Measurement]:
    """Measure the server's start and calls and, where Chromium is installed, its page."""
    return asyncio.run(_measure())


async def _measure() -> list[Measurement]:
    with tempfile.TemporaryDirectory() as name:
        starts = []
        for _ in range(_ROUNDS):
            begun = time.perf_counter()
            with _process(_SANDBOX, DATA_DIR=name) as line:
                await _page_answers(json.loads(line)["page"])
                starts.append(time.perf_counter() - begun)
        measurements = [Measurement("`vanphong sandbox` until `GET /` answers", min(starts), "s")]
        with _process(_SANDBOX, DATA_DIR=name) as line:
            address = json.loads(line)
            measurements.append(await _measure_calls(address))
        if _CHROMIUM is None:
            print("Chromium is not installed: the page is not measured", file=sys.stderr)
            return measurements
        with _process(_SANDBOX, DATA_DIR=name) as line:
            return [*measurements, *await _measure_page(_CHROMIUM, json.loads(line))]


async def _measure_calls(address: dict[str, str]) -> Measurement:
    """Let the server and its peer take turns, so that both meet the machine in the same mood."""
    method = f"{address['api_url']}/bot{address['token']}/sendMessage"
    async with _client() as http:
        await _start_chat(http, address["page"], "staff")
        body = await _send(http, method, _STAFF)
    with _process(_PEER, body) as peer:
        ours, theirs = 0.0, 0.0
        for _ in range(_ROUNDS):
            ours = max(ours, await _calls_a_second(method))
            theirs = max(theirs, await _calls_a_second(peer))
    subject = f"sendMessage with HTML and buttons, {_CONNECTIONS} connections"
    return Measurement(subject, ours, "/s", theirs, _PEER_NAME)


async def _calls_a_second(address: str) -> float:
    async with _client() as http:

        async def call() -> None:
            for _ in range(_CALLS):
                await _send(http, address, _STAFF)

        begun = time.perf_counter()
        await asyncio.gather(*(call() for _ in range(_CONNECTIONS)))
        return _CONNECTIONS * _CALLS / (time.perf_counter() - begun)


async def _measure_page(chromium: str, address: dict[str, str]) -> list[Measurement]:
    method = f"{address['api_url']}/bot{address['token']}/sendMessage"
    async with _client() as http:
        for persona, chat_id, messages in (
            ("staff", _STAFF, _MESSAGES),
            ("newcomer", _NEWCOMER, 1),
        ):
            await _start_chat(http, address["page"], persona)
            for _ in range(messages - 1):
                await _send(http, method, chat_id)
    usable, large, small, backwards = [], [], [], []
    async with _browser_page(chromium) as page:
        for _ in range(_ROUNDS):
            begun = time.perf_counter()
            await page.goto(f"{address['page']}#admin/private")
            await page.wait_for_selector(_READY, state="attached")
            usable.append(time.perf_counter() - begun)
            large.append(await _open_chat(page, "staff"))
            backwards.append(await _scroll_back(page))
            small.append(await _open_chat(page, "newcomer"))
            await page.goto("about:blank")
    return [
        Measurement("the page, from its address until it is usable", min(usable), "s"),
        Measurement(
            f"opening a chat of {_MESSAGES:,} messages",
            min(large) * 1000,
            "ms",
            min(small) * 1000,
            "a chat of one",
        ),
        Measurement("… scrolling it back to its first message", min(backwards), "s"),
    ]


async def _open_chat(page: Page, persona: str) -> float:
    """Return the seconds from the click until the newest message is drawn."""
    begun = time.perf_counter()
    await page.evaluate("hash => { location.hash = hash; }", f"#{persona}/private")
    await page.wait_for_function(
        "persona => document.querySelector('.chat-item[aria-current]')?.dataset.key === persona"
        f" && document.querySelector('{_LOADED}')"
        " && document.querySelector('#messages > .row:last-child')",
        arg=persona,
    )
    return time.perf_counter() - begun


async def _scroll_back(page: Page) -> float:
    """Return the seconds until the chat's first message is there, going up as fast as it loads."""
    begun = time.perf_counter()
    while not await page.locator("#m1").count():
        await page.evaluate(
            "() => { document.getElementById('scroller').scrollTop = 0;"
            " return new Promise(requestAnimationFrame); }"
        )
    return time.perf_counter() - begun


@contextmanager
def _process(code: str, stdin: str = "", **environment: str) -> Iterator[str]:
    """Run `code` in a Python of its own while the block runs; its first line of output."""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "LOG_LEVEL": "ERROR", **environment},
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(stdin)
        process.stdin.close()
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def serve_peer(body: str) -> None:
    """Answer every POST with `body` as aiohttp does by itself, and print the address."""
    asyncio.run(_serve_peer(json.loads(body)))


async def _serve_peer(answer: object) -> None:
    async def handler(request: web.Request) -> web.Response:
        await request.json()
        return web.json_response(answer)

    app = web.Application()
    app.add_routes([web.post("/sendMessage", handler)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/sendMessage", flush=True)
    await asyncio.Event().wait()


def _client() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_CONNECTIONS))


async def _page_answers(page: str) -> None:
    async with _client() as http, http.get(page) as response:
        response.raise_for_status()
        await response.read()


async def _start_chat(http: aiohttp.ClientSession, page: str, persona: str) -> None:
    async with http.post(f"{page}users/{persona}/chats/private/start", json={}) as response:
        response.raise_for_status()


async def _send(http: aiohttp.ClientSession, method: str, chat_id: int) -> str:
    async with http.post(method, json={"chat_id": chat_id, **_ANSWER}) as response:
        response.raise_for_status()
        return await response.text()


@asynccontextmanager
async def _browser_page(chromium: str) -> AsyncIterator[Page]:
    from playwright.async_api import async_playwright  # noqa: PLC0415 -- only with Chromium

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=list(_CHROMIUM_OPTIONS)
        )
        yield await browser.new_page(viewport={"width": 1280, "height": 800})
        await browser.close()


def main() -> None:
    """Print the table."""
    print(report(measure_sandbox()))


if __name__ == "__main__":
    main()
