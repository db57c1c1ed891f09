"""Trigrams of syllables, learned from a corpus, and the likeliest sequence of forms by them."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.syllable_texts import MOST_SYLLABLES
from embeddings.vietnamese import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from embeddings.syllable_texts import SyllableTexts

    Ids = npt.NDArray[np.int64]

UNKNOWN = -1  # the number of what the corpus doesn't hold, and of what stands before the first
NUMBER = "0"  # stands for every number: what follows "ngày 28" follows "ngày 15"
_BIGRAM_MASS = 8.0
_TRIGRAM_MASS = 4.0
_UNIGRAM_MASS = 0.1
_COMMON_MASS = 1000.0  # syllables that the language at large counts as
_RARE_TRIGRAMS_MATTER_BELOW = (
    3_000_000  # above so many syllables one that was read once says little
)
_BEAM = 20  # states kept a place
_THRESHOLD = 14.0  # nats behind the best state; what lies farther back is dropped
_CACHED = 1 << 14  # pairs of syllables whose counts are remembered
_SYLLABLES = "syllables.json"
_ARRAYS = ("often", "pairs", "pairs_often", "triples", "triples_often")


def counted_as(syllable: str) -> str:
    """Return what a canonical syllable is counted as: itself, or NUMBER."""
    return NUMBER if syllable.isdecimal() else syllable


@dataclass(frozen=True, slots=True)
class SyllableCounts:
    """How often a corpus has each syllable, pair and triple of syllables, as sorted arrays.

    They can be saved, and are then mapped into memory, not read.
    """

    syllables: tuple[str, ...]
    often: Ids
    pairs: Ids
    pairs_often: Ids
    triples: Ids
    triples_often: Ids

    @classmethod
    def of(cls, texts: SyllableTexts) -> SyllableCounts:
        """Count `texts`; raises ValueError when they have too many different syllables."""
        number_of: dict[str, int] = {}
        number = [number_of.setdefault(counted_as(s), len(number_of)) for s in texts.syllables]
        if len(number_of) > MOST_SYLLABLES:
            raise ValueError(f"at most {MOST_SYLLABLES} syllables count, got {len(number_of)}")
        numbers, rows = np.array(number, dtype=np.int64)[texts.numbers], texts.rows
        inside = rows[1:] == rows[:-1]
        pairs = numbers[:-1] * MOST_SYLLABLES + numbers[1:]
        triples = (pairs[:-1] * MOST_SYLLABLES + numbers[2:])[inside[1:] & inside[:-1]]
        often = np.bincount(numbers, minlength=len(number_of))
        return cls(tuple(number_of), often, *_counted(pairs[inside]), *_counted(triples))

    def save(self, folder: Path) -> None:
        """Write the counts into a new folder; raises OSError."""
        folder.mkdir()
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        syllables = json.dumps(self.syllables, ensure_ascii=False)
        folder.joinpath(_SYLLABLES).write_text(syllables, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> SyllableCounts:
        """Map the counts of a folder into memory; raises OSError or ValueError."""
        arrays = (np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS)
        syllables = json.loads(folder.joinpath(_SYLLABLES).read_text(encoding="utf-8"))
        return cls(tuple(syllables), *arrays)


class SyllableModel:
    """Syllable trigrams with Dirichlet-smoothed back-off (MacKay and Peto 1995).

    P(c|a,b) = (n(abc) + μ₃·P(c|b)) / (n(ab) + μ₃), and so on down to the unigrams, which back
    off to how often the language at large has them.
    """

    def __init__(
        self,
        corpus: SyllableCounts,
        weighted_texts: Iterable[tuple[Iterable[str], int]] = (),
        common: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Add to the counts of `corpus` the texts of each group, as if each stood `weight` times.

        `common` tells how often canonical syllables stand in the language at large, in any unit.
        """
        self.number_of = {syllable: number for number, syllable in enumerate(corpus.syllables)}
        more = [Counter[int](), Counter[int](), Counter[int]()]
        for texts, weight in weighted_texts:
            for text in texts:
                self._add(syllables(text), weight, more)
        for syllable in common:
            self.number_of.setdefault(syllable, len(self.number_of))
        size = max(len(self.number_of), 1)
        counts = np.zeros(size, dtype=np.int64)
        counts[: len(corpus.often)] = corpus.often
        for number, often in more[0].items():
            counts[number] += often
        self.counts: list[int] = counts.tolist()
        self.total = int(counts.sum())
        self._corpus = corpus
        self._pairs, self._triples = corpus.pairs.data, corpus.triples.data
        self._more_pairs, self._more_triples = more[1:]
        # One cache an instance; a method's cache would keep every instance alive.
        self._pair_count = lru_cache(maxsize=_CACHED)(self._count_pair)
        prior = np.full(size, _UNIGRAM_MASS)
        share = _COMMON_MASS / max(sum(common.values()), 1)
        for syllable, often in common.items():
            prior[self.number_of[syllable]] += share * often
        scale = 1 / (self.total + _UNIGRAM_MASS + _COMMON_MASS)
        self._unigrams: list[float] = ((counts + prior) * scale).tolist()

    def count(self, syllable: str) -> int:
        """Return how often the corpus holds a canonical syllable."""
        number = self.number(syllable)
        return 0 if number == UNKNOWN else self.counts[number]

    def once(self, kind: Iterable[str]) -> int:
        """Return how many of the syllables `kind` the corpus holds exactly once."""
        return sum(1 for syllable in kind if self.counts[self.number_of[syllable]] == 1)

    def number(self, syllable: str) -> int:
        """Return the number of a canonical syllable, UNKNOWN where the corpus doesn't hold it."""
        return self.number_of.get(counted_as(syllable), UNKNOWN)

    def follows(self, previous: int, number: int) -> int:
        """Return how often `number` follows `previous`."""
        if previous < 0 or number < 0:
            return 0
        return self._pair_count(previous * MOST_SYLLABLES + number)

    def unigram(self, number: int) -> float:
        """Return the probability of a known syllable without any context."""
        return self._unigrams[number]

    def after_one(self, previous: int, number: int, alone: float) -> float:
        """Return P(number | previous); `alone` is the probability of `number` without context."""
        if previous < 0:
            return alone
        seen = self.follows(previous, number)
        return (seen + _BIGRAM_MASS * alone) / (self.counts[previous] + _BIGRAM_MASS)

    def after_two(self, before: int, previous: int, number: int, after_one: float) -> float:
        """Return P(number | before, previous); `after_one` is P(number | previous)."""
        if before < 0 or previous < 0:
            return after_one
        context = self.follows(before, previous)
        if not context:
            return after_one
        seen = self._count_triple(before, previous, number) if number >= 0 else 0
        return (seen + _TRIGRAM_MASS * after_one) / (context + _TRIGRAM_MASS)

    def _count_pair(self, pair: int) -> int:
        return _found(pair, self._pairs, self._corpus.pairs_often) + self._more_pairs.get(pair, 0)

    def _count_triple(self, *numbers: int) -> int:
        triple = _key(numbers)
        often = _found(triple, self._triples, self._corpus.triples_often)
        often += self._more_triples.get(triple, 0)
        return often if often > 1 or self.total <= _RARE_TRIGRAMS_MATTER_BELOW else 0

    def _add(self, sequence: Sequence[str], weight: int, to: list[Counter[int]]) -> None:
        """Count the syllables, pairs and triples of `sequence` in three counters."""
        number_of = self.number_of
        numbers = [number_of.setdefault(counted_as(s), len(number_of)) for s in sequence]
        runs = (
            zip(numbers),
            pairwise(numbers),
            zip(numbers, numbers[1:], numbers[2:], strict=False),
        )
        for counter, parts in zip(to, runs, strict=True):
            for part in parts:
                counter[_key(part)] += weight


