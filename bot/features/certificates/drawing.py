"""Draws a certificate: one landscape A4 sheet, as a picture and as a PDF.

The sheet's unit is the millimetre, from its lower left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.features.certificates import texts
from bot.features.certificates.certificate import score_in_words
from bot.features.certificates.certificate_code import link_of, shown_code
from bot.features.certificates.landscape import draw_landscape
from bot.features.certificates.lettering import SANS, SERIF, drawable, fit_name, spaced
from bot.picture_style import new_figure, png, saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from bot.features.certificates.certificate import Certificate

WIDTH, HEIGHT = 297.0, 210.0
DPI = 200  # 2338 × 1653 pixels

_MM = 1 / 25.4
_PAPER = "#fdfcf7"
_INK = "#22302a"
_GREEN = "#1e4d3b"
_GOLD = "#a8833f"
_MUTED = "#56635b"
_MIDDLE = WIDTH / 2
_FRAME, _HAIRLINE = 9.0, 11.2
_NAME_WIDTH = 218.0
_NAME_BASE = 118.0

QR_SIZE = 27.0
_QUIET = 3.8  # at least four modules: ISO/IEC 18004
_CARD_WIDTH, _CARD_BOTTOM = 126.0, 19.0
_CARD_LEFT = (WIDTH - _CARD_WIDTH) / 2
_CARD_HEIGHT = QR_SIZE + 2 * _QUIET
_CARD_TEXT = _CARD_LEFT + 8
QR_LEFT = _CARD_LEFT + _CARD_WIDTH - _QUIET - QR_SIZE
QR_BOTTOM = _CARD_BOTTOM + _QUIET


@dataclass(frozen=True, slots=True)
class Drawing:
    """The files of a certificate."""

    png: bytes
    pdf: bytes


def draw_certificate(certificate: Certificate, username: str | None) -> Drawing:
    """Return the certificate as PNG and PDF; `username` is the bot's, for the QR code's link.

    Blocks for about two seconds; thread-safe. The same certificate gives the same bytes.
    """
    look = {
        "font.family": list(SERIF),
        "text.color": _INK,
        "pdf.fonttype": 42,  # whole letters, which readers can search and copy
    }
    with new_figure((WIDTH * _MM, HEIGHT * _MM), dpi=DPI, paper=_PAPER, look=look) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), autoscale_on=False)
        _sheet(axes)
        _heading(axes, certificate)
        _name(axes, certificate)
        _achievement(axes, certificate)
        _day(axes, certificate)
        _proof(axes, certificate, username)
        return Drawing(png(figure), saved(figure, "pdf", _about(certificate)))


def _about(certificate: Certificate) -> dict[str, Any]:
    """Return what the PDF says of itself."""
    return {
        "Title": f"{texts.TITLE} – {drawable(certificate.name) or shown_code(certificate.code)}",
        "Author": certificate.office,
        "Subject": texts.PDF_SUBJECT.format(code=shown_code(certificate.code)),
        "Creator": None,
        "Producer": None,
        "CreationDate": certificate.issued_at,
    }


def _sheet(axes: Axes) -> None:
    """Draw the landscape and the frame around everything."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 -- late, as above

    def frame(margin: float, **look: Any) -> Rectangle:  # noqa: ANN401 -- matplotlib's own
        size = (WIDTH - 2 * margin, HEIGHT - 2 * margin)
        rectangle = Rectangle((margin, margin), *size, facecolor="none", **look)
        axes.add_patch(rectangle)
        return rectangle

    inner = frame(_HAIRLINE, edgecolor=_GOLD, linewidth=0.6, zorder=4)
    frame(_FRAME, edgecolor=_GREEN, linewidth=1.8, zorder=4)
    draw_landscape(axes, inner, _HAIRLINE, WIDTH - _HAIRLINE, _HAIRLINE)


def _heading(axes: Axes, certificate: Certificate) -> None:
    office = certificate.office.upper()
    spaced(axes, (_MIDDLE, 181), office, 13.5, tracking=0.55, color=_GREEN)
    _ornament(axes, 174.5)
    spaced(axes, (_MIDDLE, 152), texts.TITLE, 44, tracking=2.6, color=_GREEN, weight="bold")
    _line(axes, 139.5, texts.BY_ASSISTANT, 13, style="italic", color=_MUTED)


def _line(axes: Axes, y: float, text: str, size: float, **look: Any) -> None:  # noqa: ANN401 -- matplotlib's own
    axes.text(_MIDDLE, y, text, fontsize=size, ha="center", va="baseline", **look)


