"""Takes off the pages what is there to find one's way: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from knowledge.articles.reading import LeftOut
from knowledge.documents.pdf.page_layout import PAGE_NUMBER, Page
from knowledge.documents.pdf.page_lines import Line
from knowledge.documents.pdf.page_tables import PageTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EDGE_LINES = 3
_MIN_REPEATS = 3
_REPEATED_SHARE = 0.4  # odd and even pages may carry different headers
_SAME_PLACE = 6.0  # points
_MAX_NUMBER = 1_899  # of a page; what is more is a year
_ROMAN = 10_000
_APART = 1.5  # times the usual distance of lines
_CONTENTS = re.compile(r"\w.*?(?:[.…_·]\s?){5,}\s*\d{1,4}$")
_MIN_CONTENTS = 2
_NUMBER_BESIDE = re.compile(
    r"(?:trang|page)\s*\d+(?:\s*(?:/|trên|of)\s*\d+)?|(?<=\s)[-–—|•]\s*\d{1,4}$|^\d{1,4}\s*[-–—|•](?=\s)"
)
_SAMPLES = 3


def without_furniture(pages: Sequence[Page]) -> Iterator[LeftOut]:
    """Take running lines and tables of contents off the pages; yield what was left out."""
    if running := _without_running(pages):
        samples = tuple(dict.fromkeys(running))[:_SAMPLES]
        yield LeftOut("dòng đầu trang, chân trang lặp lại", len(running), samples)
    if contents := _without_contents(pages):
        yield LeftOut("dòng mục lục", len(contents), tuple(contents[:_SAMPLES]))


def _without_running(pages: Sequence[Page]) -> list[str]:
    """Take running heads and feet and page numbers off the pages; return their texts.

    A line runs when it stands in the same place with the same words on at least three pages and
    40 % of them, or on both pages of two and apart from the text.
    """
    places: defaultdict[str, list[float]] = defaultdict(list)
    offsets = Counter[int]()
    edges = [_edge_lines(page) for page in pages]
    for page, lines in zip(pages, edges, strict=True):
        for line in lines:
            for shape in {_shape(line.parts), *(_shape((part,)) for part in line.parts)}:
                places[shape].append(line.base)
            offsets.update(_offsets(line.text, page.number))
    least = max(_MIN_REPEATS, _REPEATED_SHARE * len(pages))
    removed: list[str] = []
    for page, lines in zip(pages, edges, strict=True):
        for line in lines:
            bases = places[_shape(line.parts)]
            same = sum(abs(base - line.base) <= _SAME_PLACE for base in bases)
            apart = _is_apart(page, line)
            runs = same >= least or (len(pages) == same == 2 and apart)
            numbered = any(
                offsets[offset] >= 2 or (apart and len(pages) < _MIN_REPEATS)
                for offset in _offsets(line.text, page.number)
            )
            if numbered or runs:
                page.items = [item for item in page.items if item is not line]
                removed.append(line.text)
    return removed


def _without_contents(pages: Sequence[Page]) -> list[str]:
    """Take the lines of a table of contents off the pages: dots lead to a page number."""
    found = [
        line.text
        for page in pages
        for line in page.items
        if isinstance(line, Line) and _CONTENTS.search(line.text)
    ]
    if len(found) < _MIN_CONTENTS:
        return []
    for page in pages:
        page.items = [i for i in page.items if not isinstance(i, Line) or i.text not in found]
    return [re.sub(r"[.…_·\s]{4,}", " … ", text) for text in found]


def _edge_lines(page: Page) -> list[Line]:
    """Return the lines at the page's top and bottom: only one on a page with little text."""
    lines = sorted((i for i in page.items if isinstance(i, Line)), key=lambda line: line.base)
    levels = sorted({round(line.base) for line in lines})
    size = min(_EDGE_LINES, max(1, len(levels) // 4))
    edge = {*levels[:size], *levels[-size:]}
    inside = [item.box for item in page.items if isinstance(item, PageTable)]
    top = min((box.top for box in inside), default=page.height)
    bottom = max((box.bottom for box in inside), default=0.0)
    return [
        line
        for line in lines
        if round(line.base) in edge and (line.base <= top or line.base >= bottom)
    ]


def _shape(parts: Sequence[str]) -> str:
    """Return a line without the page number beside its words, which must be the same."""
    words = " ".join(part for part in parts if not PAGE_NUMBER.fullmatch(part))
    return _NUMBER_BESIDE.sub("#", " ".join(words.casefold().split()))


def _offsets(text: str, number: int) -> tuple[int, ...]:
    """Return how far a page number is from the page's place in the file; nothing for no number."""
    match = PAGE_NUMBER.fullmatch(text)
    if match is None or (match[1].isdigit() and int(match[1]) > _MAX_NUMBER):
        return ()
    return (int(match[1]) - number,) if match[1].isdigit() else (_ROMAN,)


def _is_apart(page: Page, line: Line) -> bool:
    """Tell whether a wide space parts a line at the page's end from all others."""
    near = [
        abs(other.base - line.base)
        for other in page.items
        if isinstance(other, Line) and abs(other.base - line.base) > 2
    ]
    near += [
        min(abs(item.box.top - line.base), abs(item.box.bottom + line.size - line.base))
        for item in page.items
        if isinstance(item, PageTable)
    ]
    return min(near, default=0.0) > _APART * 1.3 * line.size
