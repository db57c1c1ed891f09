"""The vectors and texts of every index version, in ChromaDB."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.errors import IndexDamagedError, StorageError
from knowledge.index.soundness import DAMAGED, OUTSIDE_CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from embeddings.encoder import FloatMatrix

_COLLECTION_PREFIX = "kb-"
_BATCH = 500
_GENTLE_BATCH = 25  # Chroma answers no query while it writes a batch
_PAGE = 500


Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class Records:
    """Rows of a collection: ids, texts, metadata and their vectors, shape (rows, dimension)."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    metadata: tuple[dict[str, Scalar], ...]
    vectors: FloatMatrix


class VectorStore:
    """The Chroma collections of the index versions, in a directory that this process owns.

    A collection bears the name of the version it was made for; later versions may share it.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._client: Any = None
        self._collections: dict[str, Any] = {}

    def connect(self) -> None:
        """Open the database; raises IndexDamagedError or StorageError when it can't be opened."""
        import chromadb  # noqa: PLC0415 -- 0.8 s to import
        from chromadb.config import Settings  # noqa: PLC0415

        with _translated("mở"):
            self._client = chromadb.PersistentClient(
                path=str(self._directory),
                settings=Settings(anonymized_telemetry=False, allow_reset=False),
            )

    def close(self) -> None:
        """Close the database; safe to call twice."""
        if self._client is not None:
            self._client.close()
            self._client = None
            self._collections.clear()

    def versions(self) -> list[str]:
        """Return the names of the collections, without their prefix."""
        with _translated("liệt kê"):
            names = [collection.name for collection in self._client.list_collections()]
        return [name.removeprefix(_COLLECTION_PREFIX) for name in names]

    def create(self, version: str) -> None:
        """Make an empty collection for `version`; raises StorageError when there is one."""
        with _translated("tạo"):
            self._client.create_collection(
                name=_COLLECTION_PREFIX + version,
                embedding_function=None,
                configuration={"hnsw": {"space": "ip", "ef_search": 200, "ef_construction": 200}},
            )

    def upsert(
        self,
        version: str,
        records: Records,
        *,
        gently: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Write `records` into `version` in batches; writing a record again changes nothing.

        `progress` is called with the number of records just written.
        `gently` leaves half of the time to queries: small batches, and after each a pause as long.
        """
        size = _GENTLE_BATCH if gently else _BATCH
        with _translated("ghi"):
            collection = self._collection(version)
            for start in range(0, len(records.ids), size):
                batch = slice(start, start + size)
                begun = time.perf_counter()
                collection.upsert(
                    ids=list(records.ids[batch]),
                    embeddings=records.vectors[batch],
                    documents=list(records.texts[batch]),
                    metadatas=list(records.metadata[batch]),
                )
                progress(len(records.ids[batch]))
                if gently and start + size < len(records.ids):
                    time.sleep(time.perf_counter() - begun)

    def delete(self, version: str) -> None:
        """Remove the collection of `version`."""
        with _translated("xóa"):
            self._collections.pop(version, None)
            self._client.delete_collection(_COLLECTION_PREFIX + version)

    def count(self, version: str) -> int:
        """Return the number of records of `version`."""
        with _translated("đếm"):
            return int(self._collection(version).count())

    def read(self, version: str, wanted: Sequence[str] | None = None) -> Records:
        """Return all records of `version`, in the order in which they were written.

        With `wanted`, only the records of these ids, in any order; unknown ids are passed over.
        """
        ids: list[str] = []
        texts: list[str] = []
        metadata: list[dict[str, Scalar]] = []
        vectors: list[FloatMatrix] = []
        with _translated("đọc"):
            collection = self._collection(version)
            include = ["embeddings", "documents", "metadatas"]
            count = collection.count() if wanted is None else len(wanted)
            for offset in range(0, count, _PAGE):
                if wanted is None:
                    page = collection.get(limit=_PAGE, offset=offset, include=include)
                else:
                    page = collection.get(
                        ids=list(wanted[offset : offset + _PAGE]), include=include
                    )
                ids.extend(page["ids"])
                texts.extend(page["documents"])
                metadata.extend(page["metadatas"])
                vectors.append(np.asarray(page["embeddings"], dtype=np.float32))
        matrix = np.concatenate(vectors) if vectors else np.zeros((0, 0), dtype=np.float32)
        return Records(tuple(ids), tuple(texts), tuple(metadata), matrix)

    def ids(self, version: str) -> set[str]:
        """Return the ids of all records of `version`."""
        with _translated("đọc"):
            return set(self._collection(version).get(include=[])["ids"])

    def remove(self, version: str, ids: Sequence[str]) -> None:
        """Remove records of `version`; unknown ids are passed over."""
        with _translated("xóa"):
            collection = self._collection(version)
            for start in range(0, len(ids), _BATCH):
                collection.delete(ids=list(ids[start : start + _BATCH]))

    def nearest(
        self,
        version: str,
        vectors: FloatMatrix,
        count: int,
        belongs: Callable[[str], bool],
    ) -> list[list[str]]:
        """Return for each query vector the ids of its `count` nearest records, nearest first.

        Only records whose id `belongs` count; fewer come when there are no more.
        """
        with _translated("tìm trong"):
            collection = self._collection(version)
            nearest: list[list[str]] = []
            for vector in vectors:
                asked = count
                while True:
                    (found,) = collection.query(
                        query_embeddings=vector[np.newaxis], n_results=asked, include=[]
                    )["ids"]
                    kept = [record for record in found if belongs(record)]
                    if len(kept) >= count or len(found) < asked:
                        break
                    asked *= 2  # records of other versions stand in between
                nearest.append(kept[:count])
        return nearest

    def _collection(self, version: str) -> Any:  # noqa: ANN401 -- chromadb is imported late
        collection = self._collections.get(version)
        if collection is None:
            name = _COLLECTION_PREFIX + version
            collection = self._client.get_collection(name, embedding_function=None)
            self._collections[version] = collection
        return collection


@contextmanager
def _translated(action: str) -> Iterator[None]:
    """Turn what Chroma raises into this package's errors.

    What the disk or another process does is a StorageError. All else means that the files are not
    what Chroma wrote: IndexDamagedError.
    """
    from chromadb.errors import ChromaError, NotFoundError  # noqa: PLC0415

    try:
        yield
    except NotFoundError as error:
        raise IndexDamagedError(DAMAGED.format(reason="thiếu phiên bản đang dùng")) from error
    except (ChromaError, ValueError, RuntimeError, OSError) as error:
        if isinstance(error, OSError) or _is_outside(str(error)):
            raise StorageError(
                f"Không {action} được kho vectơ ({error}). Hãy kiểm tra quyền ghi và dung lượng "
                "đĩa; nếu vẫn lỗi, khởi động lại bot."
            ) from error
        raise IndexDamagedError(DAMAGED.format(reason=str(error)[:200])) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Chroma's Rust code; it is no Exception
            raise
        raise IndexDamagedError(DAMAGED.format(reason="Chroma không đọc được")) from error


def _is_outside(reason: str) -> bool:
    """Tell whether the disk or another process is to blame, not what is in the files."""
    code = re.search(r"\(code: (\d+)\)", reason)
    outside = code is not None and int(code[1]) & 0xFF in OUTSIDE_CODES
    return outside or re.search(r"os error \d+|[Pp]ermission denied", reason) is not None
