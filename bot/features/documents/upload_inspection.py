"""What becomes of a file that was sent: it is read, compared with the store and told as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 -- pydantic reads it
from typing import TYPE_CHECKING

from bot.features.documents.messages import StoreFindings, inspection_report
from bot.features.documents.pending_uploads import (
    ORIGINAL_FILE,
    READING_FILE,
    UPLOADS_FOLDER,
    Draft,
)
from bot.features.documents.queued_uploads import Upload  # noqa: TC001 -- pydantic reads it
from knowledge.articles.reading import reading_to_json
from knowledge.documents.details import display_name
from knowledge.documents.durable_file import write_durably, writing_below
from knowledge.documents.fenced_reading import read_fenced
from knowledge.documents.inspection import (
    Replaced,
    existing_fingerprints,
    guessed_details,
    inspect_document,
    typed_details,
)
from knowledge.documents.store import DocumentStore
from knowledge.documents.stored_document import ended_by

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class InspectionOrder:
    """An upload, whose original lies in `folder`, and what it is compared with.

    Paths are absolute. `created_at` is when its draft is made (UTC in ISO 8601).
    """

    upload: Upload
    data_dir: Path
    articles_dir: Path
    created_at: str

    @property
    def folder(self) -> Path:
        """Where what belongs to the upload lies."""
        return self.data_dir / UPLOADS_FOLDER / self.upload.token


def inspect_upload(order: InspectionOrder, compare: Callable[[], None]) -> Draft:
    """Read an upload, keep its text beside the original, and return the draft, not kept yet.

    `compare` is called between reading and comparing. Takes seconds to minutes. Raises ArticleError
    when the file can't be read, NoDocumentError when there is nothing to replace under that id,
    StorageError.
    """
    upload, store = order.upload, DocumentStore(order.data_dir)
    replaced = store.get(upload.replaces) if upload.replaces else None
    with writing_below(order.folder):
        data = order.folder.joinpath(ORIGINAL_FILE).read_bytes()
    reading = read_fenced(data, upload.name)
    reading.require_content()
    compare()
    with writing_below(order.folder):
        write_durably(order.folder / READING_FILE, reading_to_json(reading).encode())
    old = store.readable(replaced.document_id) if replaced else None
    inspection = inspect_document(
        reading,
        upload.name,
        existing_fingerprints(store, order.articles_dir),
        Replaced(replaced.article_id, replaced.details.title, old) if replaced else None,
    )
    details = inspection.guess
    ended = [
        document
        for document in ended_by(details.amends, store.documents())
        if replaced is None or document.root_id != replaced.root_id
    ]
    offered = (
        typed_details(replaced.details, guessed_details(old, replaced.name), details)
        if replaced and old
        else {}
    )
    findings = StoreFindings(store.same_file(data), replaced, ended)
    report = inspection_report(inspection, reading.blocks, findings)
    return Draft(
        token=upload.token,
        chat_id=upload.chat_id,
        user_id=upload.user_id,
        name=display_name(upload.name),
        details=details,
        report=report.html,
        report_units=report.units,
        created_at=order.created_at,
        replaces=replaced.document_id if replaced else None,
        ends=tuple(document.document_id for document in ended),
        offered=offered,
        format=reading.format,
        origin=upload.origin,
    )
