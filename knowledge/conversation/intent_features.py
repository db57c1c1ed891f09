"""What the recogniser of intents sees of a message: its words and letters, with and without marks.

Each feature is a short text, kept as a bucket of its hash (CRC-32), so that no list of them ships.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from embeddings.vietnamese import canonical_syllable, fold_syllable, nfc
from embeddings.vietnamese_spelling import is_folded_vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

BUCKETS = 1 << 15
MOST_CHARACTERS = 300
"""Of a message that are looked at: longer ones are no small talk."""
_PIECE = re.compile(r"[^\W_]+|[^\w\s]|_")
_REPEATED = re.compile(r"(\D)\1{2,}")  # "quáaaa"
_KEYS_OF_SHAPES = re.compile(r"([aeod])\1|w")
_KEYS_OF_TONES = re.compile(r"(?<=.)[sfrxj1-9]")
_LONGEST_NGRAM = 5
_LENGTHS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 25)


def features(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return the buckets of the features of `text`, each once, and their values: of length 1."""
    counts: dict[int, int] = {}
    for feature in _features(text):
        bucket = zlib.crc32(feature.encode("utf-8", "replace")) % BUCKETS
        counts[bucket] = counts.get(bucket, 0) + 1
    buckets = np.fromiter(counts, dtype=np.int64, count=len(counts))
    values = np.sqrt(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
    length = max(float(np.linalg.norm(values)), 1e-9)
    return buckets, (values / length).astype(np.float32)


def _features(text: str) -> Iterator[str]:
    pieces = _PIECE.findall(_REPEATED.sub(r"\1\1", nfc(text[:MOST_CHARACTERS]).lower()))
    exact = [canonical_syllable(piece) for piece in pieces if piece[0].isalnum()]
    folded = [_folded(word) for word in exact]
    for piece in pieces:
        if not piece[0].isalnum():
            yield f"mark {piece}"
            yield f"kind {unicodedata.category(piece)}"
    length = sum(len(folded) > bound for bound in _LENGTHS)
    yield f"length {length}"
    yield f"whole {' '.join(folded)}"
    if not folded:
        return
    for word, bare in zip(exact, folded, strict=True):
        yield f"exact {word}"
        yield f"word {bare}"
    for before, word in pairwise(["^", *exact, "$"]):
        yield f"exact {before} {word}"
    around = ["^", *folded, "$"]
    for before, word in pairwise(around):
        yield f"word {before} {word}"
    for three in zip(around, around[1:], around[2:], strict=False):
        yield f"word {' '.join(three)}"
    for two in zip(folded, folded[2:], strict=False):
        yield f"apart {' '.join(two)}"
    letters = f" {' '.join(folded)} "
    for size in range(2, _LONGEST_NGRAM + 1):
        for start in range(len(letters) - size + 1):
            yield letters[start : start + size]


def _folded(word: str) -> str:
    """Return a word without marks, nor the keys of Telex or VNI that were left in it."""
    bare = fold_syllable(word)
    if is_folded_vietnamese(bare):
        return bare
    letters = _KEYS_OF_SHAPES.sub(lambda match: match.group(1) or "", bare)
    for candidate in (letters, _KEYS_OF_TONES.sub("", letters)):
        if is_folded_vietnamese(candidate):
            return candidate
    return bare
