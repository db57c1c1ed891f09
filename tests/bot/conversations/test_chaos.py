"""The benchmark that kills the bot, for a moment; `python -m benchmarks.chaos` goes on longer."""

from pathlib import Path

import pytest

from benchmarks.chaos.segment import Models, run_segment
from embeddings import Encoder, Reader


@pytest.mark.slow
async def test_kills_at_random_moments_lose_and_double_nothing(
    tmp_path: Path, encoder: Encoder, reader: Reader, models_dir: Path
) -> None:
    models = Models(encoder, reader, models_dir)
    tally = await run_segment(tmp_path / "office", models, kills=2, people=8, seed=3)
    assert tally.faults == []
    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.questions
