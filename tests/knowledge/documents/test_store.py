import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from embeddings import Encoder
from knowledge import KnowledgeBase
from knowledge.documents.details import DocumentDetails
from knowledge.documents.loader import load_article
from knowledge.documents.reader import read_document
from knowledge.documents.store import DocumentStore, NewDocument
from knowledge.documents.stored_document import ended_by
from knowledge.entities.amendments import Amendment
from knowledge.errors import (
    ArticleError,
    DocumentStateError,
    DuplicateDocumentError,
    NoDocumentError,
    StorageError,
)
from tests.knowledge.small_articles import PARKING_QUESTION, says, write_small_articles
from tests.office_files import text_pdf, word, workbook

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
PARKING = "Bãi xe mở cửa lúc 6 giờ 30 phút mỗi sáng."
NOTICE = word([("", PARKING)])  # once: a zip archive holds the time it was made


def new(data: bytes | None = None, name: str = "bãi xe.docx", **details: Any) -> NewDocument:
    data = data or NOTICE
    stated = DocumentDetails(**{"title": "Nội quy bãi xe", **details})
    return NewDocument.of(data, name, read_document(data, name), stated)


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore(tmp_path)


def test_a_document_is_kept_with_its_original_and_all_that_is_known(store: DocumentStore) -> None:
    wanted = new(source="Thông báo số 5", published="2024-08-05")
    stored = store.add(wanted, by="42", now=NOW)
    assert (stored.document_id, stored.article_id) == ("D1", "kho:D1")
    assert stored.details == wanted.details
    assert (stored.added_by, stored.added_at) == ("42", "2026-11-24T03:00:00+00:00")
    again = DocumentStore(store.root.parent)
    assert again.documents() == (stored,)
    assert again.original("d1") == wanted.data
    assert again.reading("D1") == read_document(NOTICE, "bãi xe.docx")
    (article,) = map(load_article, again.article_files())
    assert (article.title, article.source) == ("Nội quy bãi xe", "Thông báo số 5")
    assert article.published == "2024-08-05"


def test_replace_retire_and_restore_keep_one_of_a_chain_in_use(store: DocumentStore) -> None:
    store.add(new(), by="1", now=NOW)
    store.add(new(word([("", "Bãi xe mở cửa lúc 7 giờ.")])), by="2", now=NOW, replaces="D1")

    def active() -> list[str]:
        return [d.document_id for d in store.documents() if d.is_active]

    assert active() == ["D2"]
    assert store.get("D2").article_id == "kho:D1"
    store.restore("D1", by="3", now=NOW)
    assert active() == ["D1"]
    assert store.get("D2").changed_by == "3"
    store.retire("D1", by="3", now=NOW)
    assert active() == []
    assert store.article_files() == []
    store.restore("D2", by="3", now=NOW)
    assert active() == ["D2"]
    assert [entry.action.value for entry in store.history()] == [
        "added", "added", "restored", "retired", "restored",
    ]  # fmt: skip
    assert len(store.history("D1")) == 3


def test_details_are_edited_in_an_entry_of_their_own(store: DocumentStore) -> None:
    store.add(new(), by="1", now=NOW)
    details = DocumentDetails(
        "Nội quy gửi xe",
        "Quyết định số 45/QĐ-VP",
        "2026-03-15",
        "45/QĐ-VP",
        issuer="Văn phòng",
        signer="Lê An",
        summary="Về việc gửi xe",
        amends=(Amendment("thay thế", "12/QĐ-VP", "Quyết định"),),
    )
    edited = store.edit("d1", details, by="2", now=NOW + dt.timedelta(hours=1))
    assert (edited.details, edited.is_active) == (details, True)
    assert (edited.added_by, edited.changed_by) == ("1", "2")
    again = DocumentStore(store.root.parent)
    assert again.documents() == (edited,)
    assert [entry.action.value for entry in again.history("D1")] == ["added", "edited"]
    (article,) = map(load_article, again.article_files())
    assert (article.title, article.number, article.amends) == (
        "Nội quy gửi xe", "45/QĐ-VP", details.amends,
    )  # fmt: skip
    store.retire("D1", by="3", now=NOW)
    assert not store.edit("D1", DocumentDetails("Khác"), by="3", now=NOW).is_active
    assert store.restore("D1", by="3", now=NOW).details == DocumentDetails("Khác")
    store.edit("D1", DocumentDetails("Khác"), by="3", now=NOW)  # nothing new: no entry
    assert len(store.history("D1")) == 5


