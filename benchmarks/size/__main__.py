"""`python -m benchmarks.size`: measures bases of several sizes, and writes table and chart."""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.size.chart import draw
from benchmarks.size.office import SizedOffice, golden_texts
from benchmarks.size.page import page
from benchmarks.size.result import Result, read_built, read_opened, read_reloaded

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = Path(__file__).parents[1]
_OTHERS = _FOLDER.parents[1] / "shared" / "benchmarks" / "squad2-dev.vi-mt.json"
_SIZES = "0,10000,100000"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size; returns the exit code."""
    given = _parser().parse_args(arguments)
    sizes = [int(size) for size in given.sizes.split(",")]
    if max(sizes) and not given.others.is_file():
        print(f"There is no '{given.others}'. Name a file with --others.", file=sys.stderr)
        return 2
    if given.work is not None:
        return _measure(given, sizes, given.work)
    with tempfile.TemporaryDirectory(prefix="size-") as name:
        return _measure(given, sizes, Path(name))


def _measure(given: argparse.Namespace, sizes: Sequence[int], work: Path) -> int:
    load = psutil.getloadavg()[0]
    results: list[Result] = []
    for made in sizes:
        print(f"{made:,} documents beside the shipped ones", flush=True)
        office = SizedOffice(work.absolute() / "offices" / str(made), made, given.others.absolute())
        office.folder.mkdir(parents=True, exist_ok=True)
        for step in ("build", "open", "chroma", "reload"):
            if step == "build" and office.figures(step).is_file() and office.data_dir.is_dir():
                continue  # of an earlier run in the same folder
            command = [sys.executable, "-m", "benchmarks.size.worker", step]
            command += ["--folder", str(office.folder), "--made", str(made)]
            command += ["--others", str(office.others), "--work", str(work.absolute())]
            finished = subprocess.run(command, cwd=_FOLDER.parent, check=False)
            if finished.returncode:
                print(f"the step '{step}' failed: {shlex.join(command)}", file=sys.stderr)
                return 1
            print(f"  {step}: {office.figures(step).read_text(encoding='utf-8')}", flush=True)
        results.append(_result(office))
    size = f" --sizes={given.sizes}" if given.sizes != _SIZES else ""
    text = page(results, f"python -m benchmarks.size{size}", load, len(golden_texts()))
    print(text)
    given.out.mkdir(parents=True, exist_ok=True)
    given.out.joinpath("SIZE.md").write_text(text, encoding="utf-8")
    draw(results, given.out / "size.png")
    return 0


def _result(office: SizedOffice) -> Result:
    return Result(
        made=office.made,
        built=read_built(office.figures("build")),
        opened=read_opened(office.figures("open")),
        chroma=read_opened(office.figures("chroma")),
        reloaded=read_reloaded(office.figures("reload")),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.size", description=__doc__)
    parser.add_argument(
        "--sizes", default=_SIZES, help="made-up documents beside the shipped articles, e.g. 0,500"
    )
    parser.add_argument(
        "--others",
        type=Path,
        default=_OTHERS,
        help="paragraphs that documents are made of (SQuAD's JSON)",
    )
    parser.add_argument(
        "--work",
        type=Path,
        help="folder for models, vectors and bases, used again by the next run; a changed index "
        "needs an empty one (default: a temporary folder, 3 GB at 100,000)",
    )
    parser.add_argument("--out", type=Path, default=_FOLDER, help="folder of page and chart")
    return parser


if __name__ == "__main__":
    sys.exit(main())
