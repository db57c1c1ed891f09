"""The knowledge base on disk: its owner, its live version and its reloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from knowledge.assistant import Assistant
from knowledge.chunker import ChunkingSettings
from knowledge.corpus import Corpus
from knowledge.errors import NoIndexError
from knowledge.index_directory import IndexDirectory
from knowledge.lock import DirectoryLock
from knowledge.manifest import EmbeddingSpace
from knowledge.reload import Progress, Reloader, ReloadReport
from knowledge.retrieval import HybridRetrieval
from knowledge.vector_store import VectorStore

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from embeddings.encoder import Encoder
    from knowledge.langchain_retriever import HybridRetriever


class KnowledgeBase:
    """The index under a data directory, owned by this process while it is open."""

    def __init__(
        self, data_dir: Path, encoder: Encoder, chunking: ChunkingSettings | None = None
    ) -> None:
        self._directory = IndexDirectory(data_dir)
        self._lock = DirectoryLock(self._directory.lock_file)
        self._store = VectorStore(self._directory.chroma)
        self._encoder = encoder
        self._chunking = chunking or ChunkingSettings()

    def open(self) -> None:
        """Take the lock and connect; raises LockedError or StorageError."""
        self._directory.create()
        self._lock.acquire()
        try:
            self._store.connect()
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Disconnect and free the lock; safe to call twice."""
        self._store.close()
        self._lock.release()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def encoder(self) -> Encoder:
        """The embedding model of the base."""
        return self._encoder

    @property
    def active_version(self) -> str | None:
        """The name of the live index version, or None before the first reload."""
        return self._directory.active_version()

    def reload(
        self, articles_dir: Path, *, full: bool = False, progress: Progress | None = None
    ) -> ReloadReport:
        """Bring the index up to date with the articles and make the new version live.

        Unchanged chunks keep their vectors unless `full`; when nothing changed no version is made.
        An article that cannot be read is reported and the rest goes on. Raises ReloadError when no
        new version could be built, ArticlesFolderError when the folder is missing; either way the
        old version stays live.
        """
        reloader = Reloader(self._directory, self._store, self._encoder, self._chunking)
        return reloader.run(articles_dir, full=full, progress=progress)

    def retrieval(self) -> tuple[Corpus, HybridRetrieval]:
        """Load the live version and return it with its retrieval.

        Raises NoIndexError, IndexMismatchError, IndexDamagedError or StorageError.
        """
        version = self._directory.active_version()
        if version is None:
            raise NoIndexError("Chưa có chỉ mục. Hãy chạy 'vanphong reload' để lập chỉ mục.")
        manifest = self._directory.manifest(version)
        manifest.require_space(EmbeddingSpace.of(self._encoder))
        corpus = Corpus(manifest, self._store.read(version))
        return corpus, HybridRetrieval(corpus, self._store, self._encoder)

    def langchain_retriever(self, top_k: int = 4) -> HybridRetriever:
        """Load the live version as a LangChain retriever; raises like `retrieval`."""
        from knowledge.langchain_retriever import (  # noqa: PLC0415 -- LangChain is slow to import
            HybridRetriever,
        )

        corpus, retrieval = self.retrieval()
        return HybridRetriever(corpus=corpus, retrieval=retrieval, top_k=top_k)

    def assistant(self) -> Assistant:
        """Load the live version and return an assistant over it; raises like `retrieval`."""
        corpus, retrieval = self.retrieval()
        return Assistant(corpus, retrieval)
