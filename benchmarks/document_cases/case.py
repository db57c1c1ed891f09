"""One document with what must be read in it, and how a reading is judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Kind(StrEnum):
    """The kind of fault that a case stands for."""

    STRUCTURE = "headings, numbering, lists"
    TABLES = "tables"
    NOTES = "footnotes and superscripts"
    UNPUBLISHED = "not published"
    LEFTOVERS = "web leftovers"
    NUMBERED_LINES = "numbered lines"
    SPREADSHEET_VALUES = "spreadsheet values"
    ENCODINGS = "old encodings"
    NO_TEXT = "text that is none"
    CONTAINERS = "odd containers"
    CHARACTERS = "invisible and look-alike characters"
    LAYOUT = "page layout"
    LETTERHEAD = "official details"
    BAD_INPUT = "bad input"


class Verdict(StrEnum):
    """How a document came out."""

    RIGHT = "right"
    REFUSED = "refused with reason"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Case:
    """A document and what must come of it.

    `make` returns the file's bytes. Each text of `has` must stand in one line of what was read, and
    `in_order` on lines in that order; none of `lacks` may stand anywhere. Each of `told` must stand
    in the notes and in what is said to be left out (compared without diacritics and case).
    `details` are fields of the reading with their values. A case with `refused` must be refused
    with these words in the reason; with `may_refuse`, any refusal or note instead of text will do.
    """

    kind: Kind
    name: str
    file_name: str
    make: Callable[[], bytes]
    has: Sequence[str] = ()
    in_order: Sequence[str] = ()
    lacks: Sequence[str] = ()
    told: Sequence[str] = ()
    details: Mapping[str, str] | None = None
    refused: str | None = None
    may_refuse: bool = False

    @property
    def format(self) -> str:
        """The suffix of the file's name."""
        return self.file_name.rpartition(".")[2]


def faults(case: Case, text: str, told: Sequence[str], details: Mapping[str, object]) -> list[str]:
    """Return what is wrong with a reading: its text line by line, what was told, its details."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    found = [f"lacks: {part}" for part in case.has if not any(part in line for line in lines)]
    place = 0
    for part in case.in_order:
        after = [n for n, line in enumerate(lines) if n >= place and part in line]
        if not after:
            found.append(f"not in order: {part}")
            break
        place = after[0]
    found += [f"has: {part}" for part in case.lacks if any(part in line for line in lines)]
    said = fold(" ".join(told)).lower()
    found += [f"not told: {part}" for part in case.told if fold(part).lower() not in said]
    for name, value in (case.details or {}).items():
        if details.get(name) != value:
            found.append(f"{name}: {details.get(name)!r}, not {value!r}")
    return found
