"""What else a short question may be about: other headings whose evidence answers as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.evidence import Evidence
    from knowledge.articles.chunk import Chunk
    from knowledge.retrieval.shortlist import QuestionWords

_SHORT = 4  # words that are no question words
_AS_GOOD = 0.4  # of the score that evidence is chosen by
_MOST = 3


def alternatives(evidence: Sequence[Evidence], words: QuestionWords) -> list[Chunk]:
    """Return the passages that `evidence`, best first, leaves open: the best one's and others'.

    None unless the question is short, another heading answers nearly as well by the reader too,
    and neither holds more of the question's words than the other.
    """
    best = evidence[0]
    if len(words.weights) > _SHORT or best.reading is None:
        return []
    found = {(best.chunk.article_id, best.chunk.heading): best.chunk}
    told = {_stretch(best)}
    for other in evidence[1:]:
        if best.score - other.score > _AS_GOOD or other.reading is None or other.reading.logit < 0:
            continue
        place = other.chunk.article_id, other.chunk.heading
        if place in found or _stretch(other) in told or not _holds_as_much(other, best, words):
            continue
        found[place] = other.chunk
        told.add(_stretch(other))
    return list(found.values())[:_MOST] if len(found) > 1 else []


def _stretch(evidence: Evidence) -> str:
    """Return what a piece of evidence answers: the same said twice leaves nothing open."""
    start, end = evidence.stretch or (0, 0)
    return " ".join(sorted(folded_syllables(evidence.chunk.text[start:end])))


def _holds_as_much(one: Evidence, other: Evidence, words: QuestionWords) -> bool:
    held = [
        words.coverage(folded_syllables(e.candidate.window.text) | folded_syllables(e.chunk.heading))
        for e in (one, other)
    ]
    return held[0] >= held[1]
