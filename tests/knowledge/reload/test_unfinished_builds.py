import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, ReloadProgress, ReloadRequest, ReloadStoppedError
from knowledge.documents import content_hashes
from knowledge.documents.loader import ArticleFile
from knowledge.reload import build, record_writer
from tests.knowledge.counting_encoder import CountingEncoder
from tests.knowledge.hash_encoder import HashEncoder
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    PARKING_QUESTION,
    says,
    write,
)

ROOT = Path(__file__).parents[3]
BATCH = 8

# Ends itself after a number of signs of life: in the middle of reading, embedding, the exam.
BUILD_UNTIL_KILLED = """\
import os, signal, sys
from pathlib import Path
from knowledge import KnowledgeBase, ReloadRequest
from knowledge.reload import record_writer
from tests.knowledge.hash_encoder import HashEncoder
data, articles, log, batch, steps = sys.argv[1:]
record_writer._EMBEDDED = int(batch)
left = int(steps)
def step(_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
with KnowledgeBase(Path(data), HashEncoder(Path(log))) as base:
    base.reload_examined(ReloadRequest(Path(articles)), progress=step)
"""


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with 20 articles of five texts each, all different."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(20):
        write_many(folder, number)
    return folder


def write_many(folder: Path, number: int) -> None:
    sentences = " ".join(f"Phòng {number} làm việc {n} của tháng." for n in range(4))
    write(folder, f"a{number:02d}.md", f"---\ntitle: Phòng {number}\n---\n{sentences}\n")


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_writer, "_EMBEDDED", BATCH)


def stopping(base: KnowledgeBase, done: int) -> Callable[[ReloadProgress], None]:
    """Stop the reload as a bot that ends does, once `done` texts are embedded."""

    def progress(step: ReloadProgress) -> None:
        if step.stage == "Nhúng và ghi" and step.done >= done:
            base.stop_reloads()

    return progress


def embedded_twice(encoder: HashEncoder) -> int:
    return sum(count - 1 for count in Counter(encoder.embedded).values())


@pytest.mark.parametrize("live", [False, True], ids=["first build", "beside a live version"])
def test_stopped_build_goes_on_where_it_was(
    tmp_path: Path, many: Path, articles: Path, *, live: bool
) -> None:
    encoder, data = HashEncoder(tmp_path / "log"), tmp_path / "data"
    with KnowledgeBase(data, encoder) as base:
        if live:
            base.reload(articles)
            many = many.rename(articles / "many")
        folder = articles if live else many
        with pytest.raises(ReloadStoppedError):
            base.reload(folder, progress=stopping(base, 60))
        assert base.active_version == ("v0001" if live else None)
        assert [info.waiting for info in base.versions()] == ([False] if live else [])
    steps: list[ReloadProgress] = []
    with KnowledgeBase(data, encoder) as base:
        report = base.reload(folder, progress=steps.append)
        assert (len(report.added), report.failed) == (20, ())
        corpus, _ = base.retrieval()
        assert base._store.count(corpus.manifest.collection) == corpus.manifest.records
    assert embedded_twice(encoder) <= BATCH
    first = next(step for step in steps if step.stage == "Nhúng và ghi")
    assert first.done >= 60 - BATCH - 5  # what was done before counts as done


@pytest.mark.slow
def test_build_that_is_killed_again_and_again_gets_done(tmp_path: Path, many: Path) -> None:
    encoder, data = HashEncoder(tmp_path / "log"), tmp_path / "data"
    rng = random.Random(5)  # noqa: S311 -- the same moments each time
    arguments = [str(value) for value in (data, many, tmp_path / "log", BATCH)]
    kills = 0
    for _ in range(6):
        command = [sys.executable, "-c", BUILD_UNTIL_KILLED, *arguments, str(rng.randint(21, 60))]
        died = subprocess.run(command, cwd=ROOT, check=False)
        assert died.returncode in {0, -signal.SIGKILL}
        kills += died.returncode != 0
    with KnowledgeBase(data, encoder) as base:
        base.reload(many)
        corpus, _ = base.retrieval()
        assert len(corpus.manifest.articles) == 20
        assert base._store.count(corpus.manifest.collection) == corpus.manifest.records
        names = [info.name for info in base.versions()]
    assert len(names) == 1
    assert kills >= 3
    assert embedded_twice(encoder) <= kills * BATCH


