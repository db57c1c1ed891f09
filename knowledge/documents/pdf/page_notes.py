"""Puts the notes of pages behind the blocks that hold their marks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Note, Paragraph
from knowledge.documents.pdf.page_lines import MARK, MARK_START, joined_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.documents.pdf.page_layout import Page

_TEN = re.compile(r"(?<![\d.,])10$")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Notes:
    """The footnotes of all pages, found by their marks."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.texts: dict[tuple[int, str], str] = {}
        self.used: set[tuple[int, str]] = set()
        self.unknown: list[tuple[str, int]] = []
        self.marked = Counter[str]()
        last: tuple[int, str] | None = None
        for page in pages:
            for label, text in page.notes:
                if not label and last is not None:
                    self.texts[last] = joined_lines([self.texts[last], text])
                    continue
                last = (page.number, label or "*")
                self.texts[last] = joined_lines([self.texts.get(last, ""), text]).strip()

    def endnote(self, label: str, page: int, text: str) -> None:
        """Keep a note that stands among the text, as at a document's end."""
        self.texts[page, label] = text

    def find(self, label: str, page: int) -> tuple[int, str] | None:
        """Return the key of the note that a mark on `page` means."""
        if (page, label) in self.texts:
            return page, label
        after = [key for key in self.texts if key[1] == label and key[0] >= page]
        return min(after, default=None)


def with_notes(
    listed: Sequence[tuple[Block, ...] | Block], notes: Notes
) -> tuple[list[Block], list[str]]:
    """Return the blocks without marks, each note behind the block with its mark.

    Also what an editor should know: marks whose note was not found.
    """
    notes.marked.update(
        m[1] for block in listed for text in _all_texts(block) for m in MARK.finditer(text)
    )
    kept: list[tuple[Block, ...] | Block] = []
    for block in listed:
        match = MARK.match(block.text) if isinstance(block, Paragraph) else None
        if match and isinstance(block, Paragraph):
            label, _, page = match[1].rpartition("@")
            if sum(notes.marked[f"{label}@{n}"] for n in range(1, int(page) + 1)) > 1:
                notes.endnote(label, int(page), block.text[match.end() :].strip())
                continue
        kept.append(block)
    found: list[Block] = []
    for block in kept:
        for one in block if isinstance(block, tuple) else (block,):
            found += _resolved(one, notes)
    found += [
        Note(text, key[1]) for key, text in notes.texts.items() if key not in notes.used and text
    ]
    return found, [
        f"Trang {page} có dấu chú thích {label} mà không thấy lời chú thích."
        for label, page in notes.unknown
    ]


def _all_texts(block: tuple[Block, ...] | Block) -> Iterator[str]:
    for one in block if isinstance(block, tuple) else (block,):
        if one.kind == "table":
            yield from (cell for row in one.rows for cell in row)
            yield from one.columns
        else:
            yield one.text


def _resolved(block: Block, notes: Notes) -> list[Block]:
    """Return a block without marks, and its notes behind it (in a table: in the cell)."""
    if block.kind == "table":
        if not any(MARK_START in text for text in (*_all_texts(block), block.caption)):
            return [block]
        rows = tuple(tuple(_in_cell(cell, notes) for cell in row) for row in block.rows)
        heads = [_unmarked(text, notes) for text in (*block.columns, block.caption)]
        *columns, caption = (text for text, _ in heads)
        table = replace(block, rows=rows, columns=tuple(columns), caption=caption)
        return [table, *_note_blocks([key for _, keys in heads for key in keys], notes)]
    text, keys = _unmarked(block.text, notes)
    return [replace(block, text=text), *_note_blocks(keys, notes)]


def _note_blocks(keys: Sequence[tuple[int, str]], notes: Notes) -> list[Block]:
    return [Note(notes.texts[key], key[1]) for key in keys if notes.texts[key]]


def _in_cell(text: str, notes: Notes) -> str:
    plain, keys = _unmarked(text, notes)
    return " ".join([plain, *(f"(chú thích: {notes.texts[key]})" for key in keys)])


def _unmarked(text: str, notes: Notes) -> tuple[str, list[tuple[int, str]]]:
    """Return a text without its marks, and the keys of the notes that they mean."""
    keys: list[tuple[int, str]] = []

    def plain(match: re.Match[str]) -> str:
        label, _, page = match[1].rpartition("@")
        key = notes.find(label, int(page))
        elsewhere = key is None or notes.marked[match[1]] > 1  # stands what the note is for
        if elsewhere and label.isdigit() and _TEN.search(text[: match.start()]):
            return label.translate(_POWERS)
        if key is not None:
            notes.used.add(key)
            keys.append(key)
            return ""
        if label.isalpha():
            return label  # a raised letter of the word
        notes.unknown.append((label, int(page)))
        return ""

    return " ".join(MARK.sub(plain, text).split()), list(dict.fromkeys(keys))