def _ornament(axes: Axes, y: float) -> None:
    """Draw a short line with a lozenge in the middle."""
    from matplotlib.patches import Polygon  # noqa: PLC0415 -- late, as above

    for start, end in ((-34, -4), (4, 34)):
        axes.plot([_MIDDLE + start, _MIDDLE + end], [y, y], color=_GOLD, linewidth=0.8)
    corners = [(_MIDDLE - 1.7, y), (_MIDDLE, y + 1.7), (_MIDDLE + 1.7, y), (_MIDDLE, y - 1.7)]
    axes.add_patch(Polygon(corners, facecolor=_GOLD, edgecolor="none", zorder=3))


def _name(axes: Axes, certificate: Certificate) -> None:
    name = drawable(certificate.name)
    if not name:  # such as in Chinese: the register has it, the fonts don't
        _line(axes, _NAME_BASE, texts.NAME_BY_CODE, 20, style="italic", color=_MUTED)
    else:
        fitted = fit_name(name, _NAME_WIDTH, _measure(axes))
        spacing = 9.2
        for number, line in enumerate(reversed(fitted.lines)):
            _line(axes, _NAME_BASE + number * spacing, line, fitted.size, fontweight="bold")
    axes.plot([_MIDDLE - 75, _MIDDLE + 75], [110.5, 110.5], color=_GOLD, linewidth=0.8)


def _measure(axes: Axes) -> Callable[[str, float], float]:
    """Return the function that measures a name, in millimetres."""
    figure: Any = axes.figure
    renderer = figure.canvas.get_renderer()
    probe = axes.text(0, 0, "", fontweight="bold", alpha=0)

    def measure(text: str, size: float) -> float:
        probe.set_text(text)
        probe.set_fontsize(size)
        width: float = probe.get_window_extent(renderer).width
        probe.set_text("")
        return width / DPI / _MM

    return measure


def _achievement(axes: Axes, certificate: Certificate) -> None:
    for number, line in enumerate(texts.ACHIEVEMENT):
        _line(axes, 100 - 7.6 * number, line, 14)
    result = texts.RESULT.format(
        score=score_in_words(certificate.score), topics=len(certificate.topics)
    )
    _line(axes, 80.5, result, 14, fontweight="bold", color=_GREEN)


def _day(axes: Axes, certificate: Certificate) -> None:
    day = certificate.issued_on
    # Decree 30/2020/NĐ-CP, annex I: days below 10 and months 1 and 2 get a zero before them.
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    shown = texts.PLACE_AND_DAY.format(day=day.day, month=month, year=day.year)
    _line(axes, 68, shown, 12.5, style="italic", zorder=5)


def _proof(axes: Axes, certificate: Certificate, username: str | None) -> None:
    """Draw a card with the code and how to verify it."""
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 -- late, as above

    card = FancyBboxPatch(
        (_CARD_LEFT, _CARD_BOTTOM), _CARD_WIDTH, _CARD_HEIGHT,
        boxstyle="round,pad=0,rounding_size=2", facecolor="white", edgecolor=_GOLD, linewidth=0.6,
        zorder=5,
    )  # fmt: skip
    axes.add_patch(card)
    code = shown_code(certificate.code)
    how, command = texts.HOW_TO_VERIFY
    for y, text, look in (
        (45.4, texts.CODE_LABEL, {"fontsize": 9, "color": _MUTED}),
        (38.8, code, {"fontsize": 16, "fontweight": "bold", "color": _GREEN}),
        (32.6, how, {"fontsize": 9}),
        (28.2, command.format(code=code), {"fontsize": 9}),
        (22.8, texts.NOT_A_DIPLOMA, {"fontsize": 7.2, "color": _MUTED}),
    ):
        axes.text(_CARD_TEXT, y, text, family=list(SANS), va="baseline", zorder=6, **look)
    _qr(axes, link_of(certificate.code, username))


def _qr(axes: Axes, content: str) -> None:
    """Draw the QR code as squares on the card."""
    import segno  # noqa: PLC0415 -- late, like matplotlib
    from matplotlib.collections import PatchCollection  # noqa: PLC0415
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    matrix = segno.make(content, error="m", micro=False).matrix
    side = QR_SIZE / len(matrix)
    squares = [
        Rectangle((QR_LEFT + column * side, QR_BOTTOM + QR_SIZE - (row + 1) * side), side, side)
        for row, modules in enumerate(matrix)
        for column, dark in enumerate(modules)
        if dark
    ]
    axes.add_collection(
        PatchCollection(squares, facecolor=_INK, edgecolor="none", antialiased=False, zorder=6)
    )
