"""`python -m benchmarks`: measures everything and writes benchmarks/RESULTS.md."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.answering import measure_answering
from benchmarks.encoding import measure_encoding
from benchmarks.inline_mode import measure_inline_mode
from benchmarks.measurement import report
from benchmarks.reloading import measure_reloading
from benchmarks.sandbox import measure_sandbox
from benchmarks.starting import measure_starting
from embeddings import PACKAGED_MODEL, load_encoder, load_reader


def main() -> None:
    """Print the table and keep it beside this file."""
    measurements = measure_starting()
    with tempfile.TemporaryDirectory() as name:
        encoder = load_encoder(PACKAGED_MODEL, Path(name), progress=print)
        reader = load_reader(encoder, Path(name))
        measurements += measure_answering(encoder, reader)
        measurements += measure_reloading(encoder, reader)
        measurements += measure_encoding(encoder)
        measurements += measure_inline_mode(encoder, Path(name) / "inline")
    measurements += measure_sandbox()
    page = report(measurements)
    print(page)
    Path(__file__).with_name("RESULTS.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
