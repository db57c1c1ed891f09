"""`vanphong backup` and `restore` on SQLite and PostgreSQL: what they keep, and refuse."""

import asyncio
import contextlib
import datetime as dt
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock
from sqlalchemy import select

from bot.access.tables import AuditRow
from bot.backup import database_copies, saving
from bot.backup.archive import opened_archive
from bot.cli.main import run
from bot.database import Database
from bot.database.url import parse_url
from bot.settings import load_settings
from knowledge.articles.reading import DocumentFormat
from knowledge.documents.details import DocumentDetails
from knowledge.documents.reader import read_text
from knowledge.documents.store import DocumentStore, NewDocument
from tests.bot.backup.archives import write_archive
from tests.bot.backup.test_archive import ENTRIES
from tests.postgresql_server import in_thread

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")
NOW = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
KEY = f"vanphong-key-1 {'ab' * 32} 00000000\n"


def add_document(data_dir: Path, words: str) -> str:
    data = words.encode()
    new = NewDocument.of(
        data, f"{words}.txt", read_text(data, DocumentFormat.TEXT), DocumentDetails(words, "")
    )
    return DocumentStore(data_dir).add(new, by="1", now=NOW).document_id


def add_row(url: str, target: str) -> None:
    async def add() -> None:
        database = Database(parse_url(url))
        await database.connect()
        async with database.transaction() as session:
            session.add(
                AuditRow(at=NOW, channel="cli", action="x", denied=False, target=target, details={})
            )
        await database.close()

    in_thread(add())


def rows(url: str) -> list[str | None]:
    async def read() -> list[str | None]:
        database = Database(parse_url(url))
        await database.connect()
        async with database.session() as session:
            found = (await session.scalars(select(AuditRow.target).order_by(AuditRow.id))).all()
        await database.close()
        return list(found)

    return asyncio.run(read())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    """A data directory with a document, an upload that waits, a key, and a row in the database."""
    data_dir = tmp_path / "office"
    monkeypatch.setenv("DATABASE_URL", database_url)
    add_document(data_dir, "Xe đưa đón khởi hành lúc 6 giờ")
    waiting = data_dir / "documents" / "pending" / "0123456789ab"
    waiting.mkdir(parents=True)
    waiting.joinpath("draft.json").write_text("{}", "utf-8")
    data_dir.joinpath("certificate.key").write_text(KEY, "ascii")
    add_row(database_url, "before")
    return data_dir


