"""Trigrams of syllables, learned from a corpus, and the likeliest sequence of forms by them."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.vietnamese import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Ids = npt.NDArray[np.int64]

UNKNOWN = -1  # the number of what the corpus doesn't hold, and of what stands before the first
NUMBER = "0"  # stands for every number: what follows "ngày 28" follows "ngày 15"
_BIGRAM_MASS = 8.0
_TRIGRAM_MASS = 4.0
_UNIGRAM_MASS = 0.1
_COMMON_MASS = 1000.0  # syllables that the language at large counts as
# Above so many syllables a trigram read once says little, and leaving it out saves most memory.
_RARE_TRIGRAMS_MATTER_BELOW = 3_000_000
_BEAM = 20  # states kept a place
_THRESHOLD = 14.0  # nats behind the best state; what lies farther back is dropped


def counted_as(syllable: str) -> str:
    """Return what a canonical syllable is counted as: itself, or NUMBER."""
    return NUMBER if syllable.isdecimal() else syllable


class SyllableModel:
    """Syllable trigrams with Dirichlet-smoothed back-off (MacKay and Peto 1995).

    P(c|a,b) = (n(abc) + μ₃·P(c|b)) / (n(ab) + μ₃), and so on down to the unigrams, which back
    off to how often the language at large has them.
    """

    def __init__(
        self,
        weighted_texts: Iterable[tuple[Iterable[str], int]],
        common: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Count the texts of each group as if each stood there `weight` times.

        `common` tells how often canonical syllables stand in the language at large, in any unit.
        """
        self.number_of: dict[str, int] = {}
        groups = [(self._read(texts), weight) for texts, weight in weighted_texts]
        for syllable in common:
            self.number_of.setdefault(syllable, len(self.number_of))
        size = max(len(self.number_of), 1)
        self._size = size
        sequences = np.concatenate([np.tile(ids, weight) for ids, weight in groups])
        known = sequences >= 0
        counts: npt.NDArray[np.int64] = np.bincount(sequences[known], minlength=size)
        self.counts: list[int] = counts.tolist()
        self.total = int(counts.sum())
        keys, numbers = _counted(_pairs(sequences, size))
        self._bigrams: dict[int, int] = dict(zip(keys.tolist(), numbers.tolist(), strict=True))
        keys, numbers = _counted(_triples(sequences, size))
        if self.total > _RARE_TRIGRAMS_MATTER_BELOW:
            keys, numbers = keys[numbers > 1], numbers[numbers > 1]
        # Sorted arrays: a dictionary of trigrams would take ten times the memory.
        self._trigram_keys = array("q", keys.tobytes())
        self._trigram_counts = array("q", numbers.tobytes())
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
        return self._bigrams.get(previous * self._size + number, 0)

    def unigram(self, number: int) -> float:
        """Return the probability of a known syllable without any context."""
        return self._unigrams[number]

    def after_one(self, previous: int, number: int, alone: float) -> float:
        """Return P(number | previous); `alone` is the probability of `number` without context."""
        if previous < 0:
            return alone
        seen = self._bigrams.get(previous * self._size + number, 0) if number >= 0 else 0
        return (seen + _BIGRAM_MASS * alone) / (self.counts[previous] + _BIGRAM_MASS)

    def after_two(self, before: int, previous: int, number: int, after_one: float) -> float:
        """Return P(number | before, previous); `after_one` is P(number | previous)."""
        if before < 0 or previous < 0:
            return after_one
        pair = before * self._size + previous
        context = self._bigrams.get(pair, 0)
        if not context:
            return after_one
        seen = 0
        if number >= 0:
            key = pair * self._size + number
            place = bisect_left(self._trigram_keys, key)
            if place < len(self._trigram_keys) and self._trigram_keys[place] == key:
                seen = self._trigram_counts[place]
        return (seen + _TRIGRAM_MASS * after_one) / (context + _TRIGRAM_MASS)

    def _read(self, texts: Iterable[str]) -> Ids:
        """Return the numbers of the syllables of `texts`, two UNKNOWN after each text."""
        number_of = self.number_of
        sequences: list[list[int]] = []
        for text in texts:
            sequence = [
                number_of.setdefault(counted_as(s), len(number_of)) for s in syllables(text)
            ]
            sequences.append([*sequence, UNKNOWN, UNKNOWN])
        return np.fromiter(chain.from_iterable(sequences), dtype=np.int64)


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


def _pairs(sequence: Ids, size: int) -> Ids:
    first, second = sequence[:-1], sequence[1:]
    inside = (first >= 0) & (second >= 0)
    return first[inside] * size + second[inside]


def _triples(sequence: Ids, size: int) -> Ids:
    first, second, third = sequence[:-2], sequence[1:-1], sequence[2:]
    inside = (first >= 0) & (second >= 0) & (third >= 0)
    return (first[inside] * size + second[inside]) * size + third[inside]


def _counted(keys: Ids) -> tuple[Ids, Ids]:
    found, numbers = np.unique(keys, return_counts=True)
    return found, numbers.astype(np.int64)
