import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.sandbox import Sandbox
from tests.bot.sandbox.page.chat_page import ChatPage
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, started once for all tests."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page_sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox in the loop of the browser."""
    async with Sandbox(port=0) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def scripted_bot(page_sandbox: Sandbox) -> AsyncIterator[ScriptedBot]:
    async with ScriptedBot(page_sandbox.api_url, page_sandbox.token) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="session")
async def chat_page(browser: Browser, page_sandbox: Sandbox) -> AsyncIterator[ChatPage]:
    """The page in a tab of its own; afterwards nothing may have gone wrong in it."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    context.set_default_timeout(10_000)
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat_page = ChatPage(await context.new_page(), page_sandbox.page_url)
    chat_page.watch()
    yield chat_page
    await context.close()
    assert chat_page.problems == []
    assert chat_page.left_loopback == []