@pytest.fixture
def empty_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, office: Path
) -> Callable[[], str]:
    """Lets the settings name an empty database of the same kind, and returns its address."""

    def choose() -> str:
        url = f"sqlite:///{tmp_path / 'elsewhere' / 'new.db'}"
        if request.node.callspec.params["database_url"] == "postgresql":
            url = str(request.getfixturevalue("empty_postgresql_url"))
        monkeypatch.setenv("DATABASE_URL", url)
        return url

    return choose


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def test_all_comes_back_as_it_was(
    office: Path,
    empty_place: Callable[[], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "b.vanphong"
    assert run(["--data-dir", str(office), "backup", str(file)]) == 0
    told = capsys.readouterr()
    assert "1 tài liệu, khóa bí mật" in told.out
    assert ".env" in told.err
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    before = tree(office)
    url = empty_place()
    there = tmp_path / "new" / "data"
    assert run(["--data-dir", str(there), "restore", str(file)]) == 0
    told = capsys.readouterr()
    assert "Đã phục hồi bản sao lưu lúc" in told.out
    assert "ARTICLES_DIR" not in told.out  # the shipped articles are there already
    assert tree(there) == before
    assert there.joinpath("certificate.key").stat().st_mode & 0o777 == 0o600
    assert rows(url)[:1] == ["before"]
    assert not there.joinpath(".restoring").exists()


def test_articles_that_are_not_here_come_with_their_settings(
    office: Path,
    empty_place: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    articles, quizzes = tmp_path / "articles", tmp_path / "quizzes"
    for folder in (articles / "phòng", quizzes):
        folder.mkdir(parents=True)
    articles.joinpath("phòng", "Ai trực?.md").write_text("Một bài.", "utf-8")
    articles.joinpath(".hidden.md").write_text("Không đọc.", "utf-8")
    quizzes.joinpath("a.yaml").write_text("topic: a", "utf-8")
    monkeypatch.setenv("ARTICLES_DIR", str(articles))
    monkeypatch.setenv("QUIZZES_DIR", str(quizzes))
    file = tmp_path / "b.vanphong"
    assert run(["--data-dir", str(office), "backup", str(file)]) == 0
    articles.joinpath("phòng", "Ai trực?.md").unlink()
    empty_place()
    there = tmp_path / "there"
    assert run(["--data-dir", str(there), "restore", str(file)]) == 0
    assert f"ARTICLES_DIR={there / 'articles'}\n" in capsys.readouterr().out
    assert tree(there / "articles") == {"phòng/Ai trực?.md": "Một bài.".encode()}
    assert not there.joinpath("quizzes").exists()  # word for word where they were


def test_a_backup_is_as_of_one_moment(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """A document that is added once the moment has passed is in neither half; before, in both."""
    still = DocumentStore.standing_still
    waited = []

    @contextlib.contextmanager
    def watched(store: DocumentStore) -> Iterator[object]:
        with still(store) as held:
            with pytest.raises(TimeoutError):
                FileLock(office / "documents" / "lock", timeout=0).acquire()
            waited.append("an editor waits while the moment is taken")
            yield held
        add_document(office, "Thêm trong lúc sao lưu")
        add_row(database_url, "after")

    monkeypatch.setattr(DocumentStore, "standing_still", watched)
    settings = load_settings(data_dir=office)
    file = tmp_path / "b"
    saving.save(settings, file, NOW)
    assert waited
    with opened_archive(file) as archive:
        history = tmp_path / "history"
        archive.write("documents/history.jsonl", history)
        assert [json.loads(line)["document_id"] for line in history.read_text().splitlines()] == [
            "D1"
        ]
        assert [name for name in archive.entries if "readings" in name] == [
            "documents/readings/D1.json"
        ]
        archive.write("database", tmp_path / "copy")
    assert b"before" in (copy := tmp_path.joinpath("copy").read_bytes())
    assert b"after" not in copy
    assert rows(database_url) == ["before", "after"]


def test_writers_go_on_during_a_backup(office: Path, tmp_path: Path, database_url: str) -> None:
    settings = load_settings(data_dir=office)

    async def write_and_save() -> None:
        database = Database(parse_url(database_url))
        await database.connect()
        saved = asyncio.create_task(asyncio.to_thread(saving.save, settings, tmp_path / "b", NOW))
        written = 0
        while not saved.done():
            async with database.transaction() as session:
                for name in ("one", "two"):  # both or neither
                    session.add(
                        AuditRow(
                            at=NOW,
                            channel="cli",
                            action=name,
                            denied=False,
                            target=str(written),
                            details={},
                        )
                    )
            written += 1
        await saved
        await database.close()
        assert written > 1

    asyncio.run(write_and_save())
    with opened_archive(tmp_path / "b") as archive:
        archive.write("database", tmp_path / "copy")
    if database_url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(tmp_path / "copy")) as copy:
            counts = copy.execute(
                "SELECT sum(action = 'one'), sum(action = 'two') FROM audit_log"
            ).fetchone()
            assert counts[0] == counts[1]
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_that_is_there_is_not_replaced(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b"
    file.write_text("mine")
    assert run(["--data-dir", str(office), "backup", str(file)]) == 1
    assert "đã có" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert run(["--data-dir", str(office), "backup", str(tmp_path / "no" / "b")]) == 1
    assert "Không ghi được bản sao lưu" in capsys.readouterr().err


def test_what_is_missing_in_the_store_is_named_and_the_rest_is_saved(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (original,) = office.joinpath("documents", "originals").iterdir()
    original.write_bytes(b"spoiled")
    assert run(["--data-dir", str(office), "backup", str(tmp_path / "b")]) == 1
    assert original.name in capsys.readouterr().err
    assert zipfile.is_zipfile(tmp_path / "b")


def test_a_place_with_anything_in_it_is_refused(
    office: Path,
    empty_place: Callable[[], str],
    tmp_path: Path,
    database_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "b"
    assert run(["--data-dir", str(office), "backup", str(file)]) == 0
    before = tree(office)
    assert run(["--data-dir", str(office), "restore", str(file)]) == 1
    assert "không trống" in capsys.readouterr().err
    there = tmp_path / "there"
    assert run(["--data-dir", str(there), "restore", str(file)]) == 1  # the old database
    assert "đã có dữ liệu" in capsys.readouterr().err
    assert list(there.iterdir()) == []
    assert tree(office) == before
    assert "before" in rows(database_url)
    empty_place()
    there.joinpath("models").mkdir()
    assert run(["--data-dir", str(there), "restore", str(file)]) == 0


def test_a_restore_that_was_killed_keeps_others_off_and_is_done_again(
    office: Path,
    empty_place: Callable[[], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "b"
    assert run(["--data-dir", str(office), "backup", str(file)]) == 0
    there = tmp_path / "there"
    for left in ("files/documents", "files/articles"):
        there.joinpath(".restoring", left).mkdir(parents=True)
    there.joinpath(".restoring", "database").write_text("half")
    there.joinpath("certificate.key").write_text("moved already")
    assert run(["--data-dir", str(there), "people", "list"]) == 1
    assert "vanphong restore" in capsys.readouterr().err
    url = empty_place()
    assert run(["--data-dir", str(there), "restore", str(file)]) == 0
    assert tree(there) == tree(office)
    assert "before" in rows(url)
    # killed after the last step but one: all is there, only the mark is not gone
    there.joinpath(".restoring", "files").mkdir(parents=True)
    there.joinpath(".restoring", "database").write_text("whole")
    assert run(["--data-dir", str(there), "restore", str(file)]) == 0
    assert "before" in rows(url)
    assert run(["--data-dir", str(there), "people", "list"]) == 0


def test_a_failing_restore_leaves_nothing(
    office: Path,
    empty_place: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "b"
    assert run(["--data-dir", str(office), "backup", str(file)]) == 0
    empty_place()
    there = tmp_path / "there"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    copies = type(database_copies.database_copies(load_settings()))
    with monkeypatch.context() as patch:
        patch.setattr(copies, "restore", full)  # the last step, when the files are moved already
        assert run(["--data-dir", str(there), "restore", str(file)]) == 1
    assert "ổ đĩa đã đầy" in capsys.readouterr().err
    assert list(there.iterdir()) == []
    assert run(["--data-dir", str(there), "restore", str(file)]) == 0
    assert tree(there) == tree(office)


@pytest.mark.parametrize(
    ("entries", "manifest", "message"),
    [
        (ENTRIES, {"revision": "r9999_future"}, "mới hơn chương trình"),
        (ENTRIES, {"database": "postgresql"}, "postgresql"),
        (ENTRIES, {}, "hỏng"),  # rows that are no database
        ({"documents/history.jsonl": b""}, {}, "thiếu cơ sở dữ liệu"),
        ({**ENTRIES, "index/active": b"v0001"}, {}, "mục lạ"),
        ({**ENTRIES, "certificate.key/x": b""}, {}, "mục lạ"),
        ({**ENTRIES, "documents": b""}, {}, "mục lạ"),
    ],
)
def test_an_archive_that_does_not_fit_is_refused(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    entries: dict[str, bytes],
    manifest: dict[str, str],
    message: str,
) -> None:
    file = write_archive(tmp_path / "b", entries, manifest)
    there = tmp_path / "there"
    assert run(["--data-dir", str(there), "restore", str(file)]) == 1
    told = capsys.readouterr().err
    assert message in told
    assert "Traceback" not in told
    assert not there.exists() or list(there.iterdir()) == []


def test_without_a_disk_to_hold_it_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_archive(tmp_path / "b", ENTRIES)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=100))
    assert run(["--data-dir", str(tmp_path / "there"), "restore", str(file)]) == 1
    assert "Hãy dọn đĩa" in capsys.readouterr().err


def test_nothing_to_save_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data-dir", str(tmp_path / "none"), "backup", str(tmp_path / "b")]) == 1
    assert "Chưa có dữ liệu" in capsys.readouterr().err
    assert not tmp_path.joinpath("b").exists()


def test_postgresqls_programs_are_asked_for(
    migrated_postgresql_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", migrated_postgresql_url)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(database_copies, "_PLACES", tmp_path)
    assert run(["--data-dir", str(tmp_path / "d"), "backup", str(tmp_path / "b")]) == 1
    assert "pg_dump" in (told := capsys.readouterr().err)
    assert "postgresql-client" in told
    tmp_path.joinpath("pg_dump").write_text("#!/bin/sh\necho 'pg_dump: error: no' >&2; exit 1\n")
    tmp_path.joinpath("pg_dump").chmod(0o700)
    assert run(["--data-dir", str(tmp_path / "d"), "backup", str(tmp_path / "b")]) == 1
    assert "(pg_dump: error: no)" in capsys.readouterr().err
    assert not tmp_path.joinpath("b").exists()