def _key(numbers: Sequence[int]) -> int:
    key = 0
    for number in numbers:
        key = key * MOST_SYLLABLES + number
    return key


def _found(key: int, keys: memoryview[int], often: Ids) -> int:
    place = bisect_left(keys, key)
    return int(often[place]) if place < len(keys) and keys[place] == key else 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A form that may stand at one place.

    `number` is its number in the model, `log_channel` the natural logarithm of how likely the
    typed syllable is given the form, `alone` the form's probability without context.
    """

    form: str
    number: int
    log_channel: float
    alone: float


@dataclass(frozen=True, slots=True)
class _State:
    """The last choice of a path, the path before it, and ln P(forms, typed) of the whole."""

    choice: Choice
    before: _State | None
    score: float


def best_path(
    columns: Sequence[Sequence[Choice]], model: SyllableModel
) -> tuple[list[Choice], float]:
    """Return the likeliest choice of each column (Viterbi's algorithm with a beam).

    Beside it stands ln P(choices, typed).
    """
    if not columns:
        return [], 0.0
    states = [_State(c, None, math.log(c.alone) + c.log_channel) for c in columns[0]]
    for column in columns[1:]:
        states = _extended(_pruned(states), column, model)
    path: list[Choice] = []
    best = max(states, key=lambda state: state.score)
    last: _State | None = best
    while last is not None:
        path.append(last.choice)
        last = last.before
    return path[::-1], best.score


def _extended(states: list[_State], column: Sequence[Choice], model: SyllableModel) -> list[_State]:
    """Return, for each last choice and each one of `column`, the best path that ends in both."""
    by_last: dict[int, list[_State]] = {}
    for state in states:
        by_last.setdefault(id(state.choice), []).append(state)
    extended: list[_State] = []
    for group in by_last.values():
        last = group[0].choice.number
        for choice in column:
            after_one = model.after_one(last, choice.number, choice.alone)
            best: _State | None = None
            for state in group:
                before = UNKNOWN if state.before is None else state.before.choice.number
                chance = model.after_two(before, last, choice.number, after_one)
                score = state.score + math.log(chance) + choice.log_channel
                if best is None or score > best.score:
                    best = _State(choice, state, score)
            if best is not None:
                extended.append(best)
    return extended


def _pruned(states: list[_State]) -> list[_State]:
    states.sort(key=lambda state: -state.score)
    floor = states[0].score - _THRESHOLD
    return [state for state in states[:_BEAM] if state.score >= floor]


def _counted(keys: Ids) -> tuple[Ids, Ids]:
    found, numbers = np.unique(keys, return_counts=True)
    return found, numbers.astype(np.int64)
