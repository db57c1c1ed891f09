"""Which entities of a text Telegram keeps, and how it cuts them (tdlib/td, `MessageEntity.cpp`).

Styles (bold, italic …) are merged where they touch, and cut where another one begins or anything
else ends. Links, code and found entities never overlap one another, nothing lies inside code, and
quotes are never inside quotes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.sandbox.values import Json

QUOTES = ("blockquote", "expandable_blockquote")
CODE = ("pre", "code")
LINKS = ("text_link", "text_mention")
STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")

# Of entities over the same stretch the one with the lowest number is the outer one.
_RANKS = {
    kind: rank
    for rank, kinds in enumerate(
        (QUOTES, *((k,) for k in CODE), LINKS, ("",), *((s,) for s in STYLES))
    )
    for kind in kinds
}
_FOUND = _RANKS[""]
_INNERMOST = 99


def ordered(entities: Iterable[Json]) -> list[Json]:
    """Return entities by where they begin; of several there, the outer ones first."""

    def place(entity: Json) -> tuple[int, int, int]:
        kind = entity["type"]
        rank = _INNERMOST if kind == "custom_emoji" else _RANKS.get(kind, _FOUND)
        return (entity["offset"], -entity["length"], rank)

    return sorted(entities, key=place)


def fixed(entities: Iterable[Json]) -> list[Json]:
    """Return entities as Telegram keeps them, in order."""
    styles, quotes, solid = _by_role(ordered(entities))
    quotes = apart(quotes)
    solid = _fitting(apart(solid), quotes)
    return _with_styles(ordered([*solid, *quotes]), styles)


def merged(entities: Sequence[Json], found: Sequence[Json]) -> list[Json]:
    """Return entities (as `fixed` returns them) with those found beside the solid ones."""
    if not found:
        return list(entities)
    styles, quotes, solid = _by_role(entities)
    beside = [
        new
        for new in _fitting(found, quotes)
        if not any(new["offset"] < end(old) and old["offset"] < end(new) for old in solid)
    ]
    return _with_styles(ordered([*solid, *beside, *quotes]), styles)


def apart(entities: Iterable[Json]) -> list[Json]:
    """Return entities (in order) without those that begin inside an earlier one."""
    kept: list[Json] = []
    for entity in entities:
        if not kept or entity["offset"] >= end(kept[-1]):
            kept.append(entity)
    return kept


def end(entity: Json) -> int:
    """Return the offset after an entity's last code unit."""
    return int(entity["offset"] + entity["length"])


def _by_role(entities: Iterable[Json]) -> tuple[list[Json], list[Json], list[Json]]:
    styles: list[Json] = []
    quotes: list[Json] = []
    solid: list[Json] = []
    for entity in entities:
        kind = entity["type"]
        (styles if kind in STYLES else quotes if kind in QUOTES else solid).append(entity)
    return styles, quotes, solid


def _fitting(entities: Iterable[Json], quotes: Sequence[Json]) -> list[Json]:
    """Return the entities that lie inside one quote or outside of all."""
    return [
        entity
        for entity in entities
        if not any(
            entity["offset"] < end(quote)
            and quote["offset"] < end(entity)
            and not (quote["offset"] <= entity["offset"] and end(entity) <= end(quote))
            for quote in quotes
        )
    ]


def _with_styles(others: list[Json], styles: list[Json]) -> list[Json]:
    if not styles:
        return others
    return ordered([*others, *_StyleCutter(styles).cut(others)])


class _StyleCutter:
    """Merges styles that touch, and cuts them at the ends of other entities and other styles."""

    def __init__(self, styles: Sequence[Json]) -> None:
        self._waiting = list(reversed(styles))
        self._open: dict[str, tuple[int, int]] = {}
        self._done: list[Json] = []

    def cut(self, others: Sequence[Json]) -> list[Json]:
        """Return the styles around and inside `others`, which are in order; none inside code."""
        around: list[Json] = []
        last = max(map(end, [*others, *self._waiting]), default=0)
        for other in others:
            self._leave(around, other["offset"])
            around.append(other)
        self._leave(around, last + 1)
        return self._done

    def _leave(self, around: list[Json], offset: int) -> None:
        """Go on to `offset`, out of the entities that end before it."""
        while around and offset >= end(around[-1]):
            before = len(self._done)
            inner = around.pop()
            self._go_to(end(inner))
            if inner["type"] in CODE:
                del self._done[before:]
        self._go_to(offset)

    def _go_to(self, offset: int) -> None:
        while self._waiting and self._waiting[-1]["offset"] < offset:
            style = self._waiting.pop()
            kind = style["type"]
            if kind in self._open and style["offset"] <= self._open[kind][1]:
                begin, stop = self._open[kind]
                self._open[kind] = (begin, max(stop, end(style)))
            else:
                self._finish(style["offset"])
                self._open[kind] = (style["offset"], end(style))
        self._finish(offset)

    def _finish(self, offset: int) -> None:
        for kind in STYLES:
            begin, stop = self._open.get(kind, (offset, offset))
            if begin >= offset:
                continue
            cut = min(stop, offset)
            self._done.append({"type": kind, "offset": begin, "length": cut - begin})
            if stop <= offset:
                del self._open[kind]
            else:
                self._open[kind] = (offset, stop)