def test_a_history_of_earlier_days_is_read(store: DocumentStore) -> None:
    store.add(new(), by="1", now=NOW)
    line = store.root.joinpath("history.jsonl").read_text(encoding="utf-8")
    early = {key: value for key, value in json.loads(line).items() if key in EARLY_FIELDS}
    store.root.joinpath("history.jsonl").write_text(f"{json.dumps(early)}\n", encoding="utf-8")
    assert store.get("D1").details == DocumentDetails("Nội quy bãi xe")


EARLY_FIELDS = {
    "at", "by", "action", "document_id", "title", "source", "published", "name", "format",
    "sha256", "size", "replaces",
}  # fmt: skip


def test_documents_that_another_ends_are_named(store: DocumentStore) -> None:
    store.add(new(number="12/QĐ-VP"), by="1", now=NOW)
    store.add(new(word([("", "Khác.")]), source="Quyết định số 3/QĐ-VP"), by="1", now=NOW)
    amends = [Amendment("thay thế", "12/qđ-vp"), Amendment("bãi bỏ", "3/QĐ-VP")]
    assert [d.document_id for d in ended_by(amends, store.documents())] == ["D2", "D1"]
    amended = [Amendment("sửa đổi, bổ sung", "12/QĐ-VP")]
    assert ended_by(amended, store.documents()) == []
    store.retire("D1", by="1", now=NOW)
    assert [d.document_id for d in ended_by(amends, store.documents())] == ["D2"]


def test_the_same_file_twice_is_told(store: DocumentStore) -> None:
    store.add(new(), by="1", now=NOW)
    with pytest.raises(DuplicateDocumentError, match="D1 “Nội quy bãi xe”"):
        store.add(new(name="tên khác.docx"), by="1", now=NOW)
    mended = store.add(new(title="Tên đúng"), by="1", now=NOW, replaces="D1")
    assert mended.details.title == "Tên đúng"
    store.retire("D2", by="1", now=NOW)
    store.add(new(), by="1", now=NOW)
    with pytest.raises(DuplicateDocumentError, match="đang được dùng ở D3"):
        store.restore("D1", by="1", now=NOW)
    found = store.same_file(new().data)
    assert found is not None
    assert found.document_id == "D3"


def test_impossible_changes_are_refused(store: DocumentStore) -> None:
    store.add(new(), by="1", now=NOW)
    with pytest.raises(DocumentStateError, match="không cần khôi phục"):
        store.restore("D1", by="1", now=NOW)
    store.retire("D1", by="1", now=NOW)
    with pytest.raises(DocumentStateError, match="đã được gỡ"):
        store.retire("D1", by="1", now=NOW)
    for act in (store.get, store.original, store.reading):
        with pytest.raises(NoDocumentError, match="D9"):
            act("D9")
    with pytest.raises(NoDocumentError):
        store.add(new(), by="1", now=NOW, replaces="../../x")
    empty = dataclasses.replace(read_document(NOTICE, "a.docx"), blocks=())
    with pytest.raises(ArticleError, match="ngoài tiêu đề"):
        NewDocument.of(NOTICE, "a.docx", empty, DocumentDetails("a"))


def test_a_name_is_never_a_path(store: DocumentStore) -> None:
    stored = store.add(new(name="../../../thoát.docx"), by="1", now=NOW)
    assert stored.name == "thoát.docx"
    assert not list(store.root.parent.rglob("thoát*"))
    names = {path.name for path in store.root.rglob("*") if path.is_file()}
    assert names - {"lock"} == {"history.jsonl", "D1.json", stored.sha256}


def test_a_crash_in_the_middle_of_a_line_loses_that_line_only(store: DocumentStore) -> None:
    store.add(new(), by="1", now=NOW)
    history = store.root / "history.jsonl"
    with history.open("ab") as file:
        file.write(b'{"at": "2026-11-24T03:00:00+00:00", "action": "ret')
    assert store.get("D1").is_active
    store.retire("D1", by="1", now=NOW)
    assert not store.get("D1").is_active
    assert history.read_bytes().count(b"\n") == 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{}\n", "hỏng ở dòng 2"),
        (b"\xff\n", "hỏng ở dòng 2"),
        (b'{"at":"x","by":"1","action":"retired","document_id":"D7"}\n', "D7"),
    ],
)
def test_a_damaged_history_says_where(store: DocumentStore, line: bytes, says: str) -> None:
    store.add(new(), by="1", now=NOW)
    with store.root.joinpath("history.jsonl").open("ab") as file:
        file.write(line)
    with pytest.raises(StorageError, match=says):
        store.documents()


