"""What is noted of a version while it is built, so that a build that was cut off can go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from knowledge.articles.chunker import CUTTING
from knowledge.index.manifest import EmbeddingSpace

if TYPE_CHECKING:
    from typing import Self

    from embeddings.encoder import Encoder
    from knowledge.articles.chunker import ChunkingSettings


@dataclass(frozen=True, slots=True)
class BuildRules:
    """What makes a record what it is, beside its article: records made by the same can be kept.

    `full` says that nothing of an earlier version was taken over.
    """

    space: EmbeddingSpace
    chunk_target: int
    chunk_limit: int
    full: bool
    cutting: int = CUTTING

    @classmethod
    def of(cls, encoder: Encoder, chunking: ChunkingSettings, *, full: bool) -> Self:
        """Return the rules of a build with this encoder and these settings."""
        return cls(EmbeddingSpace.of(encoder), chunking.target, chunking.limit, full)


@dataclass(frozen=True, slots=True)
class UnfinishedBuild:
    """A version that is being built, or was when the program was killed.

    Its records stand in `collection`, which is its own or that of the version it builds upon.
    """

    version: str
    collection: str
    rules: BuildRules

    def to_json(self) -> bytes:
        """Return the note as JSON."""
        return _NOTE.dump_json(self)

    @classmethod
    def from_json(cls, text: str) -> UnfinishedBuild | None:
        """Read a note; None when it is none: then the build begins anew."""
        try:
            return _NOTE.validate_json(text)
        except ValidationError:
            return None


_NOTE = TypeAdapter(UnfinishedBuild)
