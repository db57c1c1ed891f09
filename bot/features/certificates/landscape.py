"""The motif at the foot of a certificate: mist between ridges, and terraced rice fields.

Everything is computed from a few waves; nothing is random, so that two drawings of one certificate
are alike. Lengths are millimetres on the sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

_POINTS = 400
_ROWS = 140


class _Ridge(NamedTuple):
    """A mountain line: its height in the valley and at the edges, its roughness, its tint."""

    valley: float
    edge: float
    peaks: float
    phase: float
    tint: str


# From the farthest to the nearest: farther is paler, as in mist.
_RIDGES = (
    _Ridge(54, 92, 4.6, 0.3, "#f4f3ea"),
    _Ridge(45, 78, 3.9, 2.1, "#edefe3"),
    _Ridge(37, 62, 3.1, 4.4, "#e4eadb"),
)
_FIELDS = _Ridge(27, 47, 1.2, 1.2, "#d9e4d1")
_TERRACE_LINE = "#b3c8aa"
_TERRACE_TINTS = ("#d9e4d1", "#d3e0ca", "#dde6d0", "#cfddc5")
_TERRACE_HEIGHT = 2.7


def draw_landscape(axes: Axes, frame: Patch, left: float, right: float, bottom: float) -> None:
    """Draw the ridges and the fields between `left` and `right`, clipped to `frame`."""
    import numpy as np  # noqa: PLC0415 -- late, like matplotlib: only pictures need it
    from matplotlib.patches import Polygon  # noqa: PLC0415

    x = np.linspace(left, right, _POINTS)
    for ridge in _RIDGES:
        line = _heights(ridge, x)
        axes.fill_between(x, bottom, line, color=ridge.tint, linewidth=0, zorder=1).set_clip_path(
            frame
        )
    outline = _heights(_FIELDS, x)
    corners = np.column_stack(
        [np.concatenate([x, [right, left]]), np.concatenate([outline, [bottom, bottom]])]
    )
    fields = Polygon(
        corners, closed=True, facecolor="none", edgecolor="none", transform=axes.transData
    )
    axes.add_patch(fields)
    _terraces(axes, fields, x, bottom, float(outline.max()))


def _heights(ridge: _Ridge, x: np.ndarray) -> np.ndarray:
    """Return the height of a ridge over each `x`: a wide valley with peaks that grow outwards."""
    import numpy as np  # noqa: PLC0415 -- late, as above

    middle, half = (x[0] + x[-1]) / 2, (x[-1] - x[0]) / 2
    outwards = np.abs(x - middle) / half
    slope = ridge.valley + (ridge.edge - ridge.valley) * outwards**1.7
    phase = ridge.phase
    rough = (
        np.sin(x / 21 + phase)
        + 0.55 * np.sin(x / 9.3 + 2.3 * phase)
        + 0.22 * np.sin(x / 4.1 + phase)
    )
    result: np.ndarray = slope + ridge.peaks * (0.35 + 0.65 * outwards) * rough
    return result


def _terraces(axes: Axes, fields: Patch, x: np.ndarray, bottom: float, top: float) -> None:
    """Draw fields along lines of equal height, as terraces lie on a slope.

    The height grows with y everywhere (each wave's steepness is below 1), so lines never cross.
    """
    import numpy as np  # noqa: PLC0415 -- late, as above

    y = np.linspace(bottom, top, _ROWS)
    columns, rows = np.meshgrid(x, y)
    height = (
        rows
        + 4.2 * np.sin(columns / 26 + rows / 11 + 0.8)
        + 2.0 * np.sin(columns / 11 - rows / 7 + 2.0)
        - 0.00135 * (columns - x.mean()) ** 2
    )
    levels = np.arange(height.min(), height.max() + _TERRACE_HEIGHT, _TERRACE_HEIGHT)
    tints = [_TERRACE_TINTS[number % len(_TERRACE_TINTS)] for number in range(len(levels) - 1)]
    axes.contourf(columns, rows, height, levels, colors=tints, zorder=2).set_clip_path(fields)
    lines = axes.contour(
        columns,
        rows,
        height,
        levels,
        colors=_TERRACE_LINE,
        linewidths=0.55,
        linestyles="solid",
        zorder=2.1,
    )
    lines.set_clip_path(fields)
