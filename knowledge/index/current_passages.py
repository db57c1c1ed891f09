"""The passages that answers come from now, for commands that run beside the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.articles.chunker import chunk_article
from knowledge.documents.loader import article_files, load_article
from knowledge.documents.store import DocumentStore
from knowledge.errors import ArticleError, LockedError
from knowledge.index.derived.derived_files import DerivedFiles
from knowledge.index.directory import IndexDirectory
from knowledge.index.lock import DirectoryLock
from knowledge.index.vector_store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from knowledge.articles.chunk import Chunk


@dataclass(frozen=True, slots=True)
class CurrentPassages:
    """Passages in reading order: of the live `version`, or cut anew from the files when None.

    `failed` says which files could not be read, and why.
    """

    chunks: Sequence[Chunk]
    version: str | None
    failed: tuple[str, ...] = ()


def current_passages(data_dir: Path, articles_dir: Path) -> CurrentPassages:
    """Return the passages of the live version; needs no embedding model. Blocks.

    Where there is no version, or a running bot holds it, the articles and the stored documents are
    cut anew: the same passages, unless files have changed since. Raises ArticlesFolderError,
    IndexDamagedError or StorageError.
    """
    directory = IndexDirectory(data_dir)
    version = directory.active_version()
    if version is not None:
        try:
            return CurrentPassages(_indexed(directory, version), version)
        except LockedError:
            pass  # its owner answers from it; the files are at hand
    return _of_files(data_dir, articles_dir)


def _indexed(directory: IndexDirectory, version: str) -> Sequence[Chunk]:
    lock, store = DirectoryLock(directory.lock_file), VectorStore(directory.chroma)
    lock.acquire()
    try:
        store.connect()
        return DerivedFiles(directory, store).open(directory.manifest(version)).chunks
    finally:
        store.close()
        lock.release()


def _of_files(data_dir: Path, articles_dir: Path) -> CurrentPassages:
    chunks: list[Chunk] = []
    failed: list[str] = []
    for file in [*article_files(articles_dir), *DocumentStore(data_dir).article_files()]:
        try:
            chunks.extend(chunk_article(load_article(file)))
        except ArticleError as error:
            failed.append(f"{file.article_id}: {error}")
    return CurrentPassages(tuple(chunks), None, tuple(failed))
