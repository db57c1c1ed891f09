"""Finds headings and list items by the labels that lines begin with, for every format alike."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph
from knowledge.entities.labels import Label, leading_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PART_LEVELS = {"phan": 1, "phu luc": 1, "chuong": 2, "muc": 3, "tieu muc": 4, "dieu": 5}
_CAPITALS_LEVEL, _CAPITAL_LEVEL, _ROMAN_LEVEL, _NUMBER_LEVEL = 2, 2, 3, 4
_MAX_HEADING = 150
_MAX_NUMBERED_HEADING = 100
_SENTENCE_END = (".", ";", ":", ",", "…", "!", "?")
_BULLET = re.compile(r"[-–—+•▪◦*·●■✓]\s+(?=\S)")
_ROMAN = re.compile(r"[IVXLC]+[.)]")


def outlined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return `blocks` with the headings and list items that were typed as paragraphs.

    A line in capitals, or one with a label of a large part ("Chương II", "Điều 3"), is a heading;
    where a whole sentence stands behind the label, the label alone is. A number or letter is the
    label of an item, unless the line is short, ends like no sentence and has a text of its own
    below. Headings that a format marks as such get their label.
    """
    return tuple(_Outline(_with_joined_titles(list(blocks))).walk())


def _with_joined_titles(blocks: list[Block]) -> list[Block]:
    """Put a title in capitals behind the "CHƯƠNG II" that stands on a line of its own above it."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if (
            isinstance(block, Paragraph | Heading)
            and isinstance(above, Paragraph | Heading)
            and block.text.isupper()
            and (label := leading_label(above.text)) is not None
            and label.part in _PART_LEVELS
            and label.span[1] == len(above.text)
            and leading_label(block.text) is None
        ):
            joined[-1] = replace(above, text=f"{above.text} {block.text}")
        else:
            joined.append(block)
    return joined


class _Outline:
    """Walks the blocks once, knowing the part and the list that each stands in."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._in_article = False
        self._marks: list[str] = []  # forms of the labels of the lists that are open

    def walk(self) -> Iterator[Block]:
        """Yield the blocks as they are found to be."""
        for number, block in enumerate(self._blocks):
            for found in self._judged(block, self._blocks[number + 1 : number + 2]):
                if isinstance(found, Heading):
                    self._in_article = found.label.casefold().startswith("điều")
                    self._marks.clear()
                yield found

    def _judged(self, block: Block, following: Sequence[Block]) -> Iterator[Block]:
        match block:
            case Heading(text, level, ""):
                label = leading_label(text)
                yield Heading(text, level, label.text if label else "")
            case Paragraph(text):
                yield from self._paragraph(text, following)
            case ListItem(_, label) if label:
                self._level(_form(label))
                yield block
            case _:
                yield block

    def _paragraph(self, text: str, following: Sequence[Block]) -> Iterator[Block]:
        label = leading_label(text)
        if label is not None and label.part in _PART_LEVELS:
            yield from _part(text, label)
        elif text.isupper() and len(text.split()) > 1 and len(text) <= _MAX_HEADING:
            level = _ROMAN_LEVEL if label else _CAPITALS_LEVEL
            yield Heading(text, level, label.text if label else "")
        elif label is not None and self._heads(text, label, following):
            yield Heading(text, _level_of(label), label.text)
        elif label is not None and (body := text[label.span[1] :]):
            yield ListItem(body, label.text, self._level(_form(label.text)))
        elif bullet := _BULLET.match(text):
            yield ListItem(text[bullet.end() :], "", self._level(text[0]))
        else:
            yield Paragraph(text)

    def _heads(self, text: str, label: Label, following: Sequence[Block]) -> bool:
        if self._in_article or text.endswith(_SENTENCE_END) or len(text) > _MAX_NUMBERED_HEADING:
            return False
        if _ROMAN.fullmatch(label.text) or (label.text[0].isupper() and label.text[-1] == "."):
            return True
        below = next((b for b in following if not isinstance(b, Note)), None)
        if not label.text[0].isdigit() or not isinstance(below, Paragraph):
            return False
        next_label = leading_label(below.text)
        return next_label is None or _form(next_label.text) != _form(label.text)

    def _level(self, form: str) -> int:
        """Return how deep an item with such a label stands, and close the lists below it."""
        if form in self._marks:
            del self._marks[self._marks.index(form) + 1 :]
        else:
            self._marks.append(form)
        return len(self._marks) - 1


def _part(text: str, label: Label) -> Iterator[Block]:
    """Yield the heading of a part; a sentence behind the label is the part's own text."""
    level = _PART_LEVELS[label.part]
    body = text[label.span[1] :]
    if body and body[0].islower():
        yield Paragraph(text)  # "Điều 5 của Luật này …"
    elif len(text) > _MAX_HEADING or body.endswith(_SENTENCE_END):
        yield Heading(label.text, level, label.text)
        yield Paragraph(text)
    else:
        yield Heading(text, level, label.text)


def _level_of(label: Label) -> int:
    if _ROMAN.fullmatch(label.text):
        return _ROMAN_LEVEL
    if label.text[0].isupper():
        return _CAPITAL_LEVEL
    return min(_NUMBER_LEVEL + label.value.count("."), 6)


def _form(label: str) -> str:
    """Return what a label looks like, whatever it counts: "1." and "12." → "0."."""
    return re.sub(r"\d+", "0", re.sub(r"[a-zđ](?=\))", "a", label))
