"""What is different in the text of a document from that of the one which it replaces."""

from __future__ import annotations

import difflib
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from itertools import starmap, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHOWN = 20
_FEW_LINES = 400


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line before and after; None where there is none."""

    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class TextComparison:
    """How many lines were changed, added and removed; `first` are at most the first 20 of them."""

    changed: int
    added: int
    removed: int
    first: tuple[LineChange, ...]

    @property
    def count(self) -> int:
        """How many lines are different."""
        return self.changed + self.added + self.removed


def compare_texts(old: str, new: str) -> TextComparison:
    """Compare two texts line by line."""
    changes = list(_changes(old.split("\n"), new.split("\n")))
    added = sum(change.old is None for change in changes)
    removed = sum(change.new is None for change in changes)
    return TextComparison(len(changes) - added - removed, added, removed, tuple(changes[:_SHOWN]))


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[LineChange]:
    """Yield the changes between the lines that stand once in both texts, in the same order."""
    old_start = new_start = 0
    for old_end, new_end in [*_anchors(old, new), (len(old), len(new))]:
        yield from _gap(old[old_start:old_end], new[new_start:new_end])
        old_start, new_start = old_end + 1, new_end + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of most unique common lines in order: the longest increasing sequence.

    difflib alone takes minutes for twenty thousand lines of which every other one changed.
    """
    once_old, once_new = ({k for k, n in Counter(side).items() if n == 1} for side in (old, new))
    places = {line: number for number, line in enumerate(new) if line in once_new}
    pairs = [(n, places[line]) for n, line in enumerate(old) if line in once_old and line in places]
    ends: list[int] = []  # the least last place of a sequence of each length
    last: list[int] = []  # the pairs at those places
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect(ends, place)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
        before.append(last[length - 1] if length else None)
    chosen: list[tuple[int, int]] = []
    at = last[-1] if last else None
    while at is not None:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _gap(old: Sequence[str], new: Sequence[str]) -> Iterator[LineChange]:
    if len(old) + len(new) > _FEW_LINES:
        yield from starmap(LineChange, _pairs(old, new))
        return
    matcher = difflib.SequenceMatcher(None, old, new)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield from starmap(LineChange, _pairs(old[old_start:old_end], new[new_start:new_end]))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    return ((a, b) for a, b in zip_longest(old, new) if a != b)