def test_articles_that_change_between_stop_and_going_on(tmp_path: Path, many: Path) -> None:
    encoder, data = HashEncoder(tmp_path / "log"), tmp_path / "data"
    with KnowledgeBase(data, encoder) as base, pytest.raises(ReloadStoppedError):
        base.reload(many, progress=stopping(base, 60))
    many.joinpath("a00.md").unlink()
    write(many, "a01.md", "---\ntitle: Phòng 1\n---\nPhòng 1 nghỉ.\n")
    with KnowledgeBase(data, encoder) as base:
        assert len(base.reload(many).added) == 19
        corpus, retrieval = base.retrieval()
        assert "a00.md" not in {chunk.article_id for chunk in corpus.chunks}
        hits = retrieval.search(retrieval.query("Phòng 1 nghỉ."), 20)
        assert "Phòng 1 nghỉ." in [hit.chunk.text for hit in hits]
        write_many(many, 0)
        base.reload(many)
        write_many(many, 1)
        base.reload(many)
        listed = {c for info in base._directory.held().values() for c in info.chunks.tolist()}
        kept = sum(1 + sentences for _, sentences in listed)
        assert base._store.count(corpus.manifest.collection) == kept  # no stray stayed


def test_what_a_stopped_build_left_goes_when_nothing_is_to_be_built(
    tmp_path: Path, many: Path, articles: Path
) -> None:
    data = tmp_path / "data"
    with KnowledgeBase(data, HashEncoder(tmp_path / "log")) as base:
        base.reload(articles)
        whole = base._store.count("v0001")
        moved = many.rename(articles / "many")
        with pytest.raises(ReloadStoppedError):
            base.reload(articles, progress=stopping(base, 60))
        assert base._store.count("v0001") > whole
    moved.rename(tmp_path / "many")
    with KnowledgeBase(data, HashEncoder(tmp_path / "log")) as base:
        assert base.reload(articles).version == "v0001"
        assert base._store.count("v0001") == whole


def test_vectors_of_a_version_that_waits_are_taken_over_by_the_next(
    counted: KnowledgeBase, counting: CountingEncoder, articles: Path
) -> None:
    write(articles, "golden.yaml", f"answered:\n  - ask: {DATE_QUESTION}\n    contains: 28/8\n")
    counted.reload(articles)
    write(articles, "parking.md", PARKING)
    day = articles.joinpath("day.md").read_text(encoding="utf-8")
    write(articles, "day.md", day.replace("28/8", "ấy"))
    assert counted.reload_examined(ReloadRequest(articles)).waiting == "v0002"
    write(articles, "day.md", day)
    counting.passages.clear()
    outcome = counted.reload_examined(ReloadRequest(articles))
    assert (outcome.promoted, outcome.report.version) == (True, "v0003")
    assert counting.passages == []
    assert "6 giờ 30" in says(counted, PARKING_QUESTION)


def test_renamed_article_keeps_its_vectors(
    counted: KnowledgeBase, counting: CountingEncoder, articles: Path
) -> None:
    counted.reload(articles)
    counting.passages.clear()
    articles.joinpath("day.md").rename(articles / "truyen-thong.md")
    report = counted.reload(articles)
    assert (report.added, report.removed) == (("truyen-thong.md",), ("day.md",))
    assert counting.passages == []
    assert "28/8" in says(counted, DATE_QUESTION)


def test_many_new_articles_get_a_collection_of_their_own_with_the_old_vectors(
    counted: KnowledgeBase,
    counting: CountingEncoder,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(build, "_LEAST_ROOM", 0)
    counted.reload(articles)
    sections = "\n\n".join(f"## Mục {n}\n\nViệc {n} do phòng {n} làm." for n in range(20))
    write(articles, "long.md", f"# Dài\n\n{sections}\n")
    counting.passages.clear()
    assert counted.reload(articles).added == ("long.md",)
    assert len(counting.passages) == 40  # only the new texts
    assert sorted(counted._store.versions()) == ["v0001", "v0002"]
    assert "28/8" in says(counted, DATE_QUESTION)


def test_files_that_stayed_are_not_read_again_but_a_hidden_change_is_found(
    base: KnowledgeBase, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.reload(articles)
    monkeypatch.setattr(content_hashes, "_SETTLED_NS", -(10**18))  # files are at rest at once
    base.reload(articles)
    read: list[str] = []
    whole = content_hashes.content_hash

    def counted(file: ArticleFile) -> str:
        read.append(file.article_id)
        return whole(file)

    monkeypatch.setattr(content_hashes, "content_hash", counted)
    assert base.reload(articles).version == "v0001"
    assert read == []
    day = articles / "day.md"
    before = day.stat()
    write(articles, "day.md", day.read_text(encoding="utf-8").replace("28/8", "29/9"))
    os.utime(day, ns=(before.st_atime_ns, before.st_mtime_ns))  # same size, same time
    assert base.reload(articles).changed == ("day.md",)
    assert read == ["day.md"]
    write(articles, "principle.md.yaml", "title: Nguyên tắc mới\n")
    assert base.reload(articles).changed == ("principle.md",)
