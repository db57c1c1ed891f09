"""A trial office on the disk: its articles, its database with roles, and the bot as a process."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.database.url import parse_url
from knowledge import KnowledgeBase, list_versions, read_golden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox import Sandbox
    from embeddings import Encoder, Reader

ROOT = Path(__file__).parents[2]
_BOT = "import sys; from bot.cli import main; main(['run'])"
_ARTICLES = ROOT / "knowledge" / "articles" / "office"
GOLDEN = """\
answered:
  - ask: 2 thạo là gì
    contains: thạo nghề
  - ask: 3 không là gì
    contains: không né tránh
  - ask: Tỉnh Lào Cai tái lập ngày nào?
    contains: 1/10/1991
refused:
  - giá vàng hôm nay
"""
"""The exam that every version passes before it is used, and that this benchmark holds again."""
_LONGEST_START = 300.0


class Office:
    """A data directory of its own; the models are shared."""

    def __init__(self, folder: Path, models: Path) -> None:
        self.data_dir = folder
        self.articles = folder / "articles"
        self.log = folder / "bot.log"
        folder.mkdir(parents=True)
        (folder / "models").symlink_to(models, target_is_directory=True)
        shutil.copytree(_ARTICLES, self.articles)
        self.articles.joinpath("golden.yaml").write_text(GOLDEN, "utf-8")
        self.process: asyncio.subprocess.Process | None = None
        self.starts: list[float] = []

    async def prepare(self, encoder: Encoder, editors: Iterable[int]) -> None:
        """Make the index, the database and the editors."""
        with KnowledgeBase(self.data_dir, encoder) as base:
            base.reload(self.articles)
        database = Database(parse_url(f"sqlite:///{self.data_dir / 'vanphong.db'}"))
        await database.migrate()
        await database.connect()
        for editor in editors:
            now = dt.datetime.now(dt.UTC)
            await People(database).set_role(
                CLI, editor, Role.EDITOR, now, name=f"Biên tập {editor}"
            )
        await database.close()

    async def start(self, sandbox: Sandbox) -> None:
        """Start the bot as a service manager would."""
        environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": sandbox.token,
            "TELEGRAM_API_URL": sandbox.api_url,
            "DATA_DIR": str(self.data_dir),
            "ARTICLES_DIR": str(self.articles),
            "ADMIN_IDS": str(sandbox.world.people.persona("admin").user.id),
            "ACCESS": "open",
            "LOG_LEVEL": "INFO",
        }
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", _BOT, env=environment, cwd=ROOT, stdout=log, stderr=log
            )

    async def ready(self, sandbox: Sandbox) -> None:
        """Wait until the bot asks for updates; raises RuntimeError where it ends instead."""
        begun, updates = time.perf_counter(), sandbox.world.updates
        oldest = updates.first()
        while not updates.is_polled and (oldest is None or updates.first() is oldest):
            if self.process is None or self.process.returncode is not None:
                raise RuntimeError(f"the bot did not start: see {self.log}")
            if time.perf_counter() - begun > _LONGEST_START:
                raise RuntimeError(f"the bot took over {_LONGEST_START:.0f} s: see {self.log}")
            await asyncio.sleep(0.02)
        self.starts.append(time.perf_counter() - begun)

    async def end(self, sandbox: Sandbox, number: signal.Signals = signal.SIGKILL) -> None:
        """End the bot by a signal; the connection by which it polled ends with it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(number)
            await self.process.wait()
        sandbox.world.updates.take_over()

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the database, also while the bot uses it."""
        place = f"file:{self.data_dir / 'vanphong.db'}?mode=ro"
        with contextlib.closing(sqlite3.connect(place, uri=True, timeout=20)) as database:
            return database.execute(statement, values).fetchall()

    def check_files(self) -> None:
        """Hold what the kill left to the least: whole databases, and a live version."""
        for file in (self.data_dir / "vanphong.db", *self.data_dir.rglob("chroma.sqlite3")):
            place = f"file:{file}?mode=ro"
            with contextlib.closing(sqlite3.connect(place, uri=True, timeout=20)) as database:
                (found,) = database.execute("PRAGMA quick_check").fetchone()
            assert found == "ok", f"{file} is damaged: {found}"
        assert self.live_version(), "no version is live"

    def live_version(self) -> str:
        """Return the version that questions are answered from."""
        return next((each.name for each in list_versions(self.data_dir) if each.active), "")

    def hold_exam(self, encoder: Encoder, reader: Reader) -> None:
        """Ask the live version the golden questions; the bot must not run."""
        golden = read_golden(self.articles) or ()
        with KnowledgeBase(self.data_dir, encoder, reader=reader) as base:
            assistant = base.assistant()
            for question in golden:
                answer = assistant.answer(question.text)
                assert question.is_right(answer), f"{question.text}: {answer.text}"
