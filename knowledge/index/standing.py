"""Where a stored document stands: what the live version answers from, waits or was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.documents.loader import ArticleFile
    from knowledge.documents.store import DocumentStore
    from knowledge.index.directory import IndexDirectory
    from knowledge.index.manifest import ArticleEntry, IndexVersion
    from knowledge.index.set_aside import SetAside


class Standing(StrEnum):
    """What becomes of a document of the store."""

    IN_USE = "in_use"
    WAITING = "waiting"
    """The version that waits for a decision has it as it is now, the live one does not."""
    SET_ASIDE = "set_aside"
    """It was in a version that was discarded or left; no other change brings it in."""
    NOT_YET = "not_yet"
    """No version has it as it is now."""
    RETIRED = "retired"
    STILL_USED = "still_used"
    """It is retired, and the live version still answers from it."""


@dataclass(frozen=True, slots=True)
class VersionContents:
    """The live version and the one that waits, with what is set aside."""

    live: Mapping[str, ArticleEntry]
    waiting: Mapping[str, ArticleEntry]
    set_aside: Mapping[str, SetAside]
    failed: frozenset[str] = frozenset()
    """The live version's articles that could not be read."""

    @classmethod
    def of(cls, directory: IndexDirectory) -> VersionContents:
        """Read them; raises StorageError."""
        active, waiting = directory.active_version(), directory.candidate()
        live = _manifest(directory, active)
        return cls(
            _entries(live),
            _entries(_manifest(directory, waiting if waiting != active else None)),
            directory.set_aside(),
            frozenset(live.failed) if live is not None else frozenset(),
        )

    def standing(self, file: ArticleFile) -> Standing:
        """Return where a document in use stands."""
        name = file.article_id
        for entries, standing in (
            (self.live, Standing.IN_USE),
            (self.waiting, Standing.WAITING),
        ):
            if (entry := entries.get(name)) is not None and entry.is_of(file):
                return standing
        aside = self.set_aside.get(name)
        if aside is not None and aside.edition == file.edition:
            return Standing.SET_ASIDE
        return Standing.NOT_YET


def document_standings(store: DocumentStore, directory: IndexDirectory) -> dict[str, Standing]:
    """Return where each document of the store stands, by its id; raises StorageError.

    Needs no lock: the files are replaced, never changed.
    """
    versions = VersionContents.of(directory)
    found: dict[str, Standing] = {}
    in_use = set()
    for document in store.documents():
        if document.is_active:
            standing = versions.standing(store.article_file(document))
            found[document.document_id] = standing
            if standing is Standing.IN_USE:
                in_use.add(document.root_id)
    for document in store.documents():
        if not document.is_active:
            entry = versions.live.get(document.article_id)
            still = (
                entry is not None
                and document.root_id not in in_use
                and entry.is_of(store.article_file(document))
            )
            found[document.document_id] = Standing.STILL_USED if still else Standing.RETIRED
    return found


def _manifest(directory: IndexDirectory, version: str | None) -> IndexVersion | None:
    if version is None or version not in directory.versions():
        return None
    try:
        return directory.manifest(version)
    except IndexDamagedError:
        return None


def _entries(manifest: IndexVersion | None) -> dict[str, ArticleEntry]:
    return {entry.article_id: entry for entry in manifest.articles} if manifest else {}
