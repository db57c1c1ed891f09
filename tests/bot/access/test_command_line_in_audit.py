"""What the command line does to versions and documents is in the audit log, bot or no bot."""

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.access.person import Channel
from bot.cli.main import run
from bot.features.knowledge_versions.article_watch import ARTICLES_CHANGED
from embeddings import Encoder
from knowledge import ReloadOutcome
from tests.bot.access.office import Office
from tests.bot.conftest import Vanphong
from tests.bot.features.knowledge_versions.knowledge_at_work import knowledge_at_work
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    write,
    write_small_articles,
)

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind alone: what is tested begins above the stores."""
    return sqlite_url


Noted = tuple[str, str | None, dict[str, Any]]
NOBODY_LISTENS = "postgresql://a:secret@127.0.0.1:1/b"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = write_small_articles(tmp_path / "articles")
    write(folder, "golden.yaml", f"answered:\n  - ask: {DATE_QUESTION}\n    contains: 28/8\n")
    return folder


@pytest.fixture
def vanphong(data_dir: Path, articles: Path) -> Vanphong:
    """Runs the command line without a bot, on a directory whose model is prepared already."""
    return lambda *arguments: run(
        ["--data-dir", str(data_dir), "--articles", str(articles), *arguments]
    )


@pytest.fixture
def set_database(monkeypatch: pytest.MonkeyPatch, database_url: str, nothing_set: None) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


@pytest.fixture
def parking(tmp_path: Path) -> str:
    """A file that can be added to the store."""
    file = tmp_path / "parking.md"
    file.write_text(PARKING, encoding="utf-8")
    return str(file)


def lose_the_day(articles: Path) -> None:
    text = articles.joinpath("day.md").read_text(encoding="utf-8")
    write(articles, "day.md", text.replace("28/8", "ấy"))


def noted(vanphong: Vanphong, capsys: pytest.CaptureFixture[str]) -> list[Noted]:
    """What the audit log holds, oldest first; all of it came from the command line."""
    capsys.readouterr()
    assert vanphong("audit", "--json") == 0
    entries = json.loads(capsys.readouterr().out)
    assert {(entry["channel"], entry["actor"]) for entry in entries} <= {("cli", None)}
    return [(entry["action"], entry["target"], entry["details"]) for entry in reversed(entries)]


@pytest.mark.usefixtures("set_database")
def test_versions(vanphong: Vanphong, articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert vanphong("reload") == 0
    lose_the_day(articles)
    assert vanphong("reload") == 1
    assert vanphong("versions", "--promote", "v0002") == 0
    assert vanphong("rollback") == 0
    assert vanphong("reload") == 1
    assert vanphong("versions", "--discard", "v0003") == 0
    assert noted(vanphong, capsys) == [
        ("knowledge.reload.outcome", "v0001", {"promoted": True}),
        ("knowledge.reload.outcome", "v0002", {"promoted": False}),
        ("knowledge.promote", "v0002", {}),
        ("knowledge.roll_back", "v0001", {}),
        ("knowledge.reload.outcome", "v0003", {"promoted": False}),
        ("knowledge.discard", "v0003", {}),
    ]


@pytest.mark.usefixtures("set_database")
def test_documents(
    vanphong: Vanphong, parking: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = tmp_path / "newer.md"
    newer.write_text(f"{PARKING}\nXe máy gửi ở tầng hầm.\n", encoding="utf-8")
    assert vanphong("docs", "add", parking) == 0
    assert vanphong("docs", "replace", "D1", str(newer)) == 0
    assert vanphong("docs", "restore", "d1", "--json") == 0
    assert vanphong("docs", "edit", "d1", "--title", "Bãi xe") == 0
    assert vanphong("docs", "retire", "D1") == 0
    assert vanphong("docs", "download", "d2", str(tmp_path / "out.md")) == 0
    assert noted(vanphong, capsys) == [
        ("document.store", "D1", {"replaces": None}),
        ("document.store", "D2", {"replaces": "D1"}),
        ("document.restore", "D1", {}),
        ("document.edit", "D1", {}),
        ("document.retire", "D1", {}),
        ("document.download", "D2", {}),
    ]


@pytest.mark.usefixtures("set_database")
def test_what_fails_or_only_looks_is_not_in_the_log(
    vanphong: Vanphong, articles: Path, parking: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("docs", "list") == 0
    assert vanphong("docs", "retire", "D9") == 1
    assert vanphong("docs", "download", "D9", "out.md") == 1
    assert vanphong("rollback") == 1
    assert vanphong("versions") == 0
    assert vanphong("versions", "--discard", "v0007") == 1
    write(articles, "golden.yaml", "answered: 5\n")
    assert vanphong("reload") == 1
    assert noted(vanphong, capsys) == []


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix domain sockets here")
@pytest.mark.usefixtures("set_database")
async def test_through_a_running_bot(
    tmp_path: Path, encoder: Encoder, parking: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with knowledge_at_work(tmp_path / "bot", encoder) as work:

        def vanphong(*arguments: str) -> int:
            places = ["--data-dir", str(work.data_dir), "--articles", str(work.articles)]
            return run([*places, *arguments])

        async def does(*arguments: str) -> int:
            return await asyncio.to_thread(vanphong, *arguments)

        async with work.running():
            assert await does("docs", "add", parking) == 0
            assert await does("rollback") == 0
            work.lose_the_day()
            assert await does("reload") == 1
            assert await does("versions", "--promote", "v0003") == 0
            entries = await asyncio.to_thread(noted, vanphong, capsys)
    assert entries == [
        ("document.store", "D1", {"replaces": None}),
        ("knowledge.reload.outcome", "v0002", {"promoted": True}),
        ("knowledge.roll_back", "v0001", {}),
        ("knowledge.reload.outcome", "v0003", {"promoted": False}),
        ("knowledge.promote", "v0003", {}),
    ]


def test_log_that_cannot_be_written_undoes_nothing_and_hides_nothing(
    vanphong: Vanphong,
    parking: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", NOBODY_LISTENS)
    assert vanphong("docs", "add", parking, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["document_id"] == "D1"
    assert "Cảnh báo: việc này đã làm xong nhưng chưa ghi được vào nhật ký quản trị" in said.err
    assert "Không kết nối được" in said.err
    assert "secret" not in said.err
    assert vanphong("docs", "list", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


async def test_reload_of_a_watched_folder_is_the_programs_own(
    office: Office, tmp_path: Path, encoder: Encoder
) -> None:
    done = asyncio.Event()

    async def tell(outcome: ReloadOutcome | Exception) -> None:
        done.set()

    async with (
        knowledge_at_work(tmp_path / "bot", encoder) as work,
        asyncio.timeout(60),
        work.running(office.database, tell=tell, watch=True),
    ):
        while not done.is_set():  # the watch begins at some moment: knock until it hears
            write(work.articles, "parking.md", PARKING)
            await asyncio.wait([asyncio.ensure_future(done.wait())], timeout=2)
    first = (await office.log())[0]
    assert (first.channel, first.actor) == (Channel.SETTINGS, None)
    assert (first.action, first.target) == ("knowledge.reload.outcome", "v0002")
    assert first.details == {"promoted": True, "why": ARTICLES_CHANGED}
