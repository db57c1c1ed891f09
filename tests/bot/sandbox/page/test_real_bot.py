"""The real bot in a real browser: what somebody who clones the project sees."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect
from pydantic import SecretStr

from bot.access.registry import People
from bot.database import Database
from bot.sandbox import Sandbox
from bot.serving import serving
from bot.settings import Access, Settings
from knowledge import KnowledgeBase
from tests.bot.sandbox.page.chat_page import ChatPage
from tests.bot.whole_bot import whole_bot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADMIN = 1003


@pytest_asyncio.fixture(loop_scope="session")
async def real_bot(
    page_sandbox: Sandbox,
    sqlite_url: str,
    tmp_path: Path,
    shipped_base: KnowledgeBase,
) -> AsyncIterator[None]:
    settings = Settings(
        telegram_bot_token=SecretStr(page_sandbox.token),
        telegram_api_url=page_sandbox.api_url,
        database_url=SecretStr(sqlite_url),
        admin_ids=frozenset({ADMIN}),
        access=Access.OPEN,
        data_dir=tmp_path,
        _env_file=None,
    )
    database = Database.of(settings)
    await database.connect()
    await People(database, settings.admin_ids).ensure_configured_admins(dt.datetime.now(dt.UTC))
    bot = whole_bot(settings, database, shipped_base)
    async with serving(bot.application, settings):
        yield
    bot.core.worker.close()


async def starts(chat_page: ChatPage) -> None:
    """Start the bot and wait for its welcome, which would else come between what follows."""
    await chat_page.button("Bắt đầu").click()
    await expect(chat_page.last).to_contain_text("trợ lý của Văn phòng UBND tỉnh Lào Cai")


@pytest.mark.parametrize("role", ["Khách", "Quản trị viên"])
async def test_each_persona_asks_and_sees_the_source(
    chat_page: ChatPage, real_bot: None, role: str
) -> None:
    await chat_page.open()
    await chat_page.choose(role)
    await starts(chat_page)
    await chat_page.writes("2 thao 3 dung 3 khong gom nhung gi")
    await expect(chat_page.last).to_contain_text("không né tránh")
    await chat_page.last.get_by_role("button", name="📄 Nguồn").click()
    quote = chat_page.last.locator("blockquote")
    await expect(quote).to_contain_text("không né tránh")
    await chat_page.writes("giá vàng hôm nay")
    await expect(chat_page.last).to_contain_text("Tôi chỉ trả lời về tài liệu của Văn phòng")


async def test_the_group_asks_with_a_command(chat_page: ChatPage, real_bot: None) -> None:
    await chat_page.open("staff", "group")
    await chat_page.writes("/ask ngay truyen thong vp la ngay nao")
    await expect(chat_page.last).to_contain_text("28/8")


async def test_votes_show_on_the_button(chat_page: ChatPage, real_bot: None) -> None:
    await chat_page.open("staff")
    await starts(chat_page)
    await chat_page.writes("3 đúng là gì")
    await expect(chat_page.last).to_contain_text("đúng thẩm quyền")
    await chat_page.last.get_by_role("button", name="👍").click()
    await expect(chat_page.last.get_by_role("button", name="👍 ✓")).to_be_visible()


async def test_an_admin_sees_the_figures_as_a_picture(chat_page: ChatPage, real_bot: None) -> None:
    await chat_page.open("admin")
    await starts(chat_page)
    await chat_page.writes("2 thạo là gì")
    await expect(chat_page.last).to_contain_text("thạo nghề")
    await chat_page.writes("/stats")
    await expect(chat_page.last.locator("img")).to_be_visible()
    await expect(chat_page.last).to_contain_text("1 câu hỏi")
