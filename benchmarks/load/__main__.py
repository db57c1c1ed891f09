"""`python -m benchmarks.load`: writes LOAD.md and load.png; half an hour with the usual figures."""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

from benchmarks.load.office import OUR_BOT, Plan, held, reply_waits
from benchmarks.load.page import Results, draw, page
from embeddings import PACKAGED_MODEL, load_encoder

PEER = "benchmarks.load.echo_bot"
PACES = (1.0, 2.0, 3.0, 4.0, 5.0)
_STEP_SECONDS = 40.0
_REPLIES = 200


async def measure(plan: Plan, flood: float, folder: Path, *, alone: bool) -> Results:
    """Hold the days one after another, each with a bot of its own; `alone`: these two only."""
    days = []
    for name, day in (("calm", plan), ("flooded", plan.flooded(flood))):
        days.append(await held(day, _data(folder, name), folder / f"{name}.log"))
    busier = replies = None
    if not alone:
        data = _data(folder, "busier")
        ours = await reply_waits(data, OUR_BOT, _REPLIES)
        replies = (ours, await reply_waits(data, PEER, _REPLIES))
        quicker = Plan(plan.people, len(PACES) * _STEP_SECONDS, 30, plan.seed, PACES)
        busier = await held(quicker, data, folder / "busier.log")
    calm, flooded = days
    return Results(calm, flooded, busier, replies, os.getloadavg()[1])


def _data(folder: Path, name: str) -> Path:
    """Return a new data directory that shares the prepared model."""
    data = folder / name
    data.mkdir()
    data.joinpath("models").symlink_to(folder / "models", target_is_directory=True)
    return data


def main() -> None:
    """Measure, print the page and keep it with its picture beside the other results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--warm-up", type=float, default=180.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--flood", type=float, default=20.0, help="messages a second")
    parser.add_argument("--alone", action="store_true", help="no peer and no quicker paces")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    given = parser.parse_args()
    plan = Plan(given.people, given.seconds, given.warm_up, given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        load_encoder(PACKAGED_MODEL, folder / "models")
        results = asyncio.run(measure(plan, given.flood, folder, alone=given.alone))
    text = page(results)
    print(text)
    given.out.joinpath("LOAD.md").write_text(text, encoding="utf-8")
    draw(results, given.out / "load.png")


if __name__ == "__main__":
    main()
