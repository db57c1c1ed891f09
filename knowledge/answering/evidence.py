"""Evidence: windows that were read, each with what the reader and retrieval say for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.reader import Reading
    from embeddings.sentences import Span
    from knowledge.articles.chunk import Chunk, Sentence
    from knowledge.retrieval.shortlist import Candidate


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate with its reading (None without a reader) and the score it is chosen by."""

    candidate: Candidate
    reading: Reading | None
    score: float = 0.0

    @property
    def chunk(self) -> Chunk:
        """The passage that the window is of."""
        return self.candidate.window.chunk

    @property
    def stretch(self) -> Span | None:
        """Where in the passage's text the answer stands by the reader."""
        if self.reading is None or self.reading.span[0] >= self.reading.span[1]:
            return None
        start = self.candidate.window.start
        return start + self.reading.span[0], start + self.reading.span[1]

    @property
    def stretch_probability(self) -> float:
        """How sure the reader is of the stretch, 0..1."""
        return 0.0 if self.reading is None else self.reading.span_probability

    @property
    def positions(self) -> range:
        """The positions of the units that the stretch touches, or else of the window's centre."""
        window, stretch = self.candidate.window, self.stretch
        units = window.chunk.sentences
        touched = [
            n
            for n in range(window.first, window.last + 1)
            if stretch is not None and units[n].start < stretch[1] and units[n].end > stretch[0]
        ]
        if not touched:
            return range(self.candidate.unit, self.candidate.unit + 1)
        return range(touched[0], touched[-1] + 1)

    @property
    def sentence(self) -> Sentence:
        """The first of those units."""
        return self.chunk.sentences[self.positions[0]]

    def features(self) -> dict[str, float]:
        """Return what the evidence is chosen and judged by."""
        candidate, reading = self.candidate, self.reading
        return {
            "logit": 0.0 if reading is None else reading.logit,
            "stretch": self.stretch_probability,
            "rank": float(candidate.rank),
            "lead": candidate.lead,
            "similarity": candidate.similarity,
            "coverage": candidate.coverage,
            "context_coverage": candidate.context_coverage,
            "passage_coverage": candidate.passage_coverage,
        }
