"""What is kept beside the vector store of a version: opened as it was, made anew where damaged."""

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from embeddings import Encoder
from knowledge import KnowledgeBase
from knowledge.index.chunk_records import read_version
from knowledge.index.derived.search_structures import SearchStructures
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    says,
    write,
)


@pytest.fixture
def data_dir(small_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small_data, tmp_path / "copy")


def derived(data_dir: Path) -> Path:
    return data_dir / "index" / "derived"


def files(data_dir: Path) -> Iterator[Path]:
    return (path for path in derived(data_dir).rglob("*") if path.is_file())


def names(data_dir: Path, folder: str) -> list[str]:
    return sorted(path.name for path in derived(data_dir).joinpath(folder).iterdir())


def test_opened_from_files_as_computed_from_the_vector_store(
    data_dir: Path, encoder: Encoder
) -> None:
    with KnowledgeBase(data_dir, encoder) as base:
        corpus, _ = base.retrieval()
        store = base._store
        computed = SearchStructures.of(read_version(store, corpus.manifest))
    rows = range(len(corpus.chunks))
    assert tuple(corpus.chunks) == computed.chunks == corpus.chunks[:]
    assert dict(corpus.row_of) == computed.row_of
    assert [corpus.row_of.get(x) for x in ("", "0x1", "f" * 16, "ư" * 16)] == [None] * 4
    assert np.array_equal(corpus.vectors.of_passages(rows), computed.vectors.of_passages(rows))
    for some in (rows, [2, 0], []):
        for mapped, made in zip(
            corpus.vectors.of_sentences(some), computed.vectors.of_sentences(some), strict=True
        ):
            assert np.array_equal(mapped, made)
    for question in ("ngày truyền thống", "quyet dinh 828", "bóng đá"):
        assert np.array_equal(corpus.exact.scores(question), computed.exact.scores(question))
        assert np.array_equal(corpus.folded.scores(question), computed.folded.scores(question))
    assert [(path, list(rows)) for path, rows in corpus.headings.each()] == [
        (path, list(rows)) for path, rows in computed.headings.each()
    ]


def test_what_is_summed_step_by_step_is_as_summed_at_once(
    data_dir: Path, articles: Path, encoder: Encoder
) -> None:
    with KnowledgeBase(data_dir, encoder) as base:
        for number in range(3):
            write(articles, "xe.md", f"# Bãi xe\n\nBãi xe có {number} tầng.\n\nNó mở từ sáng.\n")
            write(articles, f"{number}.md", f"# Tầng {number}\n\nTầng {number} có mái che.\n")
            articles.joinpath(f"{number - 1}.md").unlink(missing_ok=True)
            base.reload(articles)
        corpus, _ = base.retrieval()
        whole = SearchStructures.of(read_version(base._store, corpus.manifest))
    for stepped, at_once in (
        (corpus.passage_statistics, whole.passage_statistics),
        (corpus.sentence_statistics, whole.sentence_statistics),
    ):
        assert np.allclose(stepped.mean, at_once.mean, rtol=0, atol=1e-7)
        assert np.allclose(stepped.covariance, at_once.covariance, rtol=0, atol=1e-8)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def overwritten(file: Path) -> None:
    file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))


@pytest.mark.parametrize("damage", [Path.unlink, cut_short, overwritten])
def test_damaged_files_are_made_anew_without_embedding(
    data_dir: Path,
    encoder: Encoder,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for number, file in enumerate(sorted(files(data_dir))):
        if file.stat().st_size and number % 3 == 0 and file.exists():
            damage(file)
            caplog.clear()
            with caplog.at_level(logging.WARNING), KnowledgeBase(data_dir, encoder) as base:
                assert base.active_version == "v0001"
                assert "28/8" in says(base, DATE_QUESTION), file
            assert "v0001 are made anew" in caplog.text, file
    with KnowledgeBase(data_dir, encoder) as base:
        caplog.clear()
        base.retrieval()
        assert not caplog.text


def test_a_version_of_an_earlier_release_gets_its_files_when_opened(
    data_dir: Path, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(derived(data_dir))
    with caplog.at_level(logging.WARNING), KnowledgeBase(data_dir, encoder) as base:
        assert "28/8" in says(base, DATE_QUESTION)
    assert "v0001 are made anew" in caplog.text
    assert any(files(data_dir))


def test_files_go_with_their_version_and_are_for_their_owner_alone(
    tmp_path: Path, encoder: Encoder, articles: Path
) -> None:
    data = tmp_path / "data"
    with KnowledgeBase(data, encoder, keep_versions=2) as base:
        for number in range(4):
            write(articles, "parking.md", f"{PARKING}\nLần sửa thứ {number}.\n")
            base.reload(articles)
        assert "thứ 3" in says(base, "lần sửa thứ mấy của bãi xe")
        base.rollback()
        assert "thứ 2" in says(base, "lần sửa thứ mấy của bãi xe")
        assert names(data, "versions") == ["v0003", "v0004"]
        assert names(data, "collections") == ["v0001"]
        base.reload(articles, full=True)
        assert names(data, "versions") == ["v0003", "v0005"]
        assert names(data, "collections") == ["v0001", "v0005"]
    assert {path.stat().st_mode & 0o077 for path in derived(data).rglob("*")} == {0}
