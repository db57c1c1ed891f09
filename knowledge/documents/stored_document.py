"""A document of the store, and the entries of the history that it comes from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from knowledge.documents.details import DocumentDetails
from knowledge.entities.amendments import Amendment
from knowledge.entities.document_numbers import same_number

if TYPE_CHECKING:
    from collections.abc import Iterable

_DETAILS = tuple(field.name for field in dataclasses.fields(DocumentDetails))

ARTICLE_PREFIX = "kho:"
"""Begins the article ids of stored documents; no relative path begins so by chance."""


class DocumentState(StrEnum):
    """Whether the bot answers from a document."""

    ACTIVE = "active"
    RETIRED = "retired"


class HistoryAction(StrEnum):
    """What was done to a document."""

    ADDED = "added"
    RETIRED = "retired"
    RESTORED = "restored"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the history; `at` is UTC in ISO 8601, `by` whoever the caller says.

    The details after `document_id` belong to an addition or an edit, the rest to an addition.
    """

    at: str
    by: str
    action: HistoryAction
    document_id: str
    title: str = ""
    source: str | None = None
    published: str | None = None
    name: str = ""
    format: str = ""
    sha256: str = ""
    size: int = 0
    replaces: str | None = None
    number: str | None = None
    issuer: str | None = None
    signer: str | None = None
    summary: str | None = None
    amends: tuple[Amendment, ...] = ()
    deed: str = ""
    """What marks the deed that it belongs to: a deed that is finished later finds it by that."""

    @property
    def details(self) -> DocumentDetails:
        """The details that the entry states."""
        return DocumentDetails(**{name: getattr(self, name) for name in _DETAILS})

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> HistoryEntry:
        """Return the entry written as `fields`; raises TypeError, ValueError, KeyError."""
        amends = tuple(Amendment(**one) for one in fields.get("amends", ()))
        return cls(**{**fields, "action": HistoryAction(fields["action"]), "amends": amends})

    def fields(self) -> dict[str, Any]:
        """Return the fields that say something."""
        return {key: value for key, value in dataclasses.asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document of the store.

    `root_id` is the first document of the chain of replacements that it belongs to: all of them
    are one article, and at most one of them is active.
    """

    document_id: str
    root_id: str
    details: DocumentDetails
    name: str
    format: str
    sha256: str
    size: int
    added_by: str
    added_at: str
    state: DocumentState
    changed_by: str
    changed_at: str
    replaces: str | None = None

    @property
    def article_id(self) -> str:
        """The id of the article that the document is."""
        return ARTICLE_PREFIX + self.root_id

    @property
    def is_active(self) -> bool:
        """Whether the bot answers from it."""
        return self.state is DocumentState.ACTIVE


def ended_by(
    amends: Iterable[Amendment], documents: Iterable[StoredDocument]
) -> list[StoredDocument]:
    """Return the documents in use that have no force any more as amendments say."""
    ended = [one.number for one in amends if one.ends]
    return [
        document
        for document in documents
        if document.is_active
        and (number := document.details.own_number) is not None
        and any(same_number(number, other) for other in ended)
    ]


def documents_after(history: Iterable[HistoryEntry]) -> dict[str, StoredDocument]:
    """Return the documents by id, oldest first, as they stand after `history`.

    Raises KeyError when the history speaks of a document that it never added.
    """
    documents: dict[str, StoredDocument] = {}
    for entry in history:
        if entry.action is HistoryAction.ADDED:
            root = documents[entry.replaces].root_id if entry.replaces else entry.document_id
            document = _added(entry, root)
        else:
            document = documents[entry.document_id]
        retires = entry.action is HistoryAction.RETIRED
        if entry.action is HistoryAction.EDITED:
            edited = dataclasses.replace(document, details=entry.details)
            documents[document.document_id] = _changed(edited, document.state, entry)
            continue
        state = DocumentState.RETIRED if retires else DocumentState.ACTIVE
        for other in list(documents.values()):
            if not retires and other.root_id == document.root_id and other.is_active:
                documents[other.document_id] = _changed(other, DocumentState.RETIRED, entry)
        documents[document.document_id] = _changed(document, state, entry)
    return documents


def _changed(document: StoredDocument, state: DocumentState, entry: HistoryEntry) -> StoredDocument:
    return dataclasses.replace(document, state=state, changed_by=entry.by, changed_at=entry.at)


def _added(entry: HistoryEntry, root: str) -> StoredDocument:
    return StoredDocument(
        document_id=entry.document_id,
        root_id=root,
        details=entry.details,
        name=entry.name,
        format=entry.format,
        sha256=entry.sha256,
        size=entry.size,
        added_by=entry.by,
        added_at=entry.at,
        state=DocumentState.ACTIVE,
        changed_by=entry.by,
        changed_at=entry.at,
        replaces=entry.replaces,
    )
