"""One measured figure beside its peer's, and the table of them."""

from __future__ import annotations

import platform
import statistics
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil


@dataclass(frozen=True, slots=True)
class Measurement:
    """`ours` and `peer` are in `unit`; `peer_name` says what the peer is."""

    subject: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str = "–"

    def row(self) -> str:
        """Return the table's row, with ours as a multiple of the peer."""
        if self.peer is None:
            return f"| {self.subject} | {self.ours:.3g} {self.unit} | – | – |"
        ratio = f"{self.ours / self.peer:.2f} ×"
        peer = f"{self.peer:.3g} {self.unit} ({self.peer_name})"
        return f"| {self.subject} | {self.ours:.3g} {self.unit} | {peer} | {ratio} |"


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` (0..1) of `values` do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


def report(measurements: list[Measurement]) -> str:
    """Return a Markdown page with the table and the machine it was measured on."""
    memory = psutil.virtual_memory().total / 2**30
    return "\n".join(
        [
            "# Results",
            "",
            (
                f"`make bench`, {datetime.now(UTC):%Y-%m-%d}, {psutil.cpu_count()} cores, "
                f"{memory:.0f} GB, Python {platform.python_version()}. "
                "The ratio is ours to the peer's, measured in the same run."
            ),
            "",
            "| measured | ours | peer | ratio |",
            "|---|---|---|---|",
            *(measurement.row() for measurement in measurements),
            "",
        ]
    )
