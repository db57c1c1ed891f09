import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from embeddings import Encoder
from knowledge import (
    IndexDamagedError,
    IndexMismatchError,
    KnowledgeBase,
    NoIndexError,
)
from tests.knowledge.counting_encoder import CountingEncoder
from tests.knowledge.small_articles import DATE_QUESTION, says

Damage = Callable[[dict[str, Any]], None] | str | None
RELOAD = "'vanphong reload"


@pytest.fixture
def data_dir(tmp_path: Path, small_data: Path) -> Path:
    """A data directory with one version, closed again."""
    return shutil.copytree(small_data, tmp_path / "data")


def test_no_index_says_how_to_make_one(base: KnowledgeBase) -> None:
    with pytest.raises(NoIndexError, match=RELOAD):
        base.assistant()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("model_id", "another-model@1"),
        ("dimension", 768),
        ("query_prompt", ""),
        ("passage_prompt", "document: "),
    ],
)
def test_index_of_another_model_is_refused_and_made_again(
    data_dir: Path, encoder: Encoder, articles: Path, field: str, value: str | int
) -> None:
    other = CountingEncoder(encoder)
    setattr(other, field, value)
    with KnowledgeBase(data_dir, other) as base:
        with pytest.raises(IndexMismatchError, match=RELOAD) as caught:
            base.assistant()
        assert encoder.model_id in str(caught.value)
        assert other.model_id in str(caught.value)
        report = base.reload(articles)
        assert (report.version, report.failed) == ("v0002", ())
        assert len(other.passages) > len(report.unchanged)  # no vector was taken over
        assert "28/8" in says(base, DATE_QUESTION)


def test_text_of_a_failed_article_moves_to_another_model(
    data_dir: Path, encoder: Encoder, articles: Path
) -> None:
    articles.joinpath("day.md").write_bytes(b"\x00")
    with KnowledgeBase(data_dir, CountingEncoder(encoder, model_id="another-model@1")) as base:
        assert [failed.path for failed in base.reload(articles).failed] == ["day.md"]
        assert "28/8" in says(base, DATE_QUESTION)


def without_passages(manifest: dict[str, Any]) -> None:
    del manifest["passages"]


def of_another_format(manifest: dict[str, Any]) -> None:
    manifest["format"] = 99


def with_more_passages(manifest: dict[str, Any]) -> None:
    manifest["passages"] += 1


def with_fewer_sentences(manifest: dict[str, Any]) -> None:
    manifest["sentences"] -= 1


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (without_passages, "bị hỏng"),
        (of_another_format, "phiên bản khác"),
        (with_more_passages, "bản kê"),
        (with_fewer_sentences, "bản kê"),
        ("", "bị hỏng"),
        ('{"format": 1, "space"', "bị hỏng"),
        ("[]", "bị hỏng"),
        ("null", "bị hỏng"),
        (None, "Thiếu bản kê"),
    ],
)
def test_damaged_manifest_is_named_and_mended_by_a_reload(
    data_dir: Path, encoder: Encoder, articles: Path, damage: Damage, message: str
) -> None:
    file = data_dir / "index" / "manifests" / "v0001.json"
    if damage is None:
        file.unlink()
    elif isinstance(damage, str):
        file.write_text(damage, encoding="utf-8")
    else:
        manifest = json.loads(file.read_text(encoding="utf-8"))
        damage(manifest)
        file.write_text(json.dumps(manifest), encoding="utf-8")
    with KnowledgeBase(data_dir, encoder) as base:
        with pytest.raises(IndexDamagedError, match=f"{message}.*{RELOAD}"):
            base.assistant()
        base.reload(articles)
        assert "28/8" in says(base, DATE_QUESTION)


def test_missing_collection(data_dir: Path, encoder: Encoder, articles: Path) -> None:
    with KnowledgeBase(data_dir, encoder) as base:
        base._store.delete("v0001")
        with pytest.raises(IndexDamagedError, match=RELOAD):
            base.assistant()
        assert base.reload(articles).version == "v0002"
        assert "28/8" in says(base, DATE_QUESTION)


def test_lost_records(data_dir: Path, encoder: Encoder, articles: Path) -> None:
    with KnowledgeBase(data_dir, encoder) as base:
        collection = base._store._collection("v0001")
        collection.delete(ids=collection.get(limit=1)["ids"])
        with pytest.raises(IndexDamagedError, match="'vanphong reload --full'"):
            base.assistant()
        assert base.reload(articles).version == "v0002"
        assert "28/8" in says(base, DATE_QUESTION)


def test_lost_vectors_folder(data_dir: Path, encoder: Encoder, articles: Path) -> None:
    data_dir.joinpath("index", "chroma").rename(data_dir / "moved")
    with KnowledgeBase(data_dir, encoder) as base:
        with pytest.raises(IndexDamagedError, match=RELOAD):
            base.assistant()
        base.reload(articles)
        assert "28/8" in says(base, DATE_QUESTION)


def test_database_that_is_no_database(data_dir: Path, encoder: Encoder) -> None:
    data_dir.joinpath("index", "chroma", "chroma.sqlite3").write_bytes(b"no database " * 400)
    with pytest.raises(IndexDamagedError, match=f"Kho vectơ.*hỏng.*{RELOAD}"):
        KnowledgeBase(data_dir, encoder).open()


@pytest.mark.parametrize("pointer", [b"../../etc\n", b"", b"v1\n", b"\xff\xfe\x00"])
def test_pointer_to_the_live_version_that_names_none(
    data_dir: Path, encoder: Encoder, pointer: bytes
) -> None:
    data_dir.joinpath("index", "active").write_bytes(pointer)
    with pytest.raises(IndexDamagedError, match=f"active.*{RELOAD}"):
        KnowledgeBase(data_dir, encoder).open()
