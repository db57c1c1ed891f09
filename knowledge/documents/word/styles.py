"""What the styles of a Word document make of its runs and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from knowledge.documents.word.package import Element, W, is_on, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.documents.word.package import WordPackage

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEADING = re.compile(r"(?:heading|tiêu đề) (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc \d|toc heading|mục lục.*|table of figures)", re.IGNORECASE)
_LIST = re.compile(r"list\b(?! paragraph)", re.IGNORECASE)
_TOGGLES = ("b", "vanish", "strike", "dstrike")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,8}")
_FIRST_ROW = 0x20
_FONT_SLOTS = ("ascii", "hAnsi", "cs")
_Stated = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown: in which font, in bold type, hidden, struck out, raised."""

    font: str = ""
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style means; `level` is 0 unless it is a heading."""

    level: int = 0
    is_list: bool = False
    is_title: bool = False
    is_contents: bool = False
    is_caption: bool = False


class WordStyles:
    """The styles of a document, each with those that it is based on."""

    def __init__(self, package: WordPackage) -> None:
        """Read the styles and the fonts of the theme."""
        root = package.part("styles")
        self._theme = dict(_theme_fonts(package.part("theme")))
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._defaults: _Stated = {}
        if root is not None:
            self._styles = {value(style, "styleId"): style for style in root.iter(f"{W}style")}
            self._default = next(
                (
                    value(style, "styleId")
                    for style in self._styles.values()
                    if value(style, "type") == "paragraph"
                    and value(style, "default") in {"1", "true"}
                ),
                "",
            )
            self._defaults = self._stated(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self.meaning = cache(self._meaning)
        self._chain_states = cache(self._chain_stated)
        self._look = cache(self._find_look)

    def style_of(self, properties: Element | None) -> str:
        """Return the id of the style of a paragraph with these properties."""
        return value(properties.find(f"{W}pStyle")) if properties is not None else ""

    def look(self, properties: Element | None, style: str) -> Look:
        """Return the look of a run with these properties in a paragraph of `style`."""
        return self._look(style, tuple(self._stated(properties).items()))

    def chain(self, style: str) -> Iterator[Element]:
        """Yield a style and those that it is based on; the default style where it is unknown."""
        seen: set[str] = set()
        style = style if style in self._styles else self._default
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style].find(f"{W}basedOn"))

    def heads_first_row(self, table: Element) -> bool:
        """Tell whether a table's style sets its first row in bold type."""
        look = table.find(f"{W}tblPr/{W}tblLook")
        bits = value(look) if _HEXADECIMAL.fullmatch(value(look)) else "0"
        shown = value(look, "firstRow") or ("1" if int(bits, 16) & _FIRST_ROW else "0")
        name = value(table.find(f"{W}tblPr/{W}tblStyle"))
        if shown in {"0", "false"} or name not in self._styles:
            return False
        forms = (form for one in self.chain(name) for form in one.findall(f"{W}tblStylePr"))
        first = (form for form in forms if value(form, "type") == "firstRow")
        return any(is_on(form.find(f"{W}rPr/{W}b")) for form in first)

    def _find_look(self, style: str, stated_directly: tuple[tuple[str, str], ...]) -> Look:
        direct = dict(stated_directly)
        of_paragraph = self._chain_states(style)
        of_run = (
            self._chain_states(named) if (named := direct.get("rStyle")) in self._styles else {}
        )
        stated = self._defaults | of_paragraph | of_run
        for toggle in _TOGGLES:
            if toggle in of_paragraph and toggle in of_run:  # two styles undo each other
                stated[toggle] = "1" if of_paragraph[toggle] != of_run[toggle] else ""
        stated |= direct
        return Look(
            font=next((stated[slot] for slot in ("hAnsi", "ascii", "cs") if stated.get(slot)), ""),
            bold=bool(stated.get("b")),
            hidden=bool(stated.get("vanish")),
            struck=bool(stated.get("strike") or stated.get("dstrike")),
            raised=stated.get("vertAlign") == "superscript",
        )

    def _chain_stated(self, style: str) -> _Stated:
        stated: _Stated = {}
        for element in self.chain(style):
            stated = self._stated(element.find(f"{W}rPr")) | stated
        return stated

    def _stated(self, properties: Element | None) -> _Stated:
        """Return what run properties state: switches as "1" or "", the rest as it is."""
        stated: _Stated = {}
        for child in properties if properties is not None else ():
            name = child.tag.removeprefix(W)
            if name in _TOGGLES:
                stated[name] = "1" if is_on(child) else ""
            elif name in {"rStyle", "vertAlign"}:
                stated[name] = value(child)
            elif name == "rFonts":
                for slot in _FONT_SLOTS:
                    theme = value(child, "cstheme" if slot == "cs" else f"{slot}Theme")
                    if font := self._theme.get(theme[:5]) or value(child, slot):
                        stated[slot] = font
        return stated

    def _meaning(self, style: str) -> ParagraphStyle:
        """Follow the chain until a style is a heading or a title."""
        is_list = is_contents = is_caption = False
        for element in self.chain(style):
            name = value(element.find(f"{W}name"))
            if name.casefold() == "title":
                return ParagraphStyle(is_title=True)
            if match := _HEADING.fullmatch(name):
                return ParagraphStyle(level=min(max(int(match.group(1)), 1), 6))
            is_contents = is_contents or _CONTENTS.fullmatch(name) is not None
            if not is_contents and (level := outline_level(element.find(f"{W}pPr"))):
                return ParagraphStyle(level=level)
            is_list = is_list or _LIST.match(name) is not None
            is_caption = is_caption or name.casefold() == "caption"
        return ParagraphStyle(is_list=is_list, is_contents=is_contents, is_caption=is_caption)


def outline_level(properties: Element | None) -> int:
    """Return the level (1–6) at which paragraph properties put a heading, 0 for none."""
    stated = value(properties.find(f"{W}outlineLvl")) if properties is not None else ""
    return min(number(stated) + 1, 6) if stated.isdecimal() and number(stated) < 9 else 0


def _theme_fonts(theme: Element | None) -> Iterator[tuple[str, str]]:
    """Yield the theme's fonts for headings ("major") and text ("minor")."""
    if theme is None:
        return
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_DRAWING}{kind}Font/{_DRAWING}latin")
        if latin is not None:
            yield kind, str(latin.get("typeface") or "")
