"""The likeliest sequences of readings: a beam over syllable trigrams, then the n best exactly."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from embeddings.syllable_model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.syllable_model import SyllableModel

_BEAM = 20  # states kept a place
_THRESHOLD = 14.0  # nats behind the best state; what lies farther back is dropped
_POPS = 400  # partial paths looked at for the n best


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


@dataclass(slots=True)
class _State:
    """The last two choices of a path, and how the best paths come here."""

    choice: Choice
    previous: Choice | None
    score: float
    arrivals: list[tuple[float, _State | None]] = field(default_factory=list)


def best_paths(
    columns: Sequence[Sequence[Choice]], model: SyllableModel, number: int
) -> list[tuple[float, list[Choice]]]:
    """Return up to `number` paths through `columns` with ln P(forms, typed), best first.

    Exact but for the pruning of the beam: forward Viterbi, then A* backwards over its scores.
    """
    if not columns:
        return [(0.0, [])]
    states: list[_State] = []
    for column in columns:
        states = _pruned(_extended(states, column, model))
    return _backwards(states, number)


def _extended(states: list[_State], column: Sequence[Choice], model: SyllableModel) -> list[_State]:
    if not states:
        return [
            _State(c, None, score, [(score, None)])
            for c in column
            for score in (math.log(c.alone) + c.log_channel,)
        ]
    by_last: dict[int, list[_State]] = {}
    for state in states:
        by_last.setdefault(id(state.choice), []).append(state)
    extended: list[_State] = []
    log = math.log
    for group in by_last.values():
        last = group[0].choice
        for choice in column:
            after_one = model.after_one(last.number, choice.number, choice.alone)
            arrivals: list[tuple[float, _State | None]] = []
            for state in group:
                before = UNKNOWN if state.previous is None else state.previous.number
                chance = model.after_two(before, last.number, choice.number, after_one)
                arrivals.append((state.score + log(chance) + choice.log_channel, state))
            best = max(score for score, _ in arrivals)
            extended.append(_State(choice, last, best, arrivals))
    return extended


def _pruned(states: list[_State]) -> list[_State]:
    states.sort(key=lambda state: -state.score)
    floor = states[0].score - _THRESHOLD
    return [state for state in states[:_BEAM] if state.score >= floor]


def _backwards(last: list[_State], number: int) -> list[tuple[float, list[Choice]]]:
    """Return the best paths, growing suffixes in the order of the best whole path through each."""
    heap: list[tuple[float, int, _State | None, float, tuple[Choice, ...]]] = []
    heap.extend((-end.score, tie, end, 0.0, ()) for tie, end in enumerate(last))
    heapq.heapify(heap)
    tie = len(heap)
    found: list[tuple[float, list[Choice]]] = []
    for _ in range(_POPS):
        if not heap or len(found) == number:
            break
        negative, _, state, behind, suffix = heapq.heappop(heap)
        if state is None:
            found.append((-negative, list(suffix)))
            continue
        grown = (state.choice, *suffix)
        for score, parent in state.arrivals:
            step = score - (parent.score if parent else 0.0)
            whole = score + behind
            tie += 1
            heapq.heappush(heap, (-whole, tie, parent, behind + step, grown))
    return found
