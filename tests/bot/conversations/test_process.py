"""`vanphong run` and `vanphong sandbox` as processes of their own, over real HTTP."""

import asyncio
import contextlib
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.features.asking import texts
from bot.features.sources import texts as source_texts
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona
from knowledge.answering.assistant import NOT_FOUND
from tests.bot.conftest import TOKEN, Vanphong
from tests.conftest import SHARED

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "knowledge" / "articles" / "office"


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


@contextlib.asynccontextmanager
async def trial(data_dir: Path, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A command without a token, ended like any other."""
    environment = {**os.environ, "DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)}
    environment.pop("TELEGRAM_BOT_TOKEN", None)
    command = [sys.executable, "-c", "import sys; from bot.cli import main; main(sys.argv[1:])"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, *arguments, env=environment, cwd=data_dir, stdout=pipe, stderr=pipe
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def test_a_person_sees_the_source_and_a_second_process_who_holds_the_directory(
    data_dir: Path,
) -> None:
    async with (
        Sandbox(token=TOKEN) as sandbox,
        running_bot(data_dir, sandbox.api_url) as process,
    ):
        staff = sandbox.persona("staff")
        await staff.starts()
        welcome = await staff.receives()
        assert "Văn phòng UBND tỉnh Lào Cai" in welcome.text
        await staff.sends("2 thao 3 dung 3 khong gom nhung gi")
        answer = await staff.receives()
        assert "không né tránh" in answer.text
        await answer.press(source_texts.SOURCE_BUTTON)
        assert (await staff.receives()).marked("expandable_blockquote")
        await welcome.press(texts.SUGGESTED_QUESTIONS["thanhlap"])
        assert "Không nguồn nào nêu ngày thành lập" in (await staff.receives()).text
        await staff.sends("số điện thoại của Văn phòng là gì")
        refusal = await staff.receives()
        assert NOT_FOUND in refusal.text
        await refusal.press(refusal.buttons[0])
        assert source_texts.SOURCE_BUTTON in (await staff.receives()).buttons
        async with running_bot(data_dir, sandbox.api_url) as second:
            _, errors = await second.communicate()
            assert second.returncode == 1
            assert f"tiến trình {process.pid}" in errors.decode()
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the office's article is not at hand")
async def test_the_real_article_answers(data_dir: Path) -> None:
    articles = SHARED / "articles"
    async with (
        Sandbox(token=TOKEN) as sandbox,
        running_bot(data_dir, sandbox.api_url, articles=articles),
    ):
        staff = sandbox.persona("staff")
        for question, part in (
            ("Ngày truyền thống của văn phòng là ngày nào?", "28/8"),
            ("ai ky quyet dinh 828", "Thủ tướng Chính phủ"),
            ("Văn phòng có bề dày truyền thống bao nhiêu năm?", "gần 76 năm"),
        ):
            await staff.sends(question)
            assert part in (await staff.receives()).text


@pytest.mark.usefixtures("indexed")
async def test_a_refused_token_ends_with_a_clear_line(data_dir: Path) -> None:
    async with (
        Sandbox(token="1:other") as sandbox,
        running_bot(data_dir, sandbox.api_url) as process,
    ):
        _, errors = await process.communicate()
        assert process.returncode == 1
        assert "Telegram không nhận TELEGRAM_BOT_TOKEN" in errors.decode()
        assert "Traceback" not in errors.decode()


@pytest.mark.usefixtures("fresh_logging", "nothing_set")
def test_an_unreachable_api_ends_with_a_clear_line(
    vanphong: Vanphong, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    assert vanphong("run") == 1
    shown = capsys.readouterr().err
    assert "Không kết nối được Bot API ở http://127.0.0.1:9" in shown
    assert "Traceback" not in shown
    assert TOKEN not in shown


async def test_without_a_token_the_trial_starts(data_dir: Path) -> None:
    async with trial(data_dir, "sandbox", "--port", "0", "--json") as process:
        assert process.stdout is not None
        address = json.loads(await process.stdout.readline())
        staff = Persona(address["page"], "staff")
        await staff.sends("2 thao la gi")
        assert "thạo nghề" in (await staff.receives()).text
        await staff.close()
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0


async def test_the_trial_can_be_stopped_while_its_bot_loads(data_dir: Path) -> None:
    async with trial(data_dir, "sandbox", "--port", "0", "--json") as process:
        assert process.stdout is not None
        address = json.loads(await process.stdout.readline())
        async with aiohttp.ClientSession() as http, http.get(address["page"] + "users") as response:
            assert (await response.json())["bot"]["connection"] == "starting"
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
        assert process.returncode == 130
        assert "Traceback" not in errors.decode()


async def test_run_without_a_token_names_the_page(data_dir: Path) -> None:
    async with trial(data_dir, "run") as process:
        assert process.stdout is not None
        assert "Chưa có TELEGRAM_BOT_TOKEN" in (await process.stdout.readline()).decode()
        page = (await process.stdout.readline()).decode().rpartition(" ")[2].strip()
        async with aiohttp.ClientSession() as http, http.get(page) as response:
            assert response.status == 200
            assert "<html" in await response.text()


async def test_a_server_without_a_bot_says_what_it_is_for(data_dir: Path) -> None:
    async with trial(data_dir, "sandbox", "--port", "0", "--json", "--no-bot") as process:
        assert process.stdout is not None
        address = json.loads(await process.stdout.readline())
        url = f"{address['api_url']}/bot{address['token']}/getMe"
        async with aiohttp.ClientSession() as http, http.get(url) as response:
            assert (await response.json())["result"]["is_bot"]
        async with aiohttp.ClientSession() as http, http.get(address["page"] + "users") as response:
            assert (await response.json())["bot"]["connection"] == "none"
        async with trial(data_dir, "sandbox", "--port", address["page"][17:-1]) as second:
            _, errors = await second.communicate()
            assert second.returncode == 1
            assert "--port" in errors.decode()


@pytest.mark.slow
async def test_what_people_asked_is_answered_though_the_bot_is_killed(data_dir: Path) -> None:
    async with Sandbox(token=TOKEN) as sandbox:
        people = []
        for number in range(20):
            profile = sandbox.world.people.add(f"person{number}", f"Người {number}")
            sandbox.world.welcome(profile, None)
            people.append(sandbox.persona(profile.key))
        async with running_bot(data_dir, sandbox.api_url) as process:
            await people[0].sends("/help")
            await people[0].receives()
            for person in people:
                await person.sends("2 thạo là gì")
            await people[0].receives()  # so it is in the middle of them
            process.kill()
            await process.wait()
        assert len(sandbox.world.updates) < len(people)  # most had been taken
        async with running_bot(data_dir, sandbox.api_url):
            for person in people[1:]:
                assert "thạo nghề" in (await person.receives()).text
    with contextlib.closing(sqlite3.connect(data_dir / "vanphong.db")) as database:
        asked = database.execute("SELECT person_id, count(*) FROM answers GROUP BY 1").fetchall()
        assert sorted(count for _, count in asked) == [1] * len(people)
