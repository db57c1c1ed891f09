"""Which records a version holds, in little memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from knowledge.index.chunk_records import record_ids
from knowledge.index.manifest import ChunkEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.index.manifest import IndexVersion

ChunkTable = npt.NDArray[np.void]
"""Rows of chunk id and number of sentences: 20 bytes for a chunk, where objects take ten times."""

_ROW = np.dtype([("chunk", "S16"), ("sentences", np.uint32)])


@dataclass(frozen=True, slots=True)
class HeldRecords:
    """The records of one version; `chunks` is None in manifests of format 1."""

    collection: str
    records: int
    chunks: ChunkTable | None
    counted: bool
    """Whether the manifest's counts agree with its list of chunks."""

    @classmethod
    def of(cls, manifest: IndexVersion) -> HeldRecords:
        """Return what `manifest` lists."""
        if manifest.chunks is None:
            return cls(manifest.collection, manifest.records, None, counted=True)
        table = chunk_table(manifest.chunks)
        counts = len(table), int(table["sentences"].sum())
        counted = counts == (manifest.passages, manifest.sentences)
        return cls(manifest.collection, manifest.records, table, counted)


def chunk_table(chunks: Iterable[ChunkEntry]) -> ChunkTable:
    """Return `chunks` as a table."""
    return np.array([tuple(chunk) for chunk in chunks], dtype=_ROW)


def union(tables: Iterable[ChunkTable]) -> ChunkTable:
    """Return the chunks that stand in any of the tables, each once."""
    return np.unique(np.concatenate([np.zeros(0, dtype=_ROW), *tables]))


def records_in(table: ChunkTable) -> int:
    """Return how many records the chunks of a table have."""
    return len(table) + int(table["sentences"].sum())


def ids_in(table: ChunkTable) -> set[str]:
    """Return the ids of all records of the chunks of a table."""
    rows = zip(table["chunk"].tolist(), table["sentences"].tolist(), strict=True)
    return set(record_ids(ChunkEntry(name.decode(), count) for name, count in rows))
