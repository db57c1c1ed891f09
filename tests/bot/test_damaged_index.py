"""An index whose files are damaged or gone: it is made again by itself, and the old one is kept."""

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.terminal.opening import open_base, open_directory
from embeddings import Encoder
from knowledge import IndexDamagedError, KnowledgeBase, StorageError
from knowledge.index.lock import LockHolder
from tests.knowledge.small_articles import DATE_QUESTION

Damage = Callable[[Path], None]


@pytest.fixture
def settings(tmp_path: Path, small_data: Path, models_dir: Path) -> Settings:
    """A data directory that knows the small articles, closed."""
    data_dir = shutil.copytree(small_data, tmp_path / "data")
    data_dir.joinpath("models").symlink_to(models_dir, target_is_directory=True)
    return Settings(data_dir=data_dir, articles_dir=data_dir / "articles", _env_file=None)


def chroma(index: Path) -> Path:
    return index / "chroma" / "chroma.sqlite3"


def garbage(index: Path) -> None:
    chroma(index).write_bytes(b"no database " * 400)


def truncated(index: Path) -> None:
    data = chroma(index).read_bytes()
    chroma(index).write_bytes(data[: len(data) // 2])


def zeros(index: Path) -> None:
    data = bytearray(chroma(index).read_bytes())
    data[8192 : len(data) // 2] = bytes(len(data) // 2 - 8192)
    chroma(index).write_bytes(data)


def scattered(index: Path) -> None:
    """Chroma ends the process over some of these."""
    data, chance = bytearray(chroma(index).read_bytes()), random.Random(1)  # noqa: S311
    for _ in range(300):
        data[chance.randrange(4096, len(data))] = chance.randrange(256)
    chroma(index).write_bytes(data)


def without_database(index: Path) -> None:
    chroma(index).unlink()


def without_vectors(index: Path) -> None:
    shutil.rmtree(index / "chroma")


def without_manifest(index: Path) -> None:
    next(index.joinpath("manifests").iterdir()).unlink()


def manifest_garbage(index: Path) -> None:
    next(index.joinpath("manifests").iterdir()).write_bytes(b"\xff\x00{")


def pointer_garbage(index: Path) -> None:
    index.joinpath("active").write_bytes(b"\xff\xfe\x00")


def pointer_elsewhere(index: Path) -> None:
    index.joinpath("active").write_text("v0099\n", "utf-8")


DAMAGES: list[Damage] = [
    garbage, truncated, zeros, scattered, without_database, without_vectors, without_manifest,
    manifest_garbage, pointer_garbage, pointer_elsewhere,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_is_made_again_and_the_damaged_one_is_kept(
    settings: Settings, encoder: Encoder, damage: Damage, capsys: pytest.CaptureFixture[str]
) -> None:
    index = settings.data_dir / "index"
    damage(index)
    before = {path.name for path in index.rglob("*") if path.is_file()}
    with open_base(settings, encoder) as base:
        assert "28/8" in base.assistant().answer(DATE_QUESTION).text
        assert base.active_version == "v0002"  # no name is given twice
    told = capsys.readouterr().err
    assert "Chỉ mục hỏng nên được lập lại từ bài viết và tài liệu" in told
    (aside,) = index.joinpath("damaged").iterdir()
    assert str(aside) in told
    kept = {path.name for path in aside.rglob("*") if path.is_file()}
    assert kept >= before - {"newest", "history.jsonl", "lock"}
    with open_base(settings, encoder):
        pass
    assert len(list(index.joinpath("damaged").iterdir())) == 1


def test_without_a_pointer_it_is_made_again(settings: Settings, encoder: Encoder) -> None:
    settings.data_dir.joinpath("index", "active").unlink()
    with open_base(settings, encoder) as base:
        assert "28/8" in base.assistant().answer(DATE_QUESTION).text


def test_a_reload_finds_an_empty_index_too(settings: Settings, encoder: Encoder) -> None:
    garbage(settings.data_dir / "index")
    with open_directory(settings, encoder) as base:
        assert base.active_version is None
        assert base.reload(settings.articles_dir).version == "v0002"


def left_by_a_killed_owner(index: Path, *, openings: int) -> None:
    holder = LockHolder(1, "2026-11-24T02:00:00+00:00", "vanphong run", openings)
    index.joinpath("lock.json").write_text(json.dumps(asdict(holder)), "utf-8")


@pytest.mark.parametrize(("openings", "version"), [(0, "v0001"), (1, "v0001"), (2, "v0002")])
def test_an_index_that_ends_the_process_twice_is_made_again(
    settings: Settings, encoder: Encoder, openings: int, version: str
) -> None:
    left_by_a_killed_owner(settings.data_dir / "index", openings=openings)
    with open_base(settings, encoder) as base:
        assert base.active_version == version
        holder = json.loads(settings.data_dir.joinpath("index", "lock.json").read_text("utf-8"))
        assert holder["openings"] == 0


def test_a_large_database_is_looked_at_after_a_kill(
    settings: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.index.soundness._QUICK_BYTES", 0)
    index = settings.data_dir / "index"
    looked: list[bool] = []
    monkeypatch.setattr(
        "knowledge.index.soundness.sqlite3.connect", lambda *_, **__: looked.append(True)
    )
    with KnowledgeBase(settings.data_dir, encoder):
        pass
    assert not looked
    left_by_a_killed_owner(index, openings=0)
    with pytest.raises(AttributeError):  # there is no connection to be had
        KnowledgeBase(settings.data_dir, encoder).open()
    assert looked


def test_what_the_disk_does_is_no_damage(
    settings: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is set aside when a full or read-only disk, or another process, is to blame."""
    from chromadb.errors import InternalError  # noqa: PLC0415

    with KnowledgeBase(settings.data_dir, encoder) as base:
        for reason, kind in (
            ("error returned from database: (code: 13) database or disk is full", StorageError),
            (
                "error returned from database: (code: 1032) attempt to write a readonly database",
                StorageError,
            ),
            ("error returned from database: (code: 5) database is locked", StorageError),
            ("No space left on device (os error 28)", StorageError),
            ("Error executing plan: Internal error: Error finding id", IndexDamagedError),
            ("error returned from database: (code: 11) malformed", IndexDamagedError),
        ):

            def fail(_: str, reason: str = reason) -> None:
                raise InternalError(reason)

            monkeypatch.setattr(base._store, "_collection", fail)
            with pytest.raises(kind):
                base._store.count("v0001")
