"""What the bot's drawn pictures share: colours, the font, one drawing at a time, and PNG."""

from __future__ import annotations

import asyncio
import functools
import io
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 150
PHONE_INCHES = (7.2, 9.6)
"""1080 × 1440 pixels at DPI: a phone's width, sharp when enlarged once."""
FONT = "DejaVu Sans"

INK = "#1b2733"
MUTED = "#66737f"
LINE = "#dfe5ea"
PAPER = "#ffffff"
TILE = "#f3f6f8"
BLUE = "#1f77b4"
AMBER = "#f2a541"
RED = "#c8372d"
GREEN = "#2f9e63"

_TILES_LEFT, _TILES_WIDTH, _TILES_GAP = 0.06, 0.88, 0.014  # shares of the figure

_DRAWING = threading.Lock()  # matplotlib's settings and fonts belong to the whole process
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="drawing")

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")


async def drawn(draw: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
    """Let `draw` make a picture beside the event loop, in the one thread that does.

    Pictures wait for each other there, and not in threads that questions need, too; and the memory
    that a picture takes is taken once.
    """
    return await asyncio.get_running_loop().run_in_executor(_THREAD, draw, *arguments)


@contextmanager
def new_figure(
    inches: tuple[float, float] = PHONE_INCHES,
    *,
    dpi: int = DPI,
    paper: str = PAPER,
    look: Mapping[str, Any] | None = None,
) -> Iterator[Figure]:
    """Yield an empty figure to be drawn and saved inside; others wait. Blocks.

    `look` are matplotlib's settings where they differ from the usual.
    """
    # late: matplotlib is slow to import, and only pictures need it
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    style: Any = {"font.family": FONT, "text.parse_math": False, "text.color": INK}
    with _DRAWING, rc_context(style | dict(look or {})):
        figure = Figure(figsize=inches, dpi=dpi, facecolor=paper)
        canvas: Any = FigureCanvasAgg(figure)
        try:
            yield figure
        finally:
            # A figure goes round in circles; its 6 MB of pixels are not to wait for the collector.
            canvas.renderer = None
            figure.clear()


def png(figure: Figure) -> bytes:
    """Return the drawn figure as PNG."""
    return saved(figure, "png")


def saved(figure: Figure, form: str, about: Mapping[str, Any] | None = None) -> bytes:
    """Return the drawn figure in a format of matplotlib's; `about` is what it says of itself."""
    file = io.BytesIO()
    figure.savefig(file, format=form, metadata=about)
    return file.getvalue()


def tiles(figure: Figure, shown: Sequence[tuple[str, str, str, str]]) -> None:
    """Draw a row of values below the heading, each with a name, a note and its colour."""
    width = (_TILES_WIDTH - _TILES_GAP * (len(shown) - 1)) / len(shown)
    for place, (value, name, note, colour) in enumerate(shown):
        left = _TILES_LEFT + place * (width + _TILES_GAP)
        axes = figure.add_axes((left, 0.797, width, 0.112))
        axes.set_axis_off()
        axes.set(xlim=(0, 1), ylim=(0, 1))
        rounded(axes, (0, 0, 1, 1), TILE)
        size = 19 if len(value) <= 6 else 19 * 6 / len(value)
        axes.text(0.5, 0.66, value, ha="center", va="center", fontsize=size, fontweight="bold",
                  color=colour)  # fmt: skip
        axes.text(0.5, 0.36, name, ha="center", va="center", fontsize=8.8)
        axes.text(0.5, 0.16, note, ha="center", va="center", fontsize=8, color=MUTED)


def rounded(
    axes: Axes, box: tuple[float, float, float, float], colour: str, rounding: float = 0.08
) -> None:
    """Fill a box (left, bottom, width, height; the axes' data) with rounded corners."""
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 -- late, as above

    left, bottom, width, height = box
    shape = f"round,pad=0,rounding_size={rounding}"
    axes.add_patch(
        FancyBboxPatch(
            (left, bottom), width, height, boxstyle=shape, facecolor=colour, edgecolor="none"
        )
    )


def legible(text: str, characters: int) -> str:
    """Return `text` in one line of at most `characters`, without letters that the font lacks."""
    known = letters(FONT)
    plain = " ".join("".join(c if ord(c) in known else " " for c in text).split())
    if len(plain) <= characters:
        return plain
    cut = plain[:characters].rpartition(" ")[0] or plain[: characters - 1]
    return cut.rstrip(" ,;:–-") + "…"


def legible_lines(text: str, characters: int, lines: int) -> str:
    """Return `text` as `legible` does, broken into at most `lines` of `characters` each."""
    plain = legible(text, characters * lines)
    broken = textwrap.wrap(plain, characters)
    if len(broken) > lines:
        broken = [*broken[: lines - 1], legible(" ".join(broken[lines - 1 :]), characters)]
    return "\n".join(broken)


@functools.cache
def letters(family: str, weight: str = "normal") -> frozenset[int]:
    """Return the characters that a font has."""
    from matplotlib import font_manager  # noqa: PLC0415 -- late, as above

    properties = font_manager.FontProperties(family=family, weight=weight)
    return frozenset(font_manager.get_font(font_manager.findfont(properties)).get_charmap())
