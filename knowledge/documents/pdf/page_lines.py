"""Puts the words of a page into rows, tells raised marks, and joins words to text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import has_diacritics
from embeddings.vietnamese_spelling import is_folded_vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.documents.pdf.page_text import Word

_LEVEL = 0.22  # of the size: baselines that differ by less are one row
_SMALLER = 0.92  # of the size of the word that a mark belongs to
_LEAST_RAISE, _MOST_RAISE = 0.15, 0.75
_NEAR = 0.4
_GLUED = 0.17
_WIDE_GAP = 0.55  # of the size; words further apart may be pieces of their own
_MARK = re.compile(r"[(\[]?(\d{1,3}(?:[,;]\s?\d{1,3})*|\*{1,4}|[†‡§]|[a-zđ])[)\]]?[.,;]?")
_UNIT = re.compile(r"(?:^|[\d\s(/])(?:[kcdm]?m|[KM]?m)$")
_RAISED = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_LEVELLED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_WRITTEN_RAISED = re.compile(r"^(.+?)([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})([.,;:)]*)$")
_LABEL = re.compile(r"(?:[-–—+•▪◦·*●■✓]|\(?(?:\d{1,3}|[a-zđ]|[IVXLC]{1,6})[.)])")
_SOFT_HYPHEN = "\u00ad"

# A footnote's mark stands in the text between these until its note is known.
MARK_START, MARK_END = "\x0e", "\x0f"
MARK = re.compile(f"{MARK_START}([^{MARK_END}]*){MARK_END}")


@dataclass(slots=True)
class Row:
    """The words on one level of a page, from left to right."""

    words: list[Word]
    base: float
    size: float

    @property
    def x0(self) -> float:
        """Return where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Return where it ends."""
        return max(word.x1 for word in self.words)

    def levels(self) -> list[list[Word]]:
        """Return its words by their baselines, where rows side by side were joined."""
        found: dict[float, list[Word]] = {}
        for word in self.words:
            near = (base for base in found if abs(base - word.base) <= _LEVEL * self.size)
            found.setdefault(next(near, word.base), []).append(word)
        return [found[base] for base in sorted(found)]

    def segments(self) -> list[list[Word]]:
        """Return its words in pieces that wide gaps part; a label stays with its text."""
        found: list[list[Word]] = []
        end = 0.0
        for word in self.words:
            apart = not found or word.x0 - end > _WIDE_GAP * max(self.size, word.size)
            if apart and found and len(found[-1]) == 1 and _LABEL.fullmatch(found[-1][0].text):
                apart = False
            if apart:
                found.append([word])
            else:
                found[-1].append(word)
            end = max(end, word.x1) if not apart else word.x1
        return found


@dataclass(slots=True)
class Line:
    """A line of text as it is laid out; `first` is the width of its first word."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    first: float
    left: float = 0.0  # of the column that it stands in
    right: float = 0.0
    parts: tuple[str, ...] = ()  # what wide gaps part


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Return the rows of `words` from the top down, raised marks among the words they follow."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: word.base):
        row = rows[-1] if rows else None
        if row is not None and word.base - row.base <= _LEVEL * min(word.size, row.size):
            row.words.append(word)
            if word.size > row.size:
                row.size, row.base = word.size, word.base
        else:
            rows.append(Row([word], word.base, word.size))
    for row in rows:
        row.words.sort(key=lambda word: word.x0)
    _take_in_raised(rows)
    kept = [row for row in rows if row.words]
    for row in kept:
        _level_written_marks(row)
    return kept


def _take_in_raised(rows: Sequence[Row]) -> None:
    """Move raised and lowered words to the row that they belong to."""
    for number, row in enumerate(rows):
        near = [*rows[number + 1 : number + 4], *rows[max(0, number - 2) : number]]
        for host_row in near:
            if not row.words or host_row.size * _SMALLER < min(word.size for word in row.words):
                continue
            for word in list(row.words):
                host = _host(word, host_row)
                if host is not None:
                    row.words.remove(word)
                    _attach(word, host, host_row)
        # A mark may share the level of larger words beside it ("m²" in a row of two sizes).


