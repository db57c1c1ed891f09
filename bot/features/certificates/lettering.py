"""Lettering on a certificate: letters set apart, and names that always fit.

The fonts are DejaVu (https://dejavu-fonts.github.io), which come with matplotlib and hold every
Vietnamese letter.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from bot.picture_style import letters

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

SERIF = ("DejaVu Serif", "DejaVu Sans")
"""The second has more scripts: Arabic, Hebrew, Georgian and others."""
SANS = ("DejaVu Sans",)

_HORN, _HORN_EMS = "\u031b", 0.06  # the horns of Ơ and Ư reach over the next letter
_MM_FROM_POINT = 25.4 / 72
_NAME_SIZES = (34.0, 31.0, 28.0, 25.0, 22.0)
_TWO_LINES_SIZE = 20.0


class FittedName(NamedTuple):
    """A name in one or two lines, with the size in points at which they fit."""

    lines: tuple[str, ...]
    size: float


def drawable(text: str) -> str:
    """Return `text` on one line, in NFC, without what the fonts can't show; maybe empty.

    Combining marks go with the letter they sat on. Emoji go, too: on a certificate they jar.
    """
    known = frozenset().union(*(letters(family, "bold") for family in SERIF))
    kept: list[str] = []
    dropped = False
    for character in unicodedata.normalize("NFC", text):
        mark = unicodedata.combining(character) != 0
        if character.isspace():
            kept.append(" ")
        elif mark and dropped:
            continue
        elif ord(character) in known and not _left_out(character):
            kept.append(character)
        elif mark:
            continue
        else:
            dropped = True
            continue
        dropped = False
    return " ".join("".join(kept).split())


def _left_out(character: str) -> bool:
    """Tell whether a character is no part of a written name: controls, separators, pictures."""
    category = unicodedata.category(character)
    return category[0] in "CZ" or category == "So"


def fit_name(name: str, width: float, measure: Callable[[str, float], float]) -> FittedName:
    """Return `name` as large as `width` lets it be; cut with dots where two lines are too few.

    `measure` returns the width of a text at a size in points, in the unit of `width`.
    """
    for size in _NAME_SIZES:
        if measure(name, size) <= width:
            return FittedName((name,), size)

    def fits(line: str) -> bool:
        return measure(line, _TWO_LINES_SIZE) <= width

    first = _longest(name, fits)
    rest = name[len(first) :].strip()
    if not fits(rest):
        rest = _longest(rest, lambda line: fits(f"{line}…")).rstrip(" ,;:–-") + "…"
    return FittedName((first.strip(), rest), _TWO_LINES_SIZE)


def _longest(text: str, fits: Callable[[str], bool]) -> str:
    """Return the longest beginning that fits; it ends between words if any word fits."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    if low == len(text) or text[low] == " ":
        return text[:low]
    at_word = text.rfind(" ", 0, low)
    if at_word > 0:
        return text[:at_word]
    while low > 1 and unicodedata.combining(text[low]):  # not between a letter and its mark
        low -= 1
    return text[:low]


def spaced(  # noqa: PLR0913 -- a text, its place and its look
    axes: Axes,
    place: tuple[float, float],
    text: str,
    size: float,
    *,
    tracking: float,
    color: str,
    weight: str = "normal",
) -> None:
    """Draw a line centred on a place with `tracking` millimetres more between letters.

    Letters are placed one by one: matplotlib has no such setting.
    """
    x, y = place
    widths = [_advance(character, weight) * size * _MM_FROM_POINT for character in text]
    total = sum(widths) + tracking * (len(text) - 1)
    left = x - total / 2
    for character, width in zip(text, widths, strict=True):
        if character != " ":
            axes.text(left, y, character, fontsize=size, color=color, fontweight=weight,
                      family=list(SERIF), ha="left", va="baseline")  # fmt: skip
        left += width + tracking


@functools.cache
def _advance(character: str, weight: str) -> float:
    """Return how far a letter moves the pen, in ems."""
    # late: matplotlib is slow to import, and only pictures need it
    from matplotlib import font_manager  # noqa: PLC0415
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

    properties = font_manager.FontProperties(family=SERIF[0], weight=weight)
    font = font_manager.get_font(font_manager.findfont(properties))
    font.set_size(100, 72)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    horn = _HORN_EMS if _HORN in unicodedata.normalize("NFD", character) else 0.0
    return glyph.linearHoriAdvance / 65536 / 100 + horn
