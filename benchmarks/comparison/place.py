"""Where a comparison keeps its models, vectors and indexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings import PACKAGED_MODEL, load_encoder, load_reader

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings import Encoder, Reader


@dataclass(frozen=True, slots=True)
class Place:
    """A work folder; what it holds already is used again."""

    root: Path

    @property
    def vectors(self) -> Path:
        """Prepared vectors of sentences."""
        return self.root / "vectors"

    @property
    def peer_model(self) -> Path:
        """The packaged model as a sentence-transformers directory."""
        return self.root / "sentence-transformers"

    def index(self, digest: str, size: int, system: str) -> Path:
        """Return the folder of one system's index of one size of a question set."""
        return self.root / "indexes" / digest / str(size) / system

    def encoder(self) -> Encoder:
        """Load the packaged encoder, preparing it the first time."""
        return load_encoder(PACKAGED_MODEL, self.root / "models")

    def reader(self, encoder: Encoder) -> Reader:
        """Load the reader that goes with the encoder."""
        return load_reader(encoder, self.root / "models")

    def write_peer_model(self) -> None:
        """Write the sentence-transformers directory if it is not there."""
        if self.peer_model.is_dir():
            return
        from benchmarks.sentence_transformers_directory import (  # noqa: PLC0415
            write_sentence_transformers_directory,
        )
        from embeddings.packaged_weights import (  # noqa: PLC0415
            PackagedWeights,
            packaged_weights_file,
        )

        unfinished = self.peer_model.with_suffix(".unfinished")
        write_sentence_transformers_directory(
            PackagedWeights.read(packaged_weights_file()), unfinished
        )
        unfinished.rename(self.peer_model)
