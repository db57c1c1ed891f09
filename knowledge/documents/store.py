"""The documents that people have put in: originals, what was read, and all that was done."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import filelock

from embeddings.errors import system_reason
from knowledge.articles.front_matter import FrontMatter
from knowledge.articles.reading import kept_reading, reading_to_json
from knowledge.documents.details import display_name
from knowledge.documents.durable_file import write_durably, writing_below
from knowledge.documents.loader import ArticleFile
from knowledge.documents.stored_document import (
    HistoryAction,
    HistoryEntry,
    StoredDocument,
    documents_after,
)
from knowledge.errors import (
    ArticleError,
    DocumentStateError,
    DuplicateDocumentError,
    LockedError,
    NoDocumentError,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from knowledge.articles.reading import DocumentFormat, Reading
    from knowledge.documents.details import DocumentDetails

SOMEBODY = "người đã xóa dữ liệu"
"""Who did something, once that person's data were erased."""
_LOCK_SECONDS = 10


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to put in: its bytes, its name as sent, what was read and what is stated.

    `reading` is JSON as `reading_to_json` writes it: a long one isn't taken apart to be stored.
    """

    data: bytes
    name: str
    format: DocumentFormat
    reading: bytes
    details: DocumentDetails

    @classmethod
    def of(cls, data: bytes, name: str, reading: Reading, details: DocumentDetails) -> NewDocument:
        """Return the document with what was just read; raises ArticleError without content."""
        reading.require_content()
        return cls(data, name, reading.format, reading_to_json(reading).encode(), details)


class DocumentStore:
    """`DATA_DIR/documents`: `history.jsonl`, `originals/<sha256>` and `readings/<id>.json`.

    The history is only ever appended to, and the documents are what it adds up to; nothing is
    deleted, so that everything can be restored. Several processes may use it: a change holds the
    lock while it reads, decides and writes one line. `fingerprints` is where those are kept by
    which new documents are compared.
    """

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / "documents"
        self._history = self.root / "history.jsonl"
        self._originals = self.root / "originals"
        self._readings = self.root / "readings"
        self.fingerprints = self.root / "fingerprints.npz"

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return all documents, newest first; raises StorageError."""
        return tuple(reversed(self._by_id().values()))

    def get(self, document_id: str) -> StoredDocument:
        """Return one document; raises NoDocumentError or StorageError."""
        return _find(self._by_id(), document_id)

    def history(self, document_id: str | None = None) -> tuple[HistoryEntry, ...]:
        """Return what was done (to one document), oldest first; raises StorageError."""
        entries = self._entries()
        return tuple(e for e in entries if document_id is None or e.document_id == document_id)

    def done(
        self, deed: str, action: HistoryAction, document_id: str | None = None
    ) -> StoredDocument | None:
        """Return the document that a deed changed so (this one, if named), or None if it did not.

        Raises StorageError.
        """
        entries = self.history(document_id) if deed else ()
        found = [entry for entry in entries if (entry.deed, entry.action) == (deed, action)]
        return self.get(found[-1].document_id) if found else None

    def same_file(self, data: bytes) -> StoredDocument | None:
        """Return the document with the very same bytes, an active one before a retired one."""
        sha256 = hashlib.sha256(data).hexdigest()
        same = [document for document in self.documents() if document.sha256 == sha256]
        return next((d for d in same if d.is_active), same[0] if same else None)

    def add(
        self,
        new: NewDocument,
        *,
        by: str,
        now: dt.datetime,
        replaces: str | None = None,
        deed: str = "",
    ) -> StoredDocument:
        """Add a document, which takes the place of `replaces` if given, and return it.

        As all changes, it is done once for each `deed` that is named.

        Raises DuplicateDocumentError when another active document has the same bytes,
        NoDocumentError when there is none to replace, StorageError when it cannot be written.
        """
        sha256 = hashlib.sha256(new.data).hexdigest()
        with self._changing() as documents:
            if (added := self.done(deed, HistoryAction.ADDED)) is not None:
                return added
            replaced = _find(documents, replaces) if replaces is not None else None
            if other := _in_use(documents, sha256, replaced):
                raise DuplicateDocumentError(
                    f"Tệp này đã có trong kho: {other.document_id} “{other.details.title}”. "
                    f"Muốn sửa thông tin thì mở {other.document_id} trong /docs rồi bấm Sửa thông "
                    f"tin, hoặc chạy 'vanphong docs edit {other.document_id}'.",
                )
            document_id = f"D{len(documents) + 1}"
            if not self._originals.joinpath(sha256).is_file():
                write_durably(self._originals / sha256, new.data)
            write_durably(self._readings / f"{document_id}.json", new.reading)
            entry = HistoryEntry(
                at=_utc(now),
                by=by,
                action=HistoryAction.ADDED,
                document_id=document_id,
                **_details(new.details),
                name=display_name(new.name),
                format=new.format,
                sha256=sha256,
                size=len(new.data),
                replaces=replaced.document_id if replaced else None,
                deed=deed,
            )
            return self._record(entry)

    def retire(
        self, document_id: str, *, by: str, now: dt.datetime, deed: str = ""
    ) -> StoredDocument:
        """Take a document out of use; raises NoDocumentError, DocumentStateError, StorageError."""
        with self._changing() as documents:
            found = _find(documents, document_id)
            if self.done(deed, HistoryAction.RETIRED, found.document_id) is not None:
                return found
            if not found.is_active:
                raise DocumentStateError(f"{found.document_id} đã được gỡ từ trước.")
            return self._record(
                HistoryEntry(_utc(now), by, HistoryAction.RETIRED, found.document_id, deed=deed)
            )

    def restore(
        self, document_id: str, *, by: str, now: dt.datetime, deed: str = ""
    ) -> StoredDocument:
        """Put a document back into use; a replacement of it that is in use is retired.

        Raises NoDocumentError, DocumentStateError when it is in use, DuplicateDocumentError when
        another document with the same bytes is, StorageError.
        """
        with self._changing() as documents:
            found = _find(documents, document_id)
            if self.done(deed, HistoryAction.RESTORED, found.document_id) is not None:
                return found
            if found.is_active:
                raise DocumentStateError(
                    f"{found.document_id} đang được dùng, không cần khôi phục."
                )
            if other := _in_use(documents, found.sha256, found):
                raise DuplicateDocumentError(
                    f"Tệp của {found.document_id} đang được dùng ở {other.document_id}; hãy gỡ "
                    f"{other.document_id} trước khi khôi phục.",
                )
            return self._record(
                HistoryEntry(_utc(now), by, HistoryAction.RESTORED, found.document_id, deed=deed)
            )

    def edit(
        self,
        document_id: str,
        details: DocumentDetails,
        *,
        by: str,
        now: dt.datetime,
        deed: str = "",
    ) -> StoredDocument:
        """State other details of a document; raises NoDocumentError, StorageError."""
        with self._changing() as documents:
            found = _find(documents, document_id)
            if details == found.details:
                return found
            return self._record(
                HistoryEntry(
                    _utc(now),
                    by,
                    HistoryAction.EDITED,
                    found.document_id,
                    **_details(details),
                    deed=deed,
                )
            )

    def original(self, document_id: str) -> bytes:
        """Return the bytes that were sent; raises NoDocumentError, or StorageError if damaged."""
        document = self.get(document_id)
        path = self._originals / document.sha256
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StorageError(
                f"Không đọc được bản gốc của {document_id} ({system_reason(error)}). Hãy kiểm tra "
                f"'{self._originals}' hoặc phục hồi từ bản sao lưu."
            ) from error
        if hashlib.sha256(data).hexdigest() != document.sha256:
            raise StorageError(
                f"Bản gốc của {document_id} không còn đúng như lúc gửi (sai mã băm). Hãy phục hồi "
                "từ bản sao lưu."
            )
        return data

    def article_files(self) -> list[ArticleFile]:
        """Return the documents in use as article files, for a reload; raises StorageError."""
        return [
            self.article_file(document) for document in self._by_id().values() if document.is_active
        ]

    def article_file(self, document: StoredDocument) -> ArticleFile:
        """Return a document, in use or not, as an article file."""
        return ArticleFile(
            article_id=document.article_id,
            path=self._originals / document.sha256,
            stated=FrontMatter(
                title=document.details.title,
                source=document.details.source or f"Tệp {document.name}",
                published=document.details.published,
                number=document.details.number,
                issuer=document.details.issuer,
                signer=document.details.signer,
                summary=document.details.summary,
                amends=document.details.amends,
            ),
            reading=self._readings / f"{document.document_id}.json",
        )

    def reading(self, document_id: str) -> Reading:
        """Return what was read of a document; raises NoDocumentError, ArticleError if damaged."""
        return kept_reading(self._readings / f"{self.get(document_id).document_id}.json")

    def readable(self, document_id: str) -> Reading | None:
        """Return what was read of a document, None if that is damaged; raises NoDocumentError."""
        try:
            return self.reading(document_id)
        except ArticleError:
            return None

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[tuple[bytes, tuple[StoredDocument, ...]]]:
        """Let nobody change the store while the block runs; yield its history and the documents.

        The files of these are never changed or deleted. Raises LockedError or StorageError.
        """
        with self._changing() as documents:
            yield self._complete_lines(), tuple(documents.values())

    def cut_off(self, by: str) -> None:
        """Put `SOMEBODY` in the place of one who wants to be forgotten; nothing else changes.

        Raises LockedError or StorageError.
        """
        with self._changing():
            entries = self._entries()
            if not any(entry.by == by for entry in entries):
                return
            kept = [replace(e, by=SOMEBODY) if e.by == by else e for e in entries]
            lines = (json.dumps(entry.fields(), ensure_ascii=False) + "\n" for entry in kept)
            write_durably(self._history, "".join(lines).encode())

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, StoredDocument]]:
        with writing_below(self.root):
            try:
                for folder in (self.root, self._originals, self._readings):
                    folder.mkdir(parents=True, exist_ok=True)
                with filelock.FileLock(self.root / "lock", timeout=_LOCK_SECONDS):
                    yield self._by_id()
            except filelock.Timeout as error:  # which is an OSError, too
                raise LockedError(
                    f"Kho tài liệu đang có người khác sửa quá {_LOCK_SECONDS} giây. "
                    "Hãy thử lại sau."
                ) from error

    def _by_id(self) -> dict[str, StoredDocument]:
        try:
            return documents_after(self._entries())
        except KeyError as error:
            raise StorageError(
                f"Nhật ký kho tài liệu '{self._history}' thiếu dòng thêm {error}. Hãy phục hồi tệp "
                "từ bản sao lưu."
            ) from error

    def _entries(self) -> list[HistoryEntry]:
        lines = self._complete_lines().split(b"\n")[:-1]
        entries: list[HistoryEntry] = []
        for number, line in enumerate(lines, 1):
            try:
                entries.append(HistoryEntry.from_fields(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise StorageError(
                    f"Nhật ký kho tài liệu '{self._history}' hỏng ở dòng {number}. Hãy phục hồi "
                    "tệp từ bản sao lưu."
                ) from error
        return entries

    def _complete_lines(self) -> bytes:
        """Return the history without its last line where a crash cut that off."""
        try:
            data = self._history.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise StorageError(
                f"Không đọc được '{self._history}' ({system_reason(error)}). Hãy kiểm tra quyền "
                "đọc."
            ) from error
        return data[: data.rfind(b"\n") + 1]

    def _record(self, entry: HistoryEntry) -> StoredDocument:
        """Append one line, durably, over whatever a crash left unfinished."""
        whole = len(self._complete_lines())
        line = json.dumps(entry.fields(), ensure_ascii=False) + "\n"
        with self._history.open("ab") as file:
            file.truncate(whole)
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
        return self.get(entry.document_id)


def _details(details: DocumentDetails) -> dict[str, Any]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _find(documents: dict[str, StoredDocument], document_id: str) -> StoredDocument:
    found = documents.get(document_id.strip().upper())
    if found is None:
        raise NoDocumentError(
            f"Kho không có tài liệu “{document_id[:20]}”. Xem danh sách bằng /docs hoặc "
            "'vanphong docs list'."
        )
    return found


def _in_use(
    documents: dict[str, StoredDocument], sha256: str, apart_from: StoredDocument | None
) -> StoredDocument | None:
    """Return the active document with these bytes that is not of the same chain, if any."""
    root = apart_from.root_id if apart_from else None
    return next(
        (d for d in documents.values() if d.sha256 == sha256 and d.is_active and d.root_id != root),
        None,
    )


def _utc(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")