def _host(word: Word, row: Row) -> tuple[Word | None, bool] | None:
    """Return the word that `word` is raised or lowered behind (None: before the row's first)."""
    rise = row.base - word.base
    if not -0.4 * row.size <= rise <= _MOST_RAISE * row.size or abs(rise) < _LEAST_RAISE * row.size:
        return None
    raised = rise > 0
    for host in row.words:
        gap = word.x0 - host.x1
        if -0.3 * host.size <= gap <= _NEAR * host.size and word.size <= _SMALLER * host.size:
            return host, raised
    if row.words:
        gap = row.words[0].x0 - word.x1
        fits = -1 <= gap <= row.size and word.size <= _SMALLER * row.words[0].size
        if raised and fits:
            return None, raised
    return None


def _attach(word: Word, host: tuple[Word | None, bool], row: Row) -> None:
    """Put `word` behind its host: as a power of a unit, a footnote's mark, or part of the word."""
    before, raised = host
    word.base = row.base
    place = row.words.index(before) + 1 if before is not None else 0
    if before is not None and raised and word.text in {"2", "3"} and _UNIT.search(before.text):
        before.text += word.text.translate(_RAISED)
        before.x1 = word.x1
        if place < len(row.words):
            row.words[place].spaced = row.words[place].spaced or (
                row.words[place].x0 - word.x1 > _GLUED * row.size
            )
        return
    match = _MARK.fullmatch(word.text)
    if raised and match:
        labels = re.split(r"[,;]\s?", match[1])
        word.text = "".join(f"{MARK_START}{label}{MARK_END}" for label in labels)
        word.size = row.size
    word.spaced = False
    row.words.insert(place, word)
    if place + 1 < len(row.words):
        following = row.words[place + 1]
        following.spaced = following.spaced or following.x0 - word.x1 > _GLUED * row.size


def _level_written_marks(row: Row) -> None:
    """Take raised figures that are written as such ("15³") for marks, but not "m²"."""
    for word in row.words:
        match = _WRITTEN_RAISED.match(word.text)
        if match and not _UNIT.search(match[1]) and not match[1].endswith("10"):
            label = match[2].translate(_LEVELLED)
            word.text = f"{match[1]}{MARK_START}{label}{MARK_END}{match[3]}"


def text_of(words: Sequence[Word]) -> str:
    """Return words of one row as text."""
    parts: list[str] = []
    end = 0.0
    for word in words:
        if parts and (word.spaced or word.x0 - end > _GLUED * word.size):
            parts.append(" ")
        parts.append(word.text)
        end = word.x1
    return "".join(parts)


def line_of(words: Sequence[Word], left: float = 0.0, right: float = 0.0) -> Line:
    """Return a line of `words`, which stand in a column from `left` to `right`."""
    plain = [word for word in words if not word.text.startswith(MARK_START)] or list(words)
    letters = sum(len(word.text) for word in plain)
    bold = sum(len(word.text) for word in plain if word.bold) > 0.8 * letters
    size = max(plain, key=lambda word: len(word.text)).size
    first = words[0].x1 - words[0].x0
    text = " ".join(text_of(words).split())
    x1 = max(word.x1 for word in words)
    pieces = Row(list(words), plain[0].base, size).segments()
    parts = tuple(text_of(piece) for piece in pieces) if len(pieces) > 1 else (text,)
    return Line(text, words[0].x0, x1, plain[0].base, size, bold, first, left, right, parts)


def joined_lines(texts: Iterable[str]) -> str:
    """Return lines as one text, without the hyphens that part words at their ends."""
    parts: list[str] = []
    for text in texts:
        if parts:
            parts[-1], seam = _seam(parts[-1], text)
            parts.append(seam)
        parts.append(text)
    return "".join(parts).replace(_SOFT_HYPHEN, "")


def _seam(above: str, line: str) -> tuple[str, str]:
    """Return a line as it stands before the next one, and what stands between them.

    The hyphen of a word broken at the line's end goes; all others stay ("2020-2025"), also between
    Vietnamese syllables, where it belongs to the word ("Xanh-pết").
    """
    if above.endswith(_SOFT_HYPHEN):
        return above[:-1], ""
    if above.endswith(("–", "—")) and above[-2:-1].isdigit() and line[:1].isdigit():
        return above, ""
    if not above.endswith("-") or not above[-2:-1].isalnum():
        return above, " "
    ends = re.split(r"[^\w]", above[:-1])[-1]
    starts = re.split(r"[^\w]", line)[0]
    broken = ends.isalpha() and starts.isalpha() and ends[-1].islower() and starts[0].islower()
    marked = has_diacritics(ends) or has_diacritics(starts)
    if not broken or marked or all(is_folded_vietnamese(part.lower()) for part in (ends, starts)):
        return above, ""
    return above[:-1], ""
