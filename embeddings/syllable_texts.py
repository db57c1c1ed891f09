"""Texts as the numbers of their syllables: what lexical search and the syllable model count."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from embeddings.vietnamese import canonical_syllable, fold, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

Ends = npt.NDArray[np.int64]
"""Where each of several runs ends that stand one after the other in an array."""
Scalar = TypeVar("Scalar", bound=np.generic)
MOST_SYLLABLES = 1 << 20
"""Different ones that can be told apart: three numbers fit into one of 63 bits."""


class Vocabulary:
    """Canonical syllables, each with its number: they count from 0 in the order of their coming."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.number_of = {syllable: number for number, syllable in enumerate(known)}

    def __len__(self) -> int:
        return len(self.number_of)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the syllables of `text`; new ones get the next."""
        number_of = self.number_of
        return [number_of.setdefault(s, len(number_of)) for s in syllables(text)]


@dataclass(frozen=True, slots=True)
class SyllableTexts:
    """The syllables of texts: `numbers` one text after the other, `ends` where each text ends.

    `syllables` are those that the numbers mean; some may stand in no text.
    """

    syllables: tuple[str, ...]
    numbers: npt.NDArray[np.int32]
    ends: Ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> SyllableTexts:
        """Read `texts`."""
        vocabulary = Vocabulary()
        read = [vocabulary.numbers(text) for text in texts]
        numbers = np.fromiter(chain.from_iterable(read), dtype=np.int32)
        return cls(tuple(vocabulary.number_of), numbers, ends_of([len(text) for text in read]))

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def sizes(self) -> Ends:
        """How many syllables each text has."""
        return np.diff(self.ends, prepend=0)

    @property
    def rows(self) -> Ends:
        """The text that each syllable stands in."""
        return np.repeat(np.arange(len(self.ends)), self.sizes)

    def without_unused(self) -> SyllableTexts:
        """Return the same texts without the syllables that stand in none of them."""
        used = np.flatnonzero(np.bincount(self.numbers, minlength=len(self.syllables)))
        number = np.zeros(len(self.syllables), dtype=np.int32)
        number[used] = np.arange(len(used))
        known = tuple(self.syllables[place] for place in used.tolist())
        return SyllableTexts(known, number[self.numbers], self.ends)

    def folded(self) -> SyllableTexts:
        """Return the same texts without diacritics."""
        number_of: dict[str, int] = {}
        numbers = np.fromiter(
            (
                number_of.setdefault(canonical_syllable(fold(syllable)), len(number_of))
                for syllable in self.syllables
            ),
            dtype=np.int32,
            count=len(self.syllables),
        )
        return SyllableTexts(tuple(number_of), numbers[self.numbers], self.ends)


def ends_of(sizes: Iterable[int]) -> Ends:
    """Return where each of several runs ends that stand one after the other."""
    return np.cumsum(np.fromiter(sizes, dtype=np.int64))


def gathered(
    values: npt.NDArray[Scalar], ends: Ends, rows: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[Scalar], Ends]:
    """Return the runs `rows` of `values` (of which each ends at its `ends`), and their ends."""
    starts = np.concatenate([[0], ends])[rows]
    sizes = ends[rows] - starts
    new_ends = np.cumsum(sizes)
    places = np.arange(new_ends[-1] if len(rows) else 0)
    return values[places + np.repeat(starts - new_ends + sizes, sizes)], new_ends
