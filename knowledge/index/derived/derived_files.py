"""Writes and opens the derived files of versions, and makes them anew where they are damaged."""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.documents.durable_file import writing_below
from knowledge.errors import IndexDamagedError
from knowledge.index.chunk_records import read_indexed, read_version, require_records
from knowledge.index.derived.chunk_store import ChunkStore
from knowledge.index.derived.seal import BrokenSealError, check_seal, write_seal
from knowledge.index.derived.search_structures import SearchStructures, write_structures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.index.chunk_records import IndexedChunks
    from knowledge.index.directory import IndexDirectory
    from knowledge.index.manifest import IndexVersion
    from knowledge.index.vector_store import VectorStore

_SEAL = "seal.json"
_BATCH = 2000  # chunks at once: their vectors take 12 MB
_log = logging.getLogger(__name__)


class DerivedFiles:
    """Files beside the vector store that make opening a version a matter of mapping them.

    `derived/collections/vNNNN` holds the chunks of the collection of this name with their vectors,
    and only grows; `derived/versions/vNNNN` what is counted over all chunks of a version. Both
    can be made anew from the vector store. Thread-safe.
    """

    def __init__(self, directory: IndexDirectory, store: VectorStore) -> None:
        self._directory = directory
        self._store = store
        self._writing = threading.Lock()

    def add(self, collection: str, dimension: int, fresh: IndexedChunks) -> None:
        """Add chunks that were written into `collection`, of a version that is not whole yet.

        Raises StorageError.
        """
        with self._writing, writing_below(self._directory.derived):
            ChunkStore(self._directory.collection_files(collection), dimension).append(fresh)

    def write(self, manifest: IndexVersion, before: IndexVersion | None = None) -> None:
        """Write the files of a version whose records are in the vector store.

        `before` is one in the same collection, which it differs little from. Chunks that were not
        added before are read from there. Raises IndexDamagedError, StorageError.
        """
        with self._writing, _translated(manifest), writing_below(self._directory.derived):
            chunks = self._chunks(manifest)
            if manifest.chunks is None:  # the vector store alone knows the order
                found = read_version(self._store, manifest)
                chunks.append(found)
                wanted = [chunk.chunk_id for chunk in found.chunks]
            else:
                wanted = [entry.chunk_id for entry in manifest.chunks]
                places = chunks.places()
                missing = [entry for entry in manifest.chunks if entry.chunk_id not in places]
                for start in range(0, len(missing), _BATCH):
                    batch = missing[start : start + _BATCH]
                    chunks.append(read_indexed(self._store, manifest, batch))
            places = chunks.places()
            self._write_structures(manifest, chunks, [places[name] for name in wanted], before)

    def open(self, manifest: IndexVersion) -> SearchStructures:
        """Map the files of a version into memory.

        Makes them anew where they are not as they were written, or never were. Raises
        IndexDamagedError when the vector store does not hold the version, StorageError.
        """
        require_records(self._store, manifest)
        try:
            return self._mapped(manifest)
        except BrokenSealError as error:
            _log.warning("search structures of %s are made anew: %s", manifest.version, error)
            if self._folder(manifest).joinpath(_SEAL).exists():
                self._clear(manifest.collection)
        self.write(manifest)
        with _translated(manifest):
            return self._mapped(manifest)

    def _mapped(self, manifest: IndexVersion) -> SearchStructures:
        folder, chunks = self._folder(manifest), self._chunks(manifest)
        count = check_seal(folder / _SEAL, self._directory.derived)
        try:
            return SearchStructures.load(folder, chunks, count, manifest.articles)
        except (OSError, ValueError, KeyError) as error:
            raise BrokenSealError(f"{folder}: {error}") from error

    def _write_structures(
        self,
        manifest: IndexVersion,
        chunks: ChunkStore,
        places: Sequence[int],
        before: IndexVersion | None,
    ) -> None:
        folder = self._folder(manifest)
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            rows = np.array(places, dtype=np.int32)
            write_structures(unfinished, chunks, rows, self._whole(before))
            shutil.rmtree(folder, ignore_errors=True)
            unfinished.rename(folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        found = list(folder.rglob("*"))
        for path in found:
            path.chmod(0o700 if path.is_dir() else 0o600)
        own = [(path, path.stat().st_size) for path in found if path.is_file()]
        files = [*own, *chunks.files(len(chunks))]
        write_seal(folder / _SEAL, self._directory.derived, files, len(chunks))

    def _whole(self, manifest: IndexVersion | None) -> Path | None:
        """Return the folder of a version if its files are as they were written."""
        if manifest is None:
            return None
        folder = self._folder(manifest)
        with contextlib.suppress(BrokenSealError):
            check_seal(folder / _SEAL, self._directory.derived)
            return folder
        return None

    def _clear(self, collection: str) -> None:
        """Remove the files of a collection and of all versions that share it."""
        self._directory.remove_collection_files(collection)
        for manifest in self._directory.manifests():
            if manifest.collection == collection:
                shutil.rmtree(self._folder(manifest), ignore_errors=True)

    def _folder(self, manifest: IndexVersion) -> Path:
        return self._directory.version_files(manifest.version)

    def _chunks(self, manifest: IndexVersion) -> ChunkStore:
        folder = self._directory.collection_files(manifest.collection)
        return ChunkStore(folder, manifest.space.dimension)


@contextmanager
def _translated(manifest: IndexVersion) -> Iterator[None]:
    """Turn what files that are no such files raise into IndexDamagedError."""
    try:
        yield
    except (ValueError, KeyError) as error:
        raise IndexDamagedError(
            f"Không đọc được các tệp của chỉ mục {manifest.version} ({error}). "
            "Hãy chạy 'vanphong reload --full' để lập lại chỉ mục."
        ) from error
