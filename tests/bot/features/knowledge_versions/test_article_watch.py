import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.database import Database
from bot.features.knowledge_versions.article_watch import ArticleWatch, settled_changes
from embeddings import Encoder
from knowledge import ArticlesFolderError, KnowledgeError, ReloadInProgressError, ReloadOutcome
from tests.bot.features.knowledge_versions.knowledge_at_work import (
    KnowledgeAtWork,
    knowledge_at_work,
)
from tests.knowledge.small_articles import PARKING, write

QUIET_MS = 100
PATIENCE = 60  # seconds until a test gives up


@asynccontextmanager
async def watched(folder: Path) -> AsyncIterator[AsyncIterator[tuple[str, ...]]]:
    """The settled changes of a folder, once they are surely being watched."""
    stop = asyncio.Event()
    changes = settled_changes(folder, stop, QUIET_MS)
    following = asyncio.ensure_future(anext(changes))
    write(folder, "first.md", "0")
    number = 0
    while not following.done():  # the watch begins at some moment: knock until it hears
        number += 1
        write(folder, "first.md", str(number))
        await asyncio.wait([following], timeout=3 * QUIET_MS / 1000)
    assert following.result() == ("first.md",)
    try:
        yield changes
    finally:
        stop.set()
        async for _ in changes:
            pass


async def test_changes_come_once_they_have_settled_and_only_articles_count(tmp_path: Path) -> None:
    async with asyncio.timeout(PATIENCE), watched(tmp_path) as changes:
        tmp_path.joinpath("phòng").mkdir()
        tmp_path.joinpath("picture.png").write_bytes(b"x")
        write(tmp_path, ".draft.md", "x")
        write(tmp_path, "notes.yaml", "x")
        write(tmp_path, "a.md", "x")
        write(tmp_path, "golden.yaml", "x")
        write(tmp_path / "phòng", "b.HTML", "x")
        assert set(await anext(changes)) >= {"a.md", "golden.yaml"}
        tmp_path.joinpath("a.md").unlink()
        names = await anext(changes)
        assert set(names) <= {"a.md", "b.HTML"}


def test_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ArticlesFolderError, match="để theo dõi"):
        settled_changes(tmp_path / "none", asyncio.Event())


async def test_a_change_during_another_reload_is_tried_again_and_errors_are_told(
    tmp_path: Path,
) -> None:
    ends: list[str | Exception] = [ReloadInProgressError("bận"), KnowledgeError("hỏng"), "xong"]
    told: list[str | Exception] = []
    idle: list[str] = []
    stop = asyncio.Event()

    async def reload() -> str:
        end = ends.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    async def tell(outcome: str | Exception) -> None:
        told.append(outcome)
        heard.set()

    async def wait_idle() -> None:
        idle.append("waited")

    heard = asyncio.Event()
    watch = ArticleWatch(reload, tell, wait_idle, QUIET_MS)
    running = asyncio.ensure_future(watch.run(tmp_path, stop))
    async with asyncio.timeout(PATIENCE):
        for number in (1, 2):
            heard.clear()
            while not heard.is_set():
                write(tmp_path, "a.md", f"{number}")
                await asyncio.wait([asyncio.ensure_future(heard.wait())], timeout=0.3)
        stop.set()
        await running
    assert [str(outcome) for outcome in told[:2]] == ["hỏng", "xong"]
    assert idle == ["waited"]


async def test_running_bot_reloads_what_changed(
    tmp_path: Path, encoder: Encoder, app_database: Database
) -> None:
    async with knowledge_at_work(tmp_path, encoder) as work, asyncio.timeout(PATIENCE):
        told: asyncio.Queue[ReloadOutcome | Exception] = asyncio.Queue()
        async with work.running(app_database, tell=told.put, watch=True):
            outcome = await _reloaded(work, told)
        assert isinstance(outcome, ReloadOutcome)
        assert outcome.promoted
        assert outcome.report.added == ("parking.md",)
        assert work.worker.kb_version == "v0002"


async def _reloaded(
    work: KnowledgeAtWork, told: asyncio.Queue[ReloadOutcome | Exception]
) -> ReloadOutcome | Exception:
    """Write an article until the watch, which begins at some moment, has heard of it."""
    while True:
        write(work.articles, "parking.md", PARKING)
        try:
            async with asyncio.timeout(2):
                return await told.get()
        except TimeoutError:
            continue
