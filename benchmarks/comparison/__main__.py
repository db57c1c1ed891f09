"""`python -m benchmarks.comparison`: compares the systems, and writes table and chart."""

from __future__ import annotations

import argparse
import random
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil

from benchmarks.comparison.chart import draw
from benchmarks.comparison.documents import QuestionSet
from benchmarks.comparison.page import page
from benchmarks.comparison.place import Place
from benchmarks.comparison.prepared_vectors import FITTED, PreparedVectors, VectorCache
from benchmarks.comparison.result import SYSTEMS, Result
from knowledge import EvaluationError

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = Path(__file__).parents[1]
_SHARED = _FOLDER.parents[1] / "shared" / "benchmarks"
_SIZES = (240, 10_000, 100_000)
_FIDELITY_SAMPLE = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each system at each size; returns the exit code."""
    given = _parser().parse_args(arguments)
    sizes = [int(size) for size in given.sizes.split(",")]
    try:
        questions = QuestionSet.read(given.squad, given.others)
    except EvaluationError as error:
        print(f"{error}\nName the files with --squad and --others.", file=sys.stderr)
        return 2
    least = len(questions.paragraphs)
    if min(sizes) < least:
        print(f"--sizes must be ≥ {least} (the paragraphs), got {min(sizes)}", file=sys.stderr)
        return 2
    if given.work is not None:
        return _compare(given, questions, sizes, given.work)
    with tempfile.TemporaryDirectory(prefix="comparison-") as name:
        return _compare(given, questions, sizes, Path(name))


def _compare(
    given: argparse.Namespace, questions: QuestionSet, sizes: Sequence[int], work: Path
) -> int:
    load = psutil.getloadavg()[0]
    command_line = shlex.join(["python", "-m", "benchmarks.comparison", *_shown(given)])
    work.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    for size in sizes:
        for name in given.systems.split(","):
            print(f"{SYSTEMS[name]}, {size:,} documents", flush=True)
            file = work / "result.json"
            for step in ("build", "measure"):
                command = [sys.executable, "-m", "benchmarks.comparison.worker", step]
                command += [name, str(size), "--work", str(work), "--result", str(file)]
                command += ["--squad", str(given.squad), "--others", str(given.others)]
                command += ["--timed", str(given.timed), "--ranked", str(given.ranked)]
                finished = subprocess.run(command, cwd=_FOLDER.parent, check=False)
                if finished.returncode:
                    print(f"the step '{step}' failed: {shlex.join(command)}", file=sys.stderr)
                    return 1
            results.append(Result.read(file))
            print(f"  {results[-1]}", flush=True)
    cosine = fidelity(questions, Place(work))
    text = page(results, command_line, cosine, load)
    print(text)
    given.out.mkdir(parents=True, exist_ok=True)
    given.out.joinpath("COMPARISON.md").write_text(text, encoding="utf-8")
    draw(results, given.out / "comparison.png")
    return 0


def _shown(given: argparse.Namespace) -> list[str]:
    """Return the arguments that make the figures what they are; not where files lie."""
    usual = _parser()
    return [
        f"--{name}={getattr(given, name)}"
        for name in ("sizes", "systems", "timed", "ranked")
        if getattr(given, name) != usual.get_default(name)
    ]


def fidelity(questions: QuestionSet, place: Place) -> float:
    """Return the mean cosine of distractors' made-up vectors to those of our encoder."""
    least = len(questions.paragraphs)
    documents = questions.documents(least + 50 * _FIDELITY_SAMPLE)[least:]
    chosen = random.Random(1).sample(documents[FITTED:], _FIDELITY_SAMPLE)
    encoder = place.encoder()
    cache = VectorCache(encoder.model_id, encoder.encode_passages, place.vectors)
    prepared = PreparedVectors.prepare([*documents[:FITTED], *chosen], cache)
    contents = [document.content for document in chosen]
    made = prepared.encode(contents, encoder.encode_passages)
    return float(np.einsum("ij,ij->i", made, encoder.encode_passages(contents)).mean())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparison", description=__doc__)
    parser.add_argument(
        "--squad", type=Path, default=_SHARED / "xquad.vi.json", help="questions (SQuAD's JSON)"
    )
    parser.add_argument(
        "--others",
        type=Path,
        default=_SHARED / "squad2-dev.vi-mt.json",
        help="paragraphs that distractors are made of (SQuAD's JSON)",
    )
    parser.add_argument(
        "--sizes",
        default=",".join(map(str, _SIZES)),
        help="numbers of documents, e.g. 240,10000",
    )
    parser.add_argument("--systems", default=",".join(SYSTEMS), help=f"of {', '.join(SYSTEMS)}")
    parser.add_argument(
        "--work",
        type=Path,
        help="folder for models, vectors and indexes, used again by the next run; a changed "
        "chunker or index needs an empty one (default: a temporary folder, 6 GB at 100,000)",
    )
    parser.add_argument("--timed", type=int, default=300, help="questions to time")
    parser.add_argument(
        "--ranked", type=int, default=10**6, help="questions for quality (default: all)"
    )
    parser.add_argument("--out", type=Path, default=_FOLDER, help="folder of page and chart")
    return parser


if __name__ == "__main__":
    sys.exit(main())
