"""Why a question was answered as it was: what every stage made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.answering.decision import DecisionWeights
    from knowledge.answering.evidence import Evidence
    from knowledge.answering.findings import Findings


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that was found, with its fused score."""

    title: str
    heading: str
    score: float


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text that was read: its score in the choice, the reader's logit and stretch.

    The stretch is a range of `text`. Without a reader it and `logit` are None.
    """

    title: str
    text: str
    score: float
    logit: float | None
    stretch: tuple[int, int] | None
    stretch_probability: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The stages of one answer, in order.

    `by_label`: the question names a part of a document, so nothing had to be decided; `curated`:
    the office has an answer of its own for it. `weighed` are the verdict's features with what each
    adds to its logit, the intercept among them.
    """

    question: str
    passages: tuple[RetrievedPassage, ...]
    read: tuple[ReadText, ...]
    weighed: Mapping[str, tuple[float, float]]
    probability: float
    threshold: float
    by_label: bool
    curated: bool = False

    @classmethod
    def of(
        cls, found: Findings, weights: DecisionWeights, *, by_label: bool, curated: bool
    ) -> Self:
        """Return the explanation of `found`."""
        decision = found.decision
        weighed = {
            name: (decision.features[name], weight * decision.features[name])
            for name, weight in weights.verdict.items()
            if name in decision.features
        }
        return cls(
            question=found.query.text,
            passages=tuple(
                RetrievedPassage(hit.chunk.title, hit.chunk.heading, round(hit.score, 3))
                for hit in found.hits
            ),
            read=tuple(
                ReadText(
                    evidence.chunk.title,
                    evidence.candidate.window.text,
                    round(evidence.score, 3),
                    None if evidence.reading is None else round(evidence.reading.logit, 3),
                    _within(evidence),
                    round(evidence.stretch_probability, 3),
                )
                for evidence in decision.evidence
            ),
            weighed=weighed | {"intercept": (1.0, weights.intercept)},
            probability=round(decision.probability, 4),
            threshold=weights.threshold,
            by_label=by_label,
            curated=curated,
        )


def _within(evidence: Evidence) -> tuple[int, int] | None:
    """Return where the stretch stands in the window's text."""
    if evidence.stretch is None:
        return None
    start, end = evidence.stretch
    begun = evidence.candidate.window.start
    return start - begun, end - begun
