import json
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from embeddings import Encoder
from knowledge import (
    IndexDamagedError,
    IndexMismatchError,
    KnowledgeBase,
    ReloadInProgressError,
    ReloadProgress,
    ReloadRequest,
    VersionError,
    list_versions,
)
from tests.knowledge.counting_encoder import CountingEncoder
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    PARKING_QUESTION,
    manifests,
    says,
    write,
)

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 24, 5, 0, 0, tzinfo=UTC)

BUILD_AND_DIE = """\
import os, signal, sys
from pathlib import Path
from embeddings import PACKAGED_MODEL, load_encoder
from knowledge import KnowledgeBase, ReloadRequest
data, models, articles, stage = sys.argv[1:]
def die(progress):
    if progress.stage == stage:
        os.kill(os.getpid(), signal.SIGKILL)
with KnowledgeBase(Path(data), load_encoder(PACKAGED_MODEL, Path(models))) as base:
    base.reload_examined(ReloadRequest(Path(articles)), progress=die)
"""


def numbered(articles: Path, number: int) -> None:
    write(articles, "parking.md", f"{PARKING}\nLần sửa thứ {number}.\n")


@pytest.fixture
def three(base: KnowledgeBase, articles: Path) -> KnowledgeBase:
    """A base that had three versions live, one after the other."""
    for number in range(3):
        numbered(articles, number)
        base.reload(articles)
    return base


def test_rollback_goes_to_what_was_live_before_and_back(
    three: KnowledgeBase, articles: Path
) -> None:
    assert three.rollback() == "v0002"
    assert three.active_version == "v0002"
    assert "thứ 1" in says(three, "lần sửa thứ mấy của bãi xe")
    assert three.rollback() == "v0003"
    assert three.rollback("v0001") == "v0001"
    assert three.rollback() == "v0003"  # not v0002: what was live last
    names = [(info.name, info.active, info.previous) for info in three.versions()]
    assert names == [
        ("v0003", True, False),
        ("v0002", False, False),
        ("v0001", False, True),
    ]
    numbered(articles, 9)
    assert three.reload(articles).version == "v0004"


def test_rollback_takes_less_than_a_second(three: KnowledgeBase) -> None:
    three.assistant("v0002")
    begun = time.perf_counter()
    three.rollback()
    answer = three.assistant().answer(PARKING_QUESTION)
    assert time.perf_counter() - begun < 1
    assert answer.kb_version == "v0002"


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("v0003", "đang được dùng rồi"),
        ("v0009", "Không có phiên bản v0009"),
        ("../../etc", "Không có phiên bản"),
        ("", "Không có phiên bản"),
    ],
)
def test_rollback_to_nothing(three: KnowledgeBase, to: str, problem: str) -> None:
    with pytest.raises(VersionError, match=problem):
        three.rollback(to)
    assert three.active_version == "v0003"


def test_first_version_has_nothing_before_it(base: KnowledgeBase, articles: Path) -> None:
    with pytest.raises(VersionError, match="Không có phiên bản nào trước"):
        base.rollback()
    base.reload(articles)
    with pytest.raises(VersionError, match="Không có phiên bản nào trước"):
        base.rollback()
    with pytest.raises(VersionError, match="đang được dùng"):
        base.discard("v0001")


def test_rollback_to_a_version_of_another_model_or_without_records(
    three: KnowledgeBase, articles: Path, tmp_path: Path, encoder: Encoder
) -> None:
    three.reload(articles, full=True)  # in a collection of its own
    three._store.remove("v0001", [next(iter(sorted(three._store.ids("v0001"))))])
    with pytest.raises(IndexDamagedError, match="không còn đủ bản ghi"):
        three.rollback()
    three.close()
    other = CountingEncoder(encoder, model_id="another-model@1")
    with KnowledgeBase(tmp_path / "data", other) as base:
        base.reload(articles)
        with pytest.raises(IndexMismatchError, match="another-model"):
            base.rollback("v0004")


