"""What editors do to the store of documents: each a deed that a stop in the middle can't halve."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.access.audit import AuditAction
from bot.features.documents import texts
from bot.telegram.formatting import escape
from knowledge.documents.details import DetailField
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.access.deeds import Deed, Deeds
    from bot.access.person import Actor
    from bot.feature import Finishes
    from bot.features.documents.service import DocumentService
    from knowledge.documents.stored_document import StoredDocument

TakeUp = Callable[[str], Awaitable[None]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was stored; `retired` are documents, `refused` says why others were not."""

    stored: StoredDocument
    retired: tuple[str, ...]
    refused: tuple[str, ...]

    @property
    def html(self) -> str:
        """What is said about it."""
        stored = self.stored
        text = texts.STORED_REPLACING if stored.replaces else texts.STORED
        title = escape(stored.details.title)
        said = [text.format(document=stored.document_id, title=title, replaced=stored.replaces)]
        said += map(escape, self.refused)
        if self.retired:
            said.append(texts.RETIRED_TOO.format(documents=", ".join(self.retired)))
        return "\n".join(said)


class DocumentChanges:
    """Changes the store and notes it; what follows for the index is the caller's."""

    def __init__(self, service: DocumentService, deeds: Deeds, take_up: TakeUp) -> None:
        """`take_up` lets later versions have an article, though it was set aside."""
        self._service = service
        self._deeds = deeds
        self._take_up = take_up

    @property
    def finishes(self) -> Mapping[AuditAction, Finishes]:
        """What finishes each of these deeds."""
        return {
            AuditAction.STORE_DOCUMENT: self._finish_keeping,
            AuditAction.RETIRE_DOCUMENT: self._finish_retiring,
            AuditAction.RESTORE_DOCUMENT: self._finish_restoring,
            AuditAction.EDIT_DOCUMENT: self._finish_editing,
        }

    async def keep(self, actor: Actor, token: str, retiring: Sequence[str] = ()) -> Kept:
        """Store a draft, and retire those of the documents `retiring` that are still in use.

        Raises DraftError when it is gone, DocumentError or StorageError when it cannot be stored:
        then the draft stays.
        """
        action = AuditAction.STORE_DOCUMENT
        async with self._deeds.doing(actor, action, draft=token, retiring=[*retiring]) as deed:
            return await self._keep(deed)

    async def retire(self, actor: Actor, document_id: str) -> StoredDocument:
        """Take a document out of use; raises DocumentError, StorageError."""
        action = AuditAction.RETIRE_DOCUMENT
        async with self._deeds.doing(actor, action, document=document_id) as deed:
            return await self._retire(deed)

    async def restore(self, actor: Actor, document_id: str) -> StoredDocument:
        """Put a document back into use; raises DocumentError, StorageError."""
        action = AuditAction.RESTORE_DOCUMENT
        async with self._deeds.doing(actor, action, document=document_id) as deed:
            return await self._restore(deed)

    async def edit(
        self, actor: Actor, document_id: str, field: DetailField, text: str
    ) -> tuple[StoredDocument, bool]:
        """State a detail as typed, or none when `text` is empty; tell whether that changed it.

        Raises DocumentDetailError saying the rule, NoDocumentError, StorageError.
        """
        details = {"document": document_id, "field": field.value, "text": text}
        async with self._deeds.doing(actor, AuditAction.EDIT_DOCUMENT, **details) as deed:
            edited = await self._edit(deed)
            return edited, bool(deed.done)

    async def _keep(self, deed: Deed) -> Kept:
        stored = await self._service.keep(str(deed.details["draft"]), deed.by, deed.id)
        _log.info("document_stored", document=stored.document_id, replaces=stored.replaces)
        deed.did(stored.document_id, {"replaces": stored.replaces})
        await self._take_up(stored.article_id)
        retired, refused = [], []
        for document_id in deed.details["retiring"]:
            try:
                document = await self._service.retire(document_id, deed.by, deed.id)
            except KnowledgeError as error:  # somebody else was quicker
                refused.append(str(error))
                continue
            retired.append(document_id)
            deed.did(document_id, action=AuditAction.RETIRE_DOCUMENT)
            await self._take_up(document.article_id)
        return Kept(stored, tuple(retired), tuple(refused))

    async def _retire(self, deed: Deed) -> StoredDocument:
        document = await self._service.retire(str(deed.details["document"]), deed.by, deed.id)
        return await self._changed(deed, document)

    async def _restore(self, deed: Deed) -> StoredDocument:
        document = await self._service.restore(str(deed.details["document"]), deed.by, deed.id)
        return await self._changed(deed, document)

    async def _changed(self, deed: Deed, document: StoredDocument) -> StoredDocument:
        _log.info("document_changed", document=document.document_id, state=document.state)
        deed.did(document.document_id)
        await self._take_up(document.article_id)
        return document

    async def _edit(self, deed: Deed) -> StoredDocument:
        details = deed.details
        if not details["field"]:  # by the command line, which edits several at once
            return await self._edited_elsewhere(deed)
        field = DetailField(details["field"])
        edited, changed = await self._service.edit(
            str(details["document"]), field, str(details["text"]), deed.by, deed.id
        )
        if changed:
            deed.did(edited.document_id)
            await self._take_up(edited.article_id)
        return edited

    async def _edited_elsewhere(self, deed: Deed) -> StoredDocument:
        document = await self._service.document(str(deed.details["document"]))
        if await self._service.was_edited(document.document_id, deed.id):
            deed.did(document.document_id)
            await self._take_up(document.article_id)
        return document

    async def _finish_keeping(self, deed: Deed) -> str:
        return (await self._keep(deed)).html

    async def _finish_retiring(self, deed: Deed) -> str:
        return texts.RETIRED.format(document=(await self._retire(deed)).document_id)

    async def _finish_restoring(self, deed: Deed) -> str:
        return texts.RESTORED.format(document=(await self._restore(deed)).document_id)

    async def _finish_editing(self, deed: Deed) -> str:
        return texts.EDITED.format(document=(await self._edit(deed)).document_id)
