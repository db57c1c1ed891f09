"""Lays out a page: its tables, its lines in reading order, and the notes at its foot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from knowledge.documents.pdf.page_lines import (
    MARK,
    MARK_END,
    MARK_START,
    Line,
    Row,
    joined_lines,
    line_of,
    rows_of,
    text_of,
)
from knowledge.documents.pdf.page_tables import PageTable, bare_table, ruled_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.documents.pdf.page_text import PageText, Word

_NOTE_SIZE = 0.95  # of the size of the page's text; a note is smaller
_MAX_DEPTH = 4
_BESIDE = 0.7  # of the size: rows whose levels differ by less stand side by side
_LEAST_GUTTER = 0.55  # of the size, between the columns of a table
_MIN_GUTTER = 1.0  # between columns of text
_WIDE_GUTTER = 2.0  # where there are but two rows
_SHORT_RULE = (0.08, 0.45)  # of the page's width: the line above the notes
_TYPED_MARK = re.compile(r"[(\[]?(\d{1,3}|\*{1,4})[)\].]?\s+(?=\S)")
PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?:(?i:trang|page)\s*(?:số\s*)?)?(\d{1,4}|[ivxl]{1,6})"
    r"(?:\s*(?:/|(?i:trên|of))\s*\d{1,4})?[-–—\s|]*"
)
_LIST_LABEL = re.compile(r"(?:[-–—+•▪◦·*●■✓]|\(?(?:\d{1,3}|[a-zđ]|[IVXLC]{1,6})[.)])")
_VALUE = re.compile(r"[(+-]?\d[\d.,\s/:%()–-]*(?:%|đồng|đ)?", re.IGNORECASE)

Item = Line | PageTable


@dataclass(slots=True)
class Page:
    """A page as it is read: lines and tables in order, and its notes as (label, text)."""

    number: int
    width: float
    height: float
    items: list[Item] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def characters(self) -> int:
        """Return how long its text is."""
        lines = sum(len(item.text) for item in self.items if isinstance(item, Line))
        tables = (item.rows for item in self.items if isinstance(item, PageTable))
        return lines + sum(len(cell.text) for rows in tables for row in rows for cell in row)


def laid_out(text: PageText, number: int) -> Page:
    """Return page `number` with its parts in reading order."""
    tables = [
        table
        for table in ruled_tables(text.rulings, text.words)
        if sum(bool(cell.text) for row in table.rows for cell in row) > 1
    ]
    words = [w for w in text.words if not any(table.box.holds(w) for table in tables)]
    rows = rows_of(words)
    page = Page(number, text.width, text.height)
    rows, note_rows = _without_notes(rows, text)
    page.notes = _notes(note_rows)
    for table in tables:
        above = [row for row in rows if row.base - 0.3 * row.size < table.box.top]
        rows = rows[len(above) :]
        page.items += [*_ordered(above, 0), table]
    page.items += _ordered(rows, 0)
    _tell_page(page)
    return page


def _tell_page(page: Page) -> None:
    """Put the page's number into the marks: footnotes may begin anew on each page."""

    def told(text: str) -> str:
        return MARK.sub(lambda m: f"{MARK_START}{m[1]}@{page.number}{MARK_END}", text)

    for item in page.items:
        if isinstance(item, Line):
            item.text = told(item.text)
        else:
            item.rows = [
                [
                    replace(cell, text=told(cell.text)) if MARK_START in cell.text else cell
                    for cell in row
                ]
                for row in item.rows
            ]


# --- notes -----------------------------------------------------------------------------------


def _without_notes(rows: list[Row], text: PageText) -> tuple[list[Row], list[Row]]:
    """Part the rows of a page from the notes at its foot: smaller, beginning with marks."""
    sizes = Counter[float]()
    for row in rows:
        for word in row.words:
            sizes[round(word.size, 1)] += len(word.text)
    if not rows or not sizes:
        return rows, []
    body = sizes.most_common(1)[0][0]
    marks = {m[1] for row in rows for word in row.words for m in MARK.finditer(word.text)}
    end = len(rows)
    while end and PAGE_NUMBER.fullmatch(text_of(rows[end - 1].words)):
        end -= 1
    begin = None
    for n in range(end - 1, -1, -1):
        row = rows[n]
        small = row.size <= _NOTE_SIZE * body
        raised = row.words[0].text.startswith(MARK_START)
        if not small and not raised:
            break
        typed = small and (m := _TYPED_MARK.match(text_of(row.words))) and m[1] in marks
        if raised or typed:
            begin = n
    rule = _rule_over_notes(rows[:end], body, text)
    if rule is not None and marks:
        begin = rule if begin is None else min(begin, rule)
    if begin is None or (begin == 0 and len(rows) > end - begin):
        return rows, []
    for n in range(begin + 1, end):
        if rows[n].base - rows[n - 1].base > 2.2 * rows[n].size:
            end = n  # a running foot below the notes
            break
    return rows[:begin] + rows[end:], rows[begin:end]


