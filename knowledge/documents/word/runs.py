"""Gathers what stands in the paragraphs of a Word document: text, notes, boxes, fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Note, Paragraph
from knowledge.articles.encodings import unicode_text
from knowledge.documents.word.notes import NOTE_MARKS, WordNotes, has_own_label
from knowledge.documents.word.package import MATH, Element, R, W, is_on, value
from knowledge.documents.word.styles import Look, WordStyles
from knowledge.documents.word.symbols import shown, symbol_of
from knowledge.documents.word.unread import (
    CHART,
    DELETED,
    HIDDEN,
    PLACEHOLDER,
    SIGN,
    STRUCK,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from knowledge.documents.word.package import WordPackage

DELETIONS = frozenset({f"{W}del", f"{W}moveFrom"})
NO_TEXT = frozenset(
    W + name for name in ("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "rt")
)
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = "w16se"  # pictograms, whose character stands in the fallback
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_PICTURES = (f"{_DRAWING}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_TEXTS = (f"{W}t", f"{W}delText")
_WHITE = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_RAISED_FIGURES = re.compile(r"[\d()+-]*\d[\d()+-]*")
_ITEM = re.compile(r"(?:[-–+•*]|\(?\w{1,3}[.)])\s")


@dataclass(slots=True)
class Gathered:
    """What a paragraph holds while it is gathered; `boxes` are the text boxes inside.

    `pieces` are texts with the font of each; `left_out` are texts not read, each behind the reason.
    """

    style: str = ""
    pieces: list[tuple[str, str]] = field(default_factory=list)
    bold: bool = True
    boxes: list[Element] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    in_contents: bool = False

    def add(self, text: str, look: Look) -> None:
        """Add a run's text."""
        if look.hidden or look.struck:
            self.left_out.append((HIDDEN if look.hidden else STRUCK, text))
            return
        text = shown(text, look.font)
        if look.raised and _RAISED_FIGURES.fullmatch(text):
            text = text.translate(_RAISED)
        self.pieces.append((text, look.font))
        self.bold = self.bold and (look.bold or not text.strip())

    @property
    def lines(self) -> list[str]:
        """The text; runs of one font are decoded together.

        It is one line unless a sentence ends before a line break, or items stand on both its sides.
        """
        if len(self.pieces) == 1:
            text = unicode_text(*self.pieces[0])
        else:
            runs = groupby(self.pieces, itemgetter(1))
            text = "".join(unicode_text("".join(t for t, _ in run), font) for font, run in runs)
        lines = [""]
        for part in (" ".join(part.split()) for part in text.split("\n")):
            above = lines[-1]
            if above.endswith((".", ";", ":")) or (_ITEM.match(above) and _ITEM.match(part)):
                lines.append(part)
            else:
                lines[-1] = f"{above} {part}".strip()
        return [line for line in lines if line] or [""]

    @property
    def ends_in_page(self) -> bool:
        """Whether it reads like a line of a table of contents."""
        text = "".join(text for text, _ in self.pieces)
        return "\t" in text and text.rstrip()[-1:].isdigit()


@dataclass(slots=True)
class _Field:
    """A field that is open; its code is not read, what it shows is."""

    code: str = ""
    shows: bool = False
    within: list[tuple[str, Look]] = field(default_factory=list)  # text that stands in the code

    @property
    def is_contents(self) -> bool:
        """Whether it makes a table of contents."""
        return self.code.split()[:1] == ["TOC"]