def test_a_damaged_original_is_not_handed_out(store: DocumentStore) -> None:
    stored = store.add(new(), by="1", now=NOW)
    store.root.joinpath("originals", stored.sha256).write_bytes(b"khac")
    with pytest.raises(StorageError, match="sai mã băm"):
        store.original("D1")


def test_reloads_follow_the_store(tmp_path: Path, encoder: Encoder) -> None:
    folder = write_small_articles(tmp_path / "articles")
    store = DocumentStore(tmp_path / "data")
    with KnowledgeBase(tmp_path / "data", encoder) as base:
        base.reload(folder)
        store.add(new(), by="1", now=NOW)
        added = base.reload(folder)
        assert (added.added, added.titles) == (("kho:D1",), {"kho:D1": "Nội quy bãi xe"})
        assert "6 giờ 30" in says(base, PARKING_QUESTION)
        assert base.reload(folder).unchanged == ("day.md", "principle.md", "kho:D1")
        store.add(new(title="Nội quy bãi xe mới"), by="1", now=NOW, replaces="D1")
        assert base.reload(folder).changed == ("kho:D1",)
        store.retire("D2", by="1", now=NOW)
        removed = base.reload(folder)
        assert removed.removed == ("kho:D1",)
        assert removed.titles == {"kho:D1": "Nội quy bãi xe mới"}  # though it is there no more


def test_office_files_may_lie_in_the_folder_of_articles(tmp_path: Path, encoder: Encoder) -> None:
    folder = write_small_articles(tmp_path / "articles")
    folder.joinpath("bai-xe.docx").write_bytes(word([("", PARKING)]))
    folder.joinpath("bai-xe.docx.yaml").write_text(
        "title: Nội quy bãi xe\nsource: Thông báo 5\npublished: 2024-08-05\n", encoding="utf-8"
    )
    folder.joinpath("can-bo.xlsx").write_bytes(
        workbook({"Cán bộ": [["Tên", "Phòng"], ["An", "A"]]})
    )
    folder.joinpath("quy-che.pdf").write_bytes(text_pdf([["Văn phòng làm việc từ 7 giờ sáng."]]))
    folder.joinpath("hỏng.docx").write_bytes(b"PK\x03\x04")
    with KnowledgeBase(tmp_path / "data", encoder) as base:
        report = base.reload(folder)
        assert {"bai-xe.docx", "can-bo.xlsx", "quy-che.pdf"} <= set(report.added)
        (failed,) = report.failed
        assert failed.path == "hỏng.docx"
        answer = base.assistant().answer(PARKING_QUESTION)
        assert "6 giờ 30" in answer.text
        assert answer.citations[0].source == "Thông báo 5"
        folder.joinpath("bai-xe.docx.yaml").write_text("title: Bãi xe\n", encoding="utf-8")
        assert base.reload(folder).changed == ("bai-xe.docx",)


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".pdf"])
def test_the_real_article_reads_alike_in_every_format(real_articles: Path, suffix: str) -> None:
    (path,) = real_articles.glob("000_*.txt")
    plain = read_document(path.read_bytes(), "bài.txt")
    lines = [plain.title or "", *(block.text for block in plain.blocks)]
    if suffix == ".docx":
        data = word([("Title", lines[0]), *(("", line) for line in lines[1:])])
    elif suffix == ".pdf":
        wrapped = [part for line in lines for part in _wrapped(line)]
        data = text_pdf([wrapped[start : start + 45] for start in range(0, len(wrapped), 45)])
    else:
        data = path.read_bytes()
    reading = read_document(data, f"bài{suffix}")
    whole = " ".join([reading.title or "", *(block.text for block in reading.blocks)]).split()
    assert set(" ".join(lines).split()) <= set(whole)
    assert reading.title is not None
    assert "phát huy truyền thống" in reading.title


def _wrapped(line: str) -> list[str]:
    rows, row = [], ""
    for word_ in line.split():
        if len(row) + len(word_) > 100:
            rows.append(row)
            row = ""
        row = f"{row} {word_}".strip()
    return [*rows, row]