def test_versions_tell_when_they_were_built_and_promoted(
    tmp_path: Path, encoder: Encoder, articles: Path
) -> None:
    with KnowledgeBase(tmp_path / "data", encoder, now=lambda: NOON) as base:
        base.reload(articles)
        (info,) = base.versions()
        assert (info.built_at, info.promoted_at) == (NOON, NOON)
        assert (info.articles, info.chunks, info.active) == (2, 6, True)
        assert list_versions(tmp_path / "data") == (info,)  # without the lock


def test_no_versions(tmp_path: Path) -> None:
    assert list_versions(tmp_path) == ()


def test_old_versions_are_pruned_but_never_the_previous(
    tmp_path: Path, encoder: Encoder, articles: Path
) -> None:
    data = tmp_path / "data"
    with KnowledgeBase(data, encoder, keep_versions=3) as base:
        for number in range(4):
            numbered(articles, number)
            base.reload(articles)
        assert manifests(data) == ["v0002.json", "v0003.json", "v0004.json"]
        base.rollback("v0002")
        numbered(articles, 4)
        base.reload(articles)
        # v0002 was live before: it stays although it is the oldest
        assert manifests(data) == ["v0002.json", "v0004.json", "v0005.json"]
        assert base.rollback() == "v0002"
        assert "thứ 1" in says(base, "lần sửa thứ mấy của bãi xe")
        assert len(base._store.ids("v0001")) == base._store.count("v0001")


@pytest.mark.parametrize("keep", [2, 3, 5])
def test_as_many_versions_are_kept_as_were_asked_for(
    tmp_path: Path, encoder: Encoder, articles: Path, keep: int
) -> None:
    data = tmp_path / "data"
    with KnowledgeBase(data, encoder, keep_versions=keep) as base:
        for built in range(1, keep + 3):
            numbered(articles, built)
            base.reload(articles)
            kept = range(max(1, built - keep + 1), built + 1)
            assert manifests(data) == [f"v{number:04d}.json" for number in kept]


def test_full_reload_takes_a_collection_of_its_own_and_the_old_one_goes_at_last(
    tmp_path: Path, encoder: Encoder, articles: Path
) -> None:
    with KnowledgeBase(tmp_path / "data", encoder, keep_versions=2) as base:
        base.reload(articles)
        base.reload(articles, full=True)
        assert sorted(base._store.versions()) == ["v0001", "v0002"]
        numbered(articles, 1)
        base.reload(articles)
        assert base._store.versions() == ["v0002"]
        assert "28/8" in says(base, DATE_QUESTION)


def test_collection_mostly_of_other_versions_is_left_for_a_new_one(
    base: KnowledgeBase, articles: Path
) -> None:
    write(
        articles, "long.md", "# Dài\n\n" + "\n\n".join(f"## Mục {n}\n\nCâu {n}." for n in range(20))
    )
    base.reload(articles)
    articles.joinpath("long.md").unlink()
    base.reload(articles)  # still shares, to be quick
    numbered(articles, 1)
    base.reload(articles)
    assert sorted(base._store.versions()) == ["v0001", "v0003"]
    assert "28/8" in says(base, DATE_QUESTION)
    assert base.rollback("v0001") == "v0001"
    assert "28/8" in says(base, DATE_QUESTION)


def test_moved_sections_keep_their_records_and_get_their_new_order(
    counted: KnowledgeBase, counting: CountingEncoder, articles: Path
) -> None:
    sections = ["## A\n\nMột là đúng.\n", "## B\n\nHai là nhanh.\n"]
    write(articles, "list.md", "# Danh sách\n\n" + "\n".join(sections))
    counted.reload(articles)
    counting.passages.clear()
    write(articles, "list.md", "# Danh sách\n\n" + "\n".join(reversed(sections)))
    assert counted.reload(articles).changed == ("list.md",)
    assert counting.passages == []
    corpus, _ = counted.retrieval()
    moved = [(c.heading, c.ordinal) for c in corpus.chunks if c.article_id == "list.md"]
    assert moved == [("B", 0), ("A", 1)]
    corpus, _ = counted.retrieval("v0001")
    before = [(c.heading, c.ordinal) for c in corpus.chunks if c.article_id == "list.md"]
    assert before == [("A", 0), ("B", 1)]


