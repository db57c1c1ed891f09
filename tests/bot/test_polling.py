"""`vanphong run` as its own process, against a Bot API on loopback, over real long polling."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import texts
from tests.bot.bot_api_server import BotApiServer
from tests.bot.conftest import TOKEN
from tests.conftest import SHARED

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "knowledge" / "articles"


@contextlib.asynccontextmanager
async def running_bot(
    data_dir: Path, url: str, *, token: str = TOKEN, articles: Path = SHIPPED
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a person would start it, ended by the signal that a service manager sends."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_URL": url,
        "DATA_DIR": str(data_dir),
        "ARTICLES_DIR": str(articles),
        "PYTHONPATH": str(ROOT),
    }
    command = "import sys; from bot.cli import main; main(sys.argv[1:])"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", command, "run", env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
        assert TOKEN not in errors.decode()


@pytest.fixture
def data_dir(tmp_path: Path, models_dir: Path, encoder: object) -> Path:
    tmp_path.joinpath("models").symlink_to(models_dir, target_is_directory=True)
    return tmp_path


async def test_a_person_asks_and_sees_the_source(data_dir: Path) -> None:
    async with BotApiServer(TOKEN) as server, running_bot(data_dir, server.url) as process:
        server.sends("/start")
        welcome = await server.receives()
        assert texts.WELCOME in welcome.text
        server.sends("2 thao 3 dung 3 khong gom nhung gi")
        answer = await server.receives()
        assert answer.text.count("<b>") == 8
        server.presses(answer.buttons[texts.SOURCE_BUTTON])
        assert "<blockquote expandable>" in (await server.receives()).text
        server.presses(welcome.buttons[texts.SUGGESTED_QUESTIONS["thanhlap"]])
        assert "Không tài liệu nào nêu ngày thành lập" in (await server.receives()).text
        server.sends("giá vàng hôm nay")
        refusal = await server.receives()
        assert "không nêu điều này" in refusal.text
        server.presses(next(iter(refusal.buttons.values())))
        assert texts.SOURCE_BUTTON in (await server.receives()).buttons
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_many_people_at_once_each_get_their_answer(data_dir: Path) -> None:
    async with BotApiServer(TOKEN) as server, running_bot(data_dir, server.url):
        people = range(2000, 2020)
        for person in people:
            server.sends("Quốc khánh ngày nào", person)
        answers = [await server.receives() for _ in people]
        assert {answer.parameters["chat_id"] for answer in answers} == set(people)
        assert all("2/9/1945" in answer.text for answer in answers)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the office's article is not at hand")
async def test_the_real_article_answers(data_dir: Path) -> None:
    articles = SHARED / "articles"
    async with (
        BotApiServer(TOKEN) as server,
        running_bot(data_dir, server.url, articles=articles),
    ):
        for question, part in (
            ("Ngày truyền thống của văn phòng là ngày nào?", "<b>28/8</b>"),
            ("ai ky quyet dinh 828", "<b>Thủ tướng Chính phủ</b>"),
            ("văn phòng bao nhiêu năm rồi", "<b>gần 76 năm</b>"),
        ):
            server.sends(question)
            assert part in (await server.receives()).text


async def test_a_refused_token_ends_with_a_clear_line(data_dir: Path) -> None:
    async with (
        BotApiServer("1:other") as server,
        running_bot(data_dir, server.url) as process,
    ):
        _, errors = await process.communicate()
        assert process.returncode == 1
        assert "Telegram không nhận TELEGRAM_BOT_TOKEN" in errors.decode()
        assert "Traceback" not in errors.decode()


async def test_an_unreachable_api_ends_with_a_clear_line(data_dir: Path) -> None:
    async with running_bot(data_dir, "http://127.0.0.1:9") as process:
        _, errors = await process.communicate()
        assert process.returncode == 1
        assert "Không kết nối được Bot API ở http://127.0.0.1:9" in errors.decode()
        assert "Traceback" not in errors.decode()


async def test_a_second_process_is_told_who_holds_the_directory(data_dir: Path) -> None:
    async with BotApiServer(TOKEN) as server, running_bot(data_dir, server.url) as first:
        server.sends("/help")
        await server.receives()
        async with running_bot(data_dir, server.url) as second:
            _, errors = await second.communicate()
            assert second.returncode == 1
            assert f"tiến trình {first.pid}" in errors.decode()
