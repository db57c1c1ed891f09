"""`python -m benchmarks.load.bot_process FILE`: the bot as `vanphong run` serves it, with meters.

It reads the same settings, prints a line once it serves, ends with its standard input, and leaves
what was measured in FILE.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import tracemalloc
from contextlib import suppress
from pathlib import Path

from benchmarks.load.meters import Meters
from bot.log import configure_logging
from bot.serving import running_bot
from bot.settings import load_settings
from bot.terminal.opening import open_encoder

FIND_STALLS = "LOAD_FIND_STALLS"
FIND_GROWTH = "LOAD_FIND_GROWTH"
"""Variables: name where the loop stands still, and which lines hold what memory is taken."""
_LINES = 25


async def serve() -> Meters:
    """Serve until the standard input ends; return what was measured."""
    settings = load_settings()
    configure_logging(settings)
    encoder = await asyncio.to_thread(open_encoder, settings)
    meters = Meters()
    async with running_bot(settings, encoder):
        measuring = asyncio.create_task(meters.measure(find_stalls=FIND_STALLS in os.environ))
        print("serving", flush=True)
        await asyncio.to_thread(_until_told, FIND_GROWTH in os.environ)
        measuring.cancel()
        with suppress(asyncio.CancelledError):
            await measuring
    return meters


def _until_told(find_growth: bool) -> None:  # noqa: FBT001 -- a thread's argument
    """Wait for the end of the input; at each line of it look at the memory, if that is wanted."""
    before = None
    for _ in sys.stdin:
        if not find_growth:
            continue
        gc.collect()
        if before is None:
            tracemalloc.start(8)
            before = tracemalloc.take_snapshot()
            continue
        after = tracemalloc.take_snapshot()
        for line in after.compare_to(before, "lineno")[:_LINES]:
            print(line, file=sys.stderr)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(asyncio.run(serve()).written()), encoding="utf-8")
