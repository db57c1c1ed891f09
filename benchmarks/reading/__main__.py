"""`python -m benchmarks.reading FILE…`: writes benchmarks/READING.md and its reliability diagram.

Bases in JSON lines are one set together, every other file is a set of its own; golden questions are
asked of the articles in `--articles`. Each question is asked as typed and without diacritics.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import SHIPPED
from benchmarks.reading.page import PICTURE, SIGNALS_HEADING, TYPINGS, page
from benchmarks.reading.paragraphs import score_paragraphs
from benchmarks.reading.reliability import draw_reliability
from embeddings import PACKAGED_MODEL, load_encoder, load_reader
from knowledge import evaluate
from knowledge.evaluation.noise import Typing

_FOLDER = Path(__file__).parents[1]
RESULTS = _FOLDER / "READING.md"
_JSON_LINES = ".jsonl"


def main(arguments: list[str]) -> None:
    """Measure, print the page and keep it, with the diagram, beside the other results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--articles", type=Path, default=SHIPPED, help="what golden files ask of")
    parser.add_argument("--squad", type=Path, help="translated SQuAD 2.0, its held-out paragraphs")
    parser.add_argument("--sample", type=int, help="questions of each file (all by default)")
    parser.add_argument("--models", type=Path, help="where the packaged model is prepared")
    options = parser.parse_args(arguments)
    bases = [file for file in options.files if file.suffix == _JSON_LINES]
    sets = {f"bases ({len(bases)})": bases} if bases else {}
    sets |= {file.stem: [file] for file in options.files if file not in bases}
    with tempfile.TemporaryDirectory() as name:
        models = options.models or Path(name)
        encoder = load_encoder(PACKAGED_MODEL, models, progress=print)
        reader = load_reader(encoder, models)
        reports = {
            name: evaluate(
                files,
                encoder,
                reader=reader,
                articles=options.articles,
                typings=tuple(TYPINGS),
                sample=options.sample,
            )
            for name, files in sets.items()
        }
        squad = options.squad and score_paragraphs(options.squad, encoder, reader)
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
    written = page(
        _command(options.files, options.squad, options.sample),
        reports,
        squad,
        before.partition(SIGNALS_HEADING)[2],
    )
    print(written)
    RESULTS.write_text(written, encoding="utf-8")
    draw_reliability(
        {name: report.scores[Typing.TYPED].calibration for name, report in reports.items()},
        _FOLDER / PICTURE,
    )


def _command(files: list[Path], squad: Path | None, sample: int | None) -> str:
    """Return the command that measures the same, without the places of this machine."""
    words = ["python -m benchmarks.reading", *map(_named, files)]
    words += ["--squad", _named(squad)] if squad else []
    words += ["--sample", str(sample)] if sample else []
    return " ".join(words)


def _named(file: Path) -> str:
    inside = not file.is_absolute() and ".." not in file.parts
    return file.as_posix() if inside else file.name


if __name__ == "__main__":
    main(sys.argv[1:])
