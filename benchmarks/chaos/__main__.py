"""`python -m benchmarks.chaos`: kills the bot while people use it; writes table and chart.

Segments stand alone: each has an office, people and a seed of its own. With `--state FILE` a run
that was stopped goes on after the last whole one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.chaos.comparison import Tally
from benchmarks.chaos.page import write_page
from benchmarks.chaos.segment import Models, run_segment
from embeddings import PACKAGED_MODEL, load_encoder, load_reader

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all segments; 1 where anything was lost or came twice."""
    given = _parser().parse_args(arguments)
    done = _done(given.state)
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        work = given.work or Path(name)
        folder = given.models or work / "models"
        encoder = load_encoder(PACKAGED_MODEL, folder)
        models = Models(encoder, load_reader(encoder, folder), folder.resolve())
        for number in range(len(done), -(-given.kills // given.segment)):
            kills = min(given.segment, given.kills - number * given.segment)
            place = work / f"segment-{number}"
            tally = asyncio.run(
                run_segment(
                    place, models, kills=kills, people=given.people, seed=given.seed + number
                )
            )
            done.append(tally)
            if given.state is not None:
                with given.state.open("a", encoding="utf-8") as file:
                    file.write(tally.json() + "\n")
            print(write_page(done, given.out, people=given.people, seed=given.seed), flush=True)
    return 1 if any(each.lost or each.doubled for each in done) else 0


def _done(state: Path | None) -> list[Tally]:
    if state is None or not state.exists():
        return []
    return [Tally(**json.loads(line)) for line in state.read_text("utf-8").splitlines()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--segment", type=int, default=20, help="kills of one office")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--state", type=Path, help="where segments are kept to go on after")
    parser.add_argument("--work", type=Path, help="where offices are kept to look at")
    parser.add_argument("--models", type=Path, help="where the models are prepared already")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    return parser


if __name__ == "__main__":
    sys.exit(main())