class RunReader:
    """Reads the runs of paragraphs one paragraph after the other; fields may span several.

    `text_of` reads what a note holds.
    """

    def __init__(
        self,
        package: WordPackage,
        styles: WordStyles,
        unread: Unread,
        text_of: Callable[[Element], str],
    ) -> None:
        """Keep what it reads by; nothing is read yet."""
        self._package = package
        self._styles = styles
        self._unread = unread
        self._text_of = text_of
        self._notes = WordNotes(package)
        self._in_notes: list[Element] | None = None  # marks in the note that is read
        self._fields: list[_Field] = []

    def gather(self, paragraph: Element, into: Gathered) -> None:
        """Add what stands in a paragraph."""
        into.style = self._styles.style_of(paragraph.find(f"{W}pPr"))
        self._gather(paragraph, into)
        self._end_codes(into)
        for what in dict.fromkeys(what for what, _ in into.left_out):
            texts = (text for reason, text in into.left_out if reason == what)
            self._unread.leave_out(what, "".join(texts))
        into.left_out.clear()

    def is_bold(self, element: Element) -> bool:
        """Tell whether all text under an element is in bold type."""
        for paragraph in element.iter(f"{W}p"):
            style = self._styles.style_of(paragraph.find(f"{W}pPr"))
            for run in paragraph.iter(f"{W}r"):
                has_text = any((one.text or "").strip() for one in run.iter(f"{W}t"))
                if has_text and not self._styles.look(run.find(f"{W}rPr"), style).bold:
                    return False
        return True

    def _gather(self, elements: Iterable[Element], into: Gathered) -> None:
        """Collect what `elements` hold; lxml lets no tree be deeper than 256 elements."""
        for child in elements:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, into)
            elif tag in NO_TEXT:
                continue
            elif tag in DELETIONS:
                into.left_out += [(DELETED, one.text or "") for one in child.iter(*_TEXTS)]
            elif tag == f"{W}txbxContent":
                into.boxes.append(child)
            elif tag == f"{MATH}oMath":
                self._add(_formula(child), Look(), into)
            elif tag == _DIAGRAM:
                into.others += self._diagram(child)
            elif tag == _CHART:
                self._unread.note(CHART)
            elif tag in _PICTURES:
                self._unread.pictures += 1
            else:
                self._gather(shown_parts(child, self._unread), into)

    def _run(self, run: Element, into: Gathered) -> None:
        look = self._styles.look(run.find(f"{W}rPr"), into.style)
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                self._add((child.text or "").replace("\n", " "), look, into)
            elif tag in _WHITE:
                self._add(_WHITE[tag], look, into)
            elif tag == f"{W}fldChar":
                self._field(value(child, "fldCharType"))
            elif tag == f"{W}instrText":
                if self._fields and not self._fields[-1].shows:
                    self._fields[-1].code += child.text or ""
            elif tag == f"{W}sym":
                sign = symbol_of(child)
                self._add(sign, replace(look, font=""), into)
                self._unread.leave_out(SIGN, "" if sign else value(child, "font"))
            elif tag in NOTE_MARKS:
                if not look.hidden:
                    self._note(child, into)
                if has_own_label(child):
                    return  # what stands behind it in the run is the mark
            elif tag not in NO_TEXT and len(child):
                self._gather((child,), into)

    def _add(self, text: str, look: Look, into: Gathered) -> None:
        code = next((one for one in self._fields if not one.shows), None)
        if code is not None:
            code.within.append((text, look))
        else:
            into.add(text, look)
            into.in_contents = into.in_contents or any(one.is_contents for one in self._fields)

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(_Field())
        elif self._fields and step == "separate":
            self._fields[-1].shows = True
        elif self._fields and step == "end":
            self._fields.pop()

    def _note(self, mark: Element, into: Gathered) -> None:
        """Read the footnote or endnote that a mark stands for, once; those in it come behind."""
        if self._in_notes is not None:
            self._in_notes.append(mark)
            return
        fields, self._fields = self._fields, []
        self._in_notes = waiting = [mark]
        for one in waiting:  # it grows while notes bear marks
            note, label = self._notes.take(one)
            text = self._text_of(note) if note is not None else ""
            if text := (text.removeprefix(label) if has_own_label(one) else text).strip():
                into.notes.append(Note(text, label))
        self._fields, self._in_notes = fields, None

    def _diagram(self, element: Element) -> Iterator[Block]:
        """Yield the texts of a diagram's shapes."""
        root = self._package.part_by_id(element.get(f"{R}dm"))
        for paragraph in root.iter(f"{_DRAWING}p") if root is not None else ():
            texts = "".join(one.text or "" for one in paragraph.iter(f"{_DRAWING}t"))
            if text := " ".join(unicode_text(texts).split()):
                yield Paragraph(text)

    def _end_codes(self, into: Gathered) -> None:
        """End the codes of fields with their paragraph; one that doesn't end was none."""
        for one in self._fields:
            if not one.shows:
                one.shows = True
                for text, look in one.within:
                    into.add(text, look)


def shown_parts(element: Element, unread: Unread) -> Iterable[Element]:
    """Return the children of a wrapper that are shown: one of several alternatives."""
    if element.tag == f"{_MC}AlternateContent":
        choices = element.iterchildren(f"{_MC}Choice")
        chosen = next((one for one in choices if one.get("Requires") != _SIGNS), None)
        return list(element.iterchildren(f"{_MC}Fallback")) if chosen is None else [chosen]
    if element.tag == f"{W}sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
        unread.leave_out(PLACEHOLDER, element)
        return ()
    return list(element)


def _formula(element: Element) -> str:
    """Return a formula on one line, fractions and powers with their signs."""
    name = element.tag.removeprefix(MATH)
    if name == "t":
        return element.text or ""
    parts = [(child.tag.removeprefix(MATH), _formula(child)) for child in element]
    named = {key: f"({text})" if len(text) > 1 else text for key, text in parts}
    match name:
        case "f":
            return f"{named.get('num', '')}/{named.get('den', '')}"
        case "sSup":
            return f"{named.get('e', '')}^{named.get('sup', '')}"
        case "rad":
            return f"√{named.get('e', '')}"
        case "d":
            return f"({''.join(text for _, text in parts)})"
        case _:
            return "".join(text for _, text in parts)
