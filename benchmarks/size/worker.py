"""`python -m benchmarks.size.worker`: one step of the measurement, in a process of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.comparison.place import Place
from benchmarks.size.office import SizedOffice
from benchmarks.size.result import write

STEPS = ("build", "open", "chroma", "reload")


def main() -> None:
    """Run one step and write its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--made", type=int, required=True)
    parser.add_argument("--others", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    office = SizedOffice(given.folder, given.made, given.others)
    place = Place(given.work)
    # Late: each step loads only what it measures.
    if given.step == "build":
        from benchmarks.size.building import build  # noqa: PLC0415

        write(build(office, place), office.figures(given.step))
    elif given.step == "reload":
        from benchmarks.size.reloading import reload  # noqa: PLC0415

        write(reload(office, place), office.figures(given.step))
    else:
        from benchmarks.size.opening import open_base, open_chroma  # noqa: PLC0415

        opens = open_base if given.step == "open" else open_chroma
        write(opens(office, place), office.figures(given.step))


if __name__ == "__main__":
    main()
