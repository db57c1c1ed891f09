"""An article and the blocks that it is made of, whatever format it was written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from embeddings.sentences import Span
    from knowledge.entities.amendments import Amendment

ROW_NUMBERS = frozenset({"stt", "tt", "số tt", "số thứ tự"})
_WORD = re.compile(r"[^\W\d_]{2}")
_COUNT = re.compile(r"\(?(?:\d{1,4}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-zĐđ])[.)]?")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as displayed ("Điều 3. Chế độ họp"); `level` is 1–6.

    `label` is the number or name that it can be asked for by ("Điều 3", "II"), empty without one.
    """

    text: str
    level: int
    label: str = ""
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; one that ends in a colon leads in the list items behind it."""

    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list; `label` as displayed ("2.", "a)"), empty for a bullet.

    `level` is 0 for the items of the outermost list.
    """

    text: str
    label: str = ""
    level: int = 0
    kind: Literal["list_item"] = "list_item"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows can be read on their own.

    `columns` are the columns' names, header rows of several levels joined by " – "; empty where the
    table has no header. Each row has one cell a column; merged cells are repeated where they reach.
    A row of one text over the full width names the group of rows below it.
    """

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...] = ()
    caption: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote; it stands behind the block that holds its mark."""

    text: str
    label: str = ""
    kind: Literal["note"] = "note"


Block = Heading | Paragraph | ListItem | Table | Note


@dataclass(frozen=True, slots=True)
class Line:
    """A block, or a row of a table, as one line of text.

    `start` is where its own words begin, behind the label or dash; `cells` are the ranges of a
    row's cells in `text`.
    """

    text: str
    start: int = 0
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One document of the knowledge base.

    `article_id` is the file's path relative to the articles' folder, with forward slashes;
    `content_hash` the SHA-256 of the file's bytes; `published` a date as the article states it
    (ISO 8601 where it could be read); `number`, `issuer`, `signer` and `summary` are an official
    document's, which `amends` others.
    """

    article_id: str
    title: str
    source: str
    author: str | None
    published: str | None
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    content_hash: str
    number: str | None = None
    issuer: str | None = None
    signer: str | None = None
    summary: str | None = None
    amends: tuple[Amendment, ...] = ()

    @property
    def details(self) -> Table | None:
        """What is known of an official document, as a table of one row; None for others."""
        if not self.number and not self.signer:
            return None
        day = "/".join(reversed(self.published.split("-"))) if self.published else None
        known = {
            "Số, ký hiệu": self.number,
            "Ngày ban hành": day,
            "Cơ quan ban hành": self.issuer,
            "Người ký": self.signer,
            "Quan hệ với văn bản khác": "; ".join(map(str, self.amends)),
        }
        stated = {name: value for name, value in known.items() if value}
        return Table((tuple(stated.values()),), tuple(stated), self.summary or "")


def lines_of(block: Block) -> Iterator[Line]:
    """Yield what `block` reads, a line at a time; a table its caption, then its rows."""
    match block:
        case ListItem(text, label):
            mark = label or "-"
            yield Line(f"{mark} {text}", len(mark) + 1)
        case Note(text, label):
            mark = f"Chú thích {label}:" if label else "Chú thích:"
            yield Line(f"{mark} {text}", len(mark) + 1)
        case Table(rows, columns, caption):
            if caption:
                yield Line(caption)
            yield from (line for row in rows if (line := row_line(columns, row)).text)
        case _:
            yield Line(block.text)


def row_line(columns: tuple[str, ...], row: tuple[str, ...]) -> Line:
    """Return "column: cell; column: cell" for the cells that hold something.

    A column that only counts the rows is left out. A cell without a name stands alone, and so does
    a text that reaches over the row's first columns, or all of them.
    """
    text = ""
    cells: list[Span] = []
    reach = _first_reach(row)
    for number, cell in enumerate(row):
        name = columns[number] if number < len(columns) else ""
        if not cell or (reach > 1 and 0 < number < reach):
            continue
        counts = counts_rows(name)
        if counts and _COUNT.fullmatch(cell) and any(row[number + 1 :]):
            continue
        alone = not name or counts or name == cell or (reach > 1 and number == 0)
        text += "; " if text else ""
        text += "" if alone else f"{name.rstrip(':')}: "
        cells.append((len(text), len(text) + len(cell)))
        text += cell
    return Line(text, 0, tuple(cells))


def counts_rows(name: str) -> bool:
    """Tell whether a column with this name only counts the rows: "STT", "Số TT"."""
    return name.casefold().replace(".", "").strip(" :") in ROW_NUMBERS


def text_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines that `blocks` read."""
    return (line.text for line in chain.from_iterable(map(lines_of, blocks)))


def _first_reach(row: tuple[str, ...]) -> int:
    """Return over how many columns the row's first text reaches (1 unless it is merged)."""
    reach = 1
    if not row or not _WORD.search(row[0]):
        return reach  # the same figure twice is no merged cell
    while reach < len(row) and row[0] and row[reach] == row[0]:
        reach += 1
    return reach
