"""Where an answer of the training data stands in the product's evidence units."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from embeddings.sentences import sentence_spans
from embeddings.vietnamese import syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.articles.chunk import Chunk
    from training.documents import Answer, Document

_AROUND = 80  # characters on either side that tell one place of an answer from another
_ALIKE = 0.6  # of the words around the answer that the unit holds, or the other way round
_PART = re.compile(r"\n|\|")  # lines of a list, cells of a row
_NOT_WORDS = re.compile(r"[\W_]", re.UNICODE)

Place = tuple[str, int, int]
"""A chunk's id, and the first and last unit there that an answer stands in."""


def places(answer: Answer, document: Document, chunks: Sequence[Chunk]) -> list[Place]:
    """Return where `answer` stands in the chunks of its document, best first; none if nowhere."""
    at = answer.at
    if at is None or document.text[at : at + len(answer.text)] != answer.text:
        at = document.text.find(answer.text)
    begin = max(document.text.rfind("\n", 0, max(at, 0)) + 1, at - _AROUND)
    end = document.text.find("\n", at + len(answer.text))
    end = min(end if end >= 0 else len(document.text), at + len(answer.text) + _AROUND)
    around = set(syllables(document.text[begin:end])) if at >= 0 else set(syllables(answer.text))
    parts = answer_parts(answer.text)
    found: list[tuple[float, Place]] = []
    for chunk in chunks:
        texts = [squeezed(unit.text)[0] for unit in chunk.sentences]
        for first in range(len(texts)):
            last = _last_needed(texts, first, parts)
            if last is None:
                continue
            words = {w for u in chunk.sentences[first : last + 1] for w in syllables(u.text)}
            alike = len(around & words) / max(min(len(around), len(words)), 1)
            if alike >= _ALIKE:
                found.append((alike, (chunk.chunk_id, first, last)))
    found.sort(key=lambda pair: (-round(pair[0], 3), pair[1][2] - pair[1][1]))
    return [place for _, place in found]


def _last_needed(texts: list[str], first: int, parts: list[str]) -> int | None:
    """Return the last unit of the shortest run from `first` that holds all parts, or None."""
    if not parts or not any(part in texts[first] for part in parts):
        return None
    missing = list(parts)
    for last in range(first, len(texts)):
        missing = [part for part in missing if part not in texts[last]]
        if not missing:
            return last
    return None


def answer_parts(answer: str) -> list[str]:
    """Return the sentences, lines or cells of an answer, squeezed."""
    sentences = (text[slice(*s)] for text in _PART.split(answer) for s in sentence_spans(text))
    return [part for part in (squeezed(text)[0] for text in sentences) if part]


def span_of(answer: str, text: str) -> tuple[int, int] | None:
    """Return the range of `text` from the first to the last part of `answer`, or None."""
    small, places_of = squeezed(text)
    begin, end = len(small), -1
    for part in answer_parts(answer):
        at = small.find(part)
        if at < 0:
            return None
        begin, end = min(begin, at), max(end, at + len(part))
    return (places_of[begin], places_of[end - 1] + 1) if end > 0 else None


def squeezed(text: str) -> tuple[str, list[int]]:
    """Return the folded letters and figures of `text`, and each one's place there."""
    kept: list[str] = []
    at: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFD", character.replace("đ", "d").replace("Đ", "D")):
            if not unicodedata.combining(part) and not _NOT_WORDS.match(part):
                kept.append(part.lower())
                at.append(place)
    return "".join(kept), at
