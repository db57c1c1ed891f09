"""`python -m benchmarks.inline_mode`: inline results while somebody types, over the sandbox."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from pydantic import SecretStr

from benchmarks.corpus import QUESTIONS
from benchmarks.measurement import Measurement, percentile, report
from bot.sandbox import Sandbox
from bot.serving import running_bot
from bot.settings import Settings
from embeddings import PACKAGED_MODEL, Encoder, load_encoder

_STEP = 3  # characters typed between two queries
_WARM_UP = "ngày truyền thống"


def measure_inline_mode(encoder: Encoder, data_dir: Path) -> list[Measurement]:
    """Type questions and measure how long the results of each beginning take to come."""
    latencies = asyncio.run(_latencies(encoder, data_dir))
    subject = f"inline results of {len(latencies)} beginnings of questions, HTTP and all"
    return [
        Measurement(f"{subject}, p50", percentile(latencies, 0.5), "ms"),
        Measurement("… p95", percentile(latencies, 0.95), "ms"),
    ]


async def _latencies(encoder: Encoder, data_dir: Path) -> list[float]:
    """Return the milliseconds from a person's request to the bot's results."""
    typed = [q[:end] for q in QUESTIONS for end in range(_STEP, len(q) + 1, _STEP)]
    async with Sandbox() as sandbox:
        settings = Settings(
            telegram_bot_token=SecretStr(sandbox.token),
            telegram_api_url=sandbox.api_url,
            data_dir=data_dir,
            _env_file=None,  # type: ignore[call-arg]  # of pydantic-settings
        )
        async with running_bot(settings, encoder):
            person = sandbox.persona("staff")
            await person.asks_inline(_WARM_UP)
            latencies = []
            for query in dict.fromkeys(typed):
                begun = time.perf_counter()
                await person.asks_inline(query)
                latencies.append((time.perf_counter() - begun) * 1000)
            return latencies


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        encoder = load_encoder(PACKAGED_MODEL, Path(name) / "models", progress=print)
        print(report(measure_inline_mode(encoder, Path(name))))


if __name__ == "__main__":
    main()