def _rule_over_notes(rows: Sequence[Row], body: float, text: PageText) -> int | None:
    """Return the first row under a short line below which all rows are small."""
    least, most = (share * text.width for share in _SHORT_RULE)
    for rule in text.rulings:
        if not least <= rule.x1 - rule.x0 <= most or rule.bottom - rule.top > 1:
            continue
        below = [n for n, row in enumerate(rows) if row.base > rule.top]
        small = all(rows[n].size <= _NOTE_SIZE * body for n in below)
        if below and below[0] > 0 and small and rule.top > 0.3 * text.height:
            return below[0]
    return None


def _notes(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the notes as (label, text); the first may go on from the page before (no label)."""
    found: list[tuple[str, str]] = []
    for row in rows:
        text = " ".join(text_of(row.words).split())
        if not text.startswith(MARK_START) and (match := _TYPED_MARK.match(text)):
            text = f"{MARK_START}{match[1]}{MARK_END}{text[match.end() :]}"
        before, *parts = MARK.split(text)
        if before.strip():
            label, said = found.pop() if found else ("", "")
            found.append((label, joined_lines([said, before.strip()])))
        for label, said in zip(parts[::2], parts[1::2], strict=True):
            found.append((label, said.strip()))
    return found


# --- reading order ---------------------------------------------------------------------------


def _ordered(rows: Sequence[Row], depth: int) -> list[Item]:
    """Return rows of words as lines in reading order: bare tables and columns are found."""
    items: list[Item] = []
    rows = _side_by_side(rows)
    n = 0
    left = min((row.x0 for row in rows), default=0.0)
    right = max((row.x1 for row in rows), default=0.0)
    bounds = (left, right) if depth else (0.0, 0.0)
    while n < len(rows):
        end, gutters = _band(rows, n)
        for ahead in range(n + 1, min(n + 3, len(rows))):
            if gutters:
                break  # else it may be the second column that begins higher
            later, found = _band(rows, ahead)
            if found and all(row.x0 >= found[0][1] - 1 for row in rows[n:ahead]):
                end, gutters = later, found
        band = rows[n:end]
        if len(band) > 1 and gutters:
            table = bare_table(band, gutters)
            if table is not None:
                items.append(table)
                n = end
                continue
            gutters = [g for g in gutters if g[1] - g[0] >= _MIN_GUTTER * band[0].size]
            if gutters and depth < _MAX_DEPTH and _are_columns(band, gutters):
                for words in _columns(band, gutters):
                    items += _ordered(rows_of(words), depth + 1)
                n = end
                continue
            items += [line_of(words, *bounds) for row in band for words in row.levels()]
            n = end
            continue
        items += [line_of(words, *bounds) for words in rows[n].levels()]
        n += 1
    return items


def _side_by_side(rows: Sequence[Row]) -> list[Row]:
    """Join rows that stand beside each other, though not quite on one level."""
    found: list[Row] = []
    for row in rows:
        above = found[-1] if found else None
        if above is not None and row.base - above.base < _BESIDE * min(row.size, above.size):
            space = _MIN_GUTTER * row.size
            if row.x0 - above.x1 > space or above.x0 - row.x1 > space:
                words = sorted([*above.words, *row.words], key=lambda word: word.x0)
                found[-1] = Row(words, above.base, max(row.size, above.size))
                continue
        found.append(row)
    return found


def _band(rows: Sequence[Row], start: int) -> tuple[int, list[tuple[float, float]]]:
    """Return where the rows from `start` with common gaps end, and those gaps."""
    row = rows[start]
    gutters = _gaps(row)
    if not gutters:
        return start + 1, []
    end = start + 1
    since = 1
    for n in range(start + 1, len(rows)):
        row = rows[n]
        width = _LEAST_GUTTER * row.size
        weak = max(high - low for low, high in gutters) < _MIN_GUTTER * row.size
        if weak and n == start + 1 and len(_gaps(row)) > len(gutters):
            break  # a line of text with wide spaces above a table
        left = [_without(gutter, row) for gutter in gutters]
        kept = [gutter for gutter in left if gutter[1] - gutter[0] >= width]
        if not kept or (len(kept) < len(gutters) and since >= 2):
            break  # another layout begins
        if _sides(row, kept):
            since += 1
        elif row.x0 < kept[0][1] and not _goes_on(rows[start:n], row, kept[0]):
            break  # what stands alone below the first column belongs to neither
        gutters = kept
        end = n + 1
    gutters = [
        gutter for gutter in gutters if sum(_parts(row, gutter) for row in rows[start:end]) > 1
    ]
    if since < 3:
        gutters = [g for g in gutters if g[1] - g[0] >= _WIDE_GUTTER * rows[start].size]
    return (end, gutters) if gutters and end - start > 1 else (start + 1, [])


def _gaps(row: Row) -> list[tuple[float, float]]:
    pieces = row.segments()
    ends = [max(word.x1 for word in piece) for piece in pieces]
    return [(end, piece[0].x0) for end, piece in zip(ends, pieces[1:], strict=False)]


def _without(gutter: tuple[float, float], row: Row) -> tuple[float, float]:
    """Return what a row leaves free of a gap between columns."""
    low, high = gutter
    for piece in row.segments():
        begin, end = piece[0].x0, max(word.x1 for word in piece)
        if begin < high and end > low:
            if begin <= low and end >= high:
                return (low, low)
            if end - low <= high - begin:
                low = max(low, end)
            else:
                high = min(high, begin)
    return (low, max(low, high))


def _parts(row: Row, gutter: tuple[float, float]) -> bool:
    """Tell whether a row has words on both sides of a gap."""
    middle = (gutter[0] + gutter[1]) / 2
    return row.x0 < middle < row.x1


def _sides(row: Row, gutters: Sequence[tuple[float, float]]) -> bool:
    return any(_parts(row, gutter) for gutter in gutters)


def _goes_on(band: Sequence[Row], row: Row, gutter: tuple[float, float]) -> bool:
    """Tell whether a row follows the first column closely, in letters of the same size."""
    first = [word for above in band for word in above.words if word.x1 <= gutter[1]]
    alike = any(abs(word.size - row.size) < 0.08 * row.size for word in first)
    at_side = bool(first) and row.x0 <= min(word.x0 for word in first) + 0.5 * row.size
    return alike and at_side and row.base - max(w.base for w in first) <= 1.75 * row.size


def _are_columns(band: Sequence[Row], gutters: Sequence[tuple[float, float]]) -> bool:
    """Tell whether what stands side by side is read column by column, not row by row."""
    first = gutters[0]
    lefts, rights = [], []
    for row in band:
        words = [w for w in row.words if (w.x0 + w.x1) / 2 < first[1]]
        others = [w for w in row.words if (w.x0 + w.x1) / 2 >= first[1]]
        if words and others:
            lefts.append(text_of(words))
            rights.append(text_of(others))
    if not lefts:
        return False
    named = sum(text.rstrip(". ").endswith(":") for text in lefts)
    labels = sum(bool(_LIST_LABEL.fullmatch(text)) for text in lefts)
    values = sum(bool(_VALUE.fullmatch(text)) for text in rights)
    leaders = sum("...." in text or "……" in text for text in lefts + rights)
    return max(named, labels, values, leaders) <= 0.5 * len(lefts)


def _columns(band: Sequence[Row], gutters: Sequence[tuple[float, float]]) -> list[list[Word]]:
    cuts = [(low + high) / 2 for low, high in gutters]
    columns: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for row in band:
        for word in row.words:
            columns[sum((word.x0 + word.x1) / 2 > cut for cut in cuts)].append(word)
    return [words for words in columns if words]


def usual_leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between lines as a share of their size."""
    ratios = [
        (below.base - above.base) / below.size
        for above, below in pairwise(lines)
        if 0.8 * below.size < below.base - above.base < 2.5 * below.size
    ]
    if not ratios:
        return 1.2
    counted = Counter(round(ratio, 1) for ratio in ratios)
    most = max(counted.values())
    usual = min(ratio for ratio, count in counted.items() if count >= 0.5 * most)
    return median(ratio for ratio in ratios if abs(ratio - usual) <= 0.1)
