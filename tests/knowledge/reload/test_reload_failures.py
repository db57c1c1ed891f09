from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings import Encoder
from knowledge import (
    ArticlesFolderError,
    KnowledgeBase,
    ReloadError,
    ReloadProgress,
)
from knowledge.articles.reading import MAX_DOCUMENT_BYTES
from knowledge.index.directory import IndexDirectory
from knowledge.index.vector_store import VectorStore
from tests.knowledge.counting_encoder import CountingEncoder
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    PARKING_QUESTION,
    manifests,
    says,
    write,
)


def binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x00\x01")


def empty(path: Path) -> None:
    path.write_bytes(b" \n")


def broken_front_matter(path: Path) -> None:
    path.write_text("---\ntitle: [a\n---\nx", encoding="utf-8")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)  # sparse


FAILURES = [
    (binary, "nhị phân"),
    (empty, "trống"),
    (broken_front_matter, "YAML"),
    (huge, "quá lớn"),
]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("spoil", "reason"), FAILURES)
def test_failed_article_is_named_and_its_earlier_text_stays(
    base: KnowledgeBase,
    articles: Path,
    spoil: Callable[[Path], None],
    reason: str,
    *,
    full: bool,
) -> None:
    base.reload(articles)
    spoil(articles / "day.md")
    spoil(articles / "never-read.md")
    write(articles, "parking.md", PARKING)
    report = base.reload(articles, full=full)
    assert [failed.path for failed in report.failed] == ["day.md", "never-read.md"]
    assert all(reason in failed.reason for failed in report.failed)
    assert report.added == ("parking.md",)
    assert "28/8" in says(base, DATE_QUESTION)
    assert "6 giờ 30" in says(base, PARKING_QUESTION)
    again = base.reload(articles)
    assert (again.version, again.failed) == (report.version, report.failed)


def test_article_that_failed_is_picked_up_once_mended(base: KnowledgeBase, articles: Path) -> None:
    good = articles.joinpath("day.md").read_text(encoding="utf-8")
    base.reload(articles)
    binary(articles / "day.md")
    base.reload(articles)
    write(articles, "day.md", good.replace("28/8", "29/9"))
    assert base.reload(articles).changed == ("day.md",)
    assert "29/9" in says(base, DATE_QUESTION)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"fails_after": 0}, "dừng giữa chừng"),
        ({"fails_after": 1}, "dừng giữa chừng"),
        ({"scale": 0.5}, "tra thử"),
    ],
    ids=["passages", "sentences", "probe"],
)
def test_failed_build_leaves_the_old_version_answering(
    counted: KnowledgeBase,
    counting: CountingEncoder,
    articles: Path,
    fault: dict[str, float],
    message: str,
) -> None:
    counted.reload(articles)
    write(articles, "parking.md", PARKING)
    counting.passages.clear()
    for name, value in fault.items():
        setattr(counting, name, value)
    with pytest.raises(ReloadError, match=f"{message}.*giữ nguyên"):
        counted.reload(articles)
    assert counted.active_version == "v0001"
    assert "28/8" in says(counted, DATE_QUESTION)
    counting.fails_after, counting.scale = None, 1.0
    assert counted.reload(articles).added == ("parking.md",)
    assert "6 giờ 30" in says(counted, PARKING_QUESTION)


def test_vectors_that_are_no_numbers_never_go_live(
    counted: KnowledgeBase, counting: CountingEncoder, articles: Path
) -> None:
    counting.scale = float("nan")
    with pytest.raises(ReloadError):
        counted.reload(articles)
    assert counted.active_version is None


def test_interruption_tidies_up(counted: KnowledgeBase, articles: Path, tmp_path: Path) -> None:
    def interrupt(progress: ReloadProgress) -> None:
        if progress.stage == "Nhúng và ghi":
            raise KeyboardInterrupt

    counted.reload(articles)
    write(articles, "parking.md", PARKING)
    with pytest.raises(KeyboardInterrupt):
        counted.reload(articles, progress=interrupt)
    assert counted.active_version == "v0001"
    assert manifests(tmp_path / "counted") == ["v0001.json"]
    assert counted.reload(articles).added == ("parking.md",)


def test_leftovers_of_a_killed_build_do_not_disturb(
    tmp_path: Path, encoder: Encoder, articles: Path
) -> None:
    data = tmp_path / "data"
    with KnowledgeBase(data, encoder) as base:
        base.reload(articles)
    index = IndexDirectory(data)
    store = VectorStore(index.chroma)
    store.connect()
    store.create("v0002")
    store.upsert("v0002", store.read("v0001"))
    store.close()
    index.root.joinpath("manifests", ".v0002.json.abc123").write_text("{", encoding="utf-8")
    write(articles, "parking.md", PARKING)
    with KnowledgeBase(data, encoder) as base:
        assert "28/8" in says(base, DATE_QUESTION)
        assert base.reload(articles).added == ("parking.md",)
        assert "6 giờ 30" in says(base, PARKING_QUESTION)
        assert base._store.versions() == ["v0001"]


def test_folder_errors_leave_the_index_alone(
    base: KnowledgeBase, articles: Path, tmp_path: Path
) -> None:
    base.reload(articles)
    with pytest.raises(ArticlesFolderError, match="ARTICLES_DIR"):
        base.reload(tmp_path / "none")
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    with pytest.raises(ReloadError, match="Không có bài viết nào"):
        base.reload(nothing)
    binary(nothing / "a.md")
    with pytest.raises(ReloadError, match=r"a\.md: tệp nhị phân"):
        base.reload(nothing)
    assert base.active_version == "v0001"
    assert "28/8" in says(base, DATE_QUESTION)
