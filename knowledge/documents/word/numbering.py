"""The labels that Word computes for numbered paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from knowledge.articles.encodings import unicode_text
from knowledge.documents.word.package import Element, W, is_on, number, value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.documents.word.package import WordPackage
    from knowledge.documents.word.styles import WordStyles

_PLACE = re.compile("%([1-9])")
_LEVELS = 9
_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(), strict=True)
)  # fmt: skip
_MAX_ROMAN = 10_000
_MAX_LETTERS = 26 * 30
_MARKS = "*†‡§"
_UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class _Level:
    """How paragraphs of one level are numbered."""

    form: str = "none"
    text: str = ""
    font: str = ""
    start: int = 0
    restart: int | None = None
    figures_only: bool = False
    indent: int | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    """A definition of a list, shared by its instances, and where its count stands."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Instance:
    """A list that paragraphs name by its numId."""

    definition: _List
    levels: dict[int, _Level]
    starts: dict[int, int]
    begun: bool = False

    def start(self, depth: int) -> int:
        """Return the number that a level begins with."""
        level = self.levels.get(depth, _Level(start=1))
        return self.starts.get(depth, level.start)


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before a numbered paragraph; `label` is empty for a bullet.

    `place` tells list and level from others; `indent` is how far from the margin they stand.
    """

    label: str
    place: tuple[int, int]
    indent: int = 0


class WordNumbering:
    """Counts the numbered paragraphs of a document, in the order in which they are asked for."""

    def __init__(self, package: WordPackage, styles: WordStyles) -> None:
        """Read numbering.xml."""
        self._styles = styles
        self._instances: dict[str, _Instance] = {}
        self._linked: dict[str, str] = {}  # the lists of the styles that levels name as theirs
        self._found_place = cache(self._find_place)
        root = package.part("numbering")
        if root is None:
            return
        definitions = {value(d, "abstractNumId"): d for d in root.findall(f"{W}abstractNum")}
        named = {value(one, "numId"): one for one in root.findall(f"{W}num")}
        lists: dict[str, _List] = {}
        for name, one in named.items():
            key = self._definition(one, definitions, named)
            if key is None:
                continue
            if key not in lists:
                lists[key] = _List(_levels(definitions[key].findall(f"{W}lvl")))
            self._instances[name] = _instance(one, lists[key])
            for level in self._instances[name].levels.values():
                if level.style:
                    self._linked.setdefault(level.style, name)

    def next_number(self, properties: Element | None, style: str) -> Number | None:
        """Count a paragraph with these properties and of this style; None if it has no number."""
        name, depth = self._place(properties, style)
        instance = self._instances.get(name)
        if instance is None or depth not in instance.levels:
            return Number("", (0, depth)) if name else None
        counts = instance.definition.counts
        if not instance.begun:
            instance.begun = True
            for overridden in instance.starts:
                counts[overridden] = None
        for above in range(depth):
            counts[above] = instance.start(above) if counts[above] is None else counts[above]
        last = counts[depth]
        counts[depth] = instance.start(depth) if last is None else last + 1
        for below in range(depth + 1, _LEVELS):
            restart = instance.levels[below].restart if below in instance.levels else None
            if restart is None or depth < restart:
                counts[below] = None
        level = instance.levels[depth]
        label = _label(level, instance, counts)
        if not label and not (level.form == "bullet" and level.text.strip()):
            return None
        if not label.isascii():
            mark = properties.find(f"{W}rPr") if properties is not None else None
            label = unicode_text(label, level.font or self._styles.look(mark, style).font)
        indent = _indent(properties)
        indent = level.indent if indent is None else indent
        return Number(label, (id(instance.definition), depth), indent or 0)

    def _definition(
        self, one: Element, definitions: Mapping[str, Element], named: Mapping[str, Element]
    ) -> str | None:
        """Return the definition that an instance counts by, through a style that names it."""
        key = value(one.find(f"{W}abstractNumId"))
        link = value(definitions[key].find(f"{W}numStyleLink")) if key in definitions else ""
        for style in self._styles.chain(link) if link else ():
            other = named.get(value(style.find(f"{W}pPr/{W}numPr/{W}numId")))
            if other is not None:
                key = value(other.find(f"{W}abstractNumId"))
                break
        return key if key in definitions else None

    def _place(self, properties: Element | None, style: str) -> tuple[str, int]:
        """Return the list and the level of a paragraph; "" for none."""
        direct = properties.find(f"{W}numPr") if properties is not None else None
        return self._found_place(style, *_stated(direct))

    def _find_place(self, style: str, name: str, depth: int | None) -> tuple[str, int]:
        """Return the list and the level by what a paragraph states and its styles state."""
        for element in self._styles.chain(style) if not name else ():
            own, own_depth = _stated(element.find(f"{W}pPr/{W}numPr"))
            identity = value(element, "styleId")
            name = own or self._linked.get(identity, "")
            if depth is None:
                depth = self._linked_depth(name, identity, own_depth)
            if name:
                break
        return ("", 0) if number(name) == 0 else (name, min(depth or 0, _LEVELS - 1))

    def _linked_depth(self, name: str, style: str, stated: int | None) -> int | None:
        """Return the level of a list that names a style as its own, else the one that it states."""
        levels = self._instances[name].levels if name in self._instances else {}
        return next((depth for depth, level in levels.items() if level.style == style), stated)


def _stated(properties: Element | None) -> tuple[str, int | None]:
    if properties is None:
        return "", None
    depth = value(properties.find(f"{W}ilvl"))
    return value(properties.find(f"{W}numId")), number(depth) if depth else None


def _levels(elements: list[Element]) -> dict[int, _Level]:
    return {number(value(one, "ilvl")): _level(one) for one in elements}


def _level(element: Element) -> _Level:
    font = element.find(f"{W}rPr/{W}rFonts")
    hidden = is_on(element.find(f"{W}rPr/{W}vanish"))
    restart = value(element.find(f"{W}lvlRestart"))
    return _Level(
        form=_form(element.find(f".//{W}numFmt")),
        text="" if hidden else value(element.find(f"{W}lvlText")),
        font=value(font, "hAnsi") or value(font, "ascii"),
        start=number(value(element.find(f"{W}start"))),
        restart=number(restart) if restart else None,
        figures_only=is_on(element.find(f"{W}isLgl")),
        indent=_indent(element.find(f"{W}pPr")),
        style=value(element.find(f"{W}pStyle")),
    )


def _indent(properties: Element | None) -> int | None:
    element = properties.find(f"{W}ind") if properties is not None else None
    stated = value(element, "left") or value(element, "start")
    return number(stated) if stated else None


def _form(element: Element | None) -> str:
    """Return the name of a number format; "001, 002, …" is written as its noughts."""
    first = value(element, "format").partition(",")[0]
    return "0" * len(first) if first.isdecimal() else value(element) or "decimal"


def _instance(element: Element, definition: _List) -> _Instance:
    levels = dict(definition.levels)
    starts = {}
    for override in element.findall(f"{W}lvlOverride"):
        depth = number(value(override, "ilvl"))
        if (level := override.find(f"{W}lvl")) is not None:
            levels[depth] = _level(level)
        if begins := value(override.find(f"{W}startOverride")):
            starts[depth] = number(begins)
    return _Instance(definition, levels, starts)


def _label(level: _Level, instance: _Instance, counts: list[int | None]) -> str:
    if level.form == "bullet":
        return ""

    def shown(place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        form = instance.levels.get(depth, level).form
        plain = level.figures_only and form not in {"none", "bullet"}
        return figure(counts[depth] or 0, "decimal" if plain else form)

    return " ".join(_PLACE.sub(shown, level.text).split())


def figure(count: int, form: str) -> str:
    """Return a number in one of Word's formats; those for other scripts come as figures."""
    shown = str(count)
    match form.lower():
        case "none" | "bullet":
            shown = ""
        case "upperroman" | "lowerroman" if 0 < count < _MAX_ROMAN:
            shown = ""
            for worth, letters in _ROMAN:
                shown += letters * (count // worth)
                count %= worth
        case "upperletter" | "lowerletter" if 0 < count <= _MAX_LETTERS:
            shown = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        case "decimalzero":
            shown = f"{count:02d}"
        case noughts if not noughts.strip("0"):
            shown = shown.zfill(len(noughts))
        case "vietnamesecounting" if 0 < count < 100:
            shown = _in_words(count)
        case "numberindash":
            shown = f"- {count} -"
        case "chicago" if count > 0:
            shown = _MARKS[(count - 1) % len(_MARKS)] * ((count - 1) // len(_MARKS) + 1)
    return shown.lower() if form.startswith("lower") else shown


def _in_words(count: int) -> str:
    """Return a number from 1 to 99 in Vietnamese."""
    tens, unit = divmod(count, 10)
    last = {1: "mốt" if tens > 1 else "một", 5: "lăm" if tens else "năm"}.get(unit, _UNITS[unit])
    first = {0: "", 1: "mười"}.get(tens, f"{_UNITS[tens]} mươi")
    return f"{first} {last}".strip()
