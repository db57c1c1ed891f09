"""What else a short question may be about: other headings whose evidence answers as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.evidence import Evidence
    from knowledge.articles.chunk import Chunk
    from knowledge.retrieval.shortlist import QuestionWords

_SHORT = 6  # words, those that ask among them
_AS_GOOD = 0.8  # of the score that evidence is chosen by
_MOST = 3


def alternatives(evidence: Sequence[Evidence], words: QuestionWords) -> list[Chunk]:
    """Return the other passages that `evidence`, best first, leaves open.

    None unless the question is short, another heading answers nearly as well by the reader too,
    and neither holds more of the question's words than the other.
    """
    best = evidence[0]
    if len(words.weights) > _SHORT or best.reading is None:
        return []
    places = {(best.chunk.article_id, best.chunk.heading)}
    found: list[Chunk] = []
    told = {_stretch(best)}
    for other in evidence[1:]:
        if best.score - other.score > _AS_GOOD or other.reading is None or other.reading.logit < -1:
            continue
        place = other.chunk.article_id, other.chunk.heading
        if place in places or _stretch(other) in told or not _holds_as_much(other, best, words):
            continue
        places.add(place)
        found.append(other.chunk)
        told.add(_stretch(other))
    return found[:_MOST]


def _stretch(evidence: Evidence) -> str:
    """Return what a piece of evidence answers: the same said twice leaves nothing open."""
    start, end = evidence.stretch or (0, 0)
    return " ".join(sorted(folded_syllables(evidence.chunk.text[start:end])))


def _holds_as_much(one: Evidence, other: Evidence, words: QuestionWords) -> bool:
    held = [
        words.coverage(
            folded_syllables(e.candidate.window.text) | folded_syllables(e.chunk.heading)
        )
        for e in (one, other)
    ]
    return held[0] >= held[1]
