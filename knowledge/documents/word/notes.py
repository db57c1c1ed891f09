"""The footnotes and endnotes of a Word document."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.documents.word.numbering import figure
from knowledge.documents.word.package import Element, W, number, value
from knowledge.documents.word.symbols import symbol_of

if TYPE_CHECKING:
    from knowledge.documents.word.package import WordPackage

NOTE_MARKS = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


class WordNotes:
    """The footnotes and endnotes of a document, numbered in the order of their marks."""

    def __init__(self, package: WordPackage) -> None:
        """Read the notes and how they are numbered."""
        self._elements: dict[tuple[str, str], Element] = {}
        self._forms: dict[str, str] = {}
        self._counts: defaultdict[str, int] = defaultdict(int)
        settings = package.part("settings")
        section = package.body.find(f"{W}sectPr")
        for kind, default in (("footnote", "decimal"), ("endnote", "lowerRoman")):
            root = package.part(f"{kind}s")
            for note in root.iter(W + kind) if root is not None else ():
                if value(note, "type") in {"", "normal"}:
                    self._elements[kind, value(note, "id")] = note
            stated = [one.find(f"{W}{kind}Pr") for one in (section, settings) if one is not None]
            forms = [value(one.find(f"{W}numFmt")) for one in stated if one is not None]
            again = [value(one.find(f"{W}numRestart")) for one in stated if one is not None]
            # What begins anew on each page is known to none but the one who sets the pages.
            is_known = next(filter(None, again), "continuous") == "continuous"
            self._forms[kind] = next(filter(None, forms), default) if is_known else "none"
            begins = [value(one.find(f"{W}numStart")) for one in stated if one is not None]
            self._counts[kind] = number(next(filter(None, begins), "1")) - 1

    def take(self, mark: Element) -> tuple[Element | None, str]:
        """Return the note of a mark and its label; None when it is gone or was taken."""
        kind = NOTE_MARKS[mark.tag]
        note = self._elements.pop((kind, value(mark, "id")), None)
        if has_own_label(mark):
            signs = mark.itersiblings(f"{W}t", f"{W}sym")
            return note, "".join(one.text or symbol_of(one) for one in signs).strip()
        if note is not None:
            self._counts[kind] += 1
        return note, figure(self._counts[kind], self._forms[kind])


def has_own_label(mark: Element) -> bool:
    """Tell whether the text behind a note's mark in its run is the label."""
    return value(mark, "customMarkFollows") in {"1", "true", "on"}