def as_the_first_release_wrote(data_dir: Path) -> None:
    """Turn a directory with one version into what format 1 looked like."""
    index = data_dir / "index"
    path = index / "manifests" / "v0001.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for field in ("collection", "chunks", "increments", "failed"):
        del manifest[field]
    path.write_text(json.dumps({**manifest, "format": 1}), encoding="utf-8")
    index.joinpath("history.jsonl").unlink()


def test_directory_of_the_first_release_goes_on_working(
    tmp_path: Path, counting: CountingEncoder, articles: Path
) -> None:
    data = tmp_path / "data"
    with KnowledgeBase(data, counting) as base:
        base.reload(articles)
    as_the_first_release_wrote(data)
    counting.passages.clear()
    with KnowledgeBase(data, counting) as base:
        assert "28/8" in says(base, DATE_QUESTION)
        assert base.reload(articles).version == "v0001"
        (info,) = base.versions()
        assert (info.active, info.promoted_at) == (True, None)
        write(articles, "parking.md", PARKING)
        assert base.reload(articles).version == "v0002"
        assert len(counting.passages) == 2
        assert base.rollback() == "v0001"
        assert "28/8" in says(base, DATE_QUESTION)


@pytest.mark.parametrize("stage", ["Nhúng và ghi", "Nạp phiên bản mới"])
@pytest.mark.slow
def test_kill_between_build_and_promote_leaves_the_old_version_live(
    articles: Path, tmp_path: Path, models_dir: Path, encoder: Encoder, stage: str
) -> None:
    with KnowledgeBase(tmp_path / "data", encoder) as base:
        base.reload(articles)
    write(articles, "parking.md", PARKING)
    arguments = [str(path) for path in (tmp_path / "data", models_dir, articles)]
    died = subprocess.run(
        [sys.executable, "-c", BUILD_AND_DIE, *arguments, stage], cwd=ROOT, check=False
    )
    assert died.returncode == -signal.SIGKILL
    with KnowledgeBase(tmp_path / "data", encoder) as again:
        assert again.active_version == "v0001"
        assert again.assistant().answer(PARKING_QUESTION).refused
        assert "28/8" in says(again, DATE_QUESTION)
        outcome = again.reload_examined(ReloadRequest(articles))
        assert (outcome.report.added, outcome.promoted) == (("parking.md",), True)
        assert "6 giờ 30" in says(again, PARKING_QUESTION)
        corpus, _ = again.retrieval()
        assert again._store.count(corpus.manifest.collection) == corpus.manifest.records


def test_second_reload_is_told_who_reloads_and_how_far_it_is(
    tmp_path: Path, encoder: Encoder, articles: Path
) -> None:
    arrived, go_on = threading.Event(), threading.Event()

    def wait(progress: ReloadProgress) -> None:
        if progress.stage == "Nhúng và ghi" and progress.done == 2:
            arrived.set()
            assert go_on.wait(60)

    with (
        KnowledgeBase(tmp_path / "data", encoder, now=lambda: NOON) as base,
        ThreadPoolExecutor(1) as thread,
    ):
        first = thread.submit(
            base.reload_examined, ReloadRequest(articles, started_by="chị Lan"), progress=wait
        )
        assert arrived.wait(60)
        assert base.reloading is not None
        told = r"do chị Lan bắt đầu lúc 12:00:00, đang ở bước “Nhúng và ghi” \(2/\d+\)"
        try:
            with pytest.raises(ReloadInProgressError, match=told):
                base.reload_examined(ReloadRequest(articles, started_by="anh Minh"))
        finally:
            go_on.set()
        assert first.result().promoted
        assert base.reloading is None
        assert base.reload_examined(ReloadRequest(articles)).report.version == "v0001"


def test_fewer_than_two_kept_versions_are_refused(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="keep must be ≥ 2"):
        KnowledgeBase(tmp_path, encoder, keep_versions=1)
