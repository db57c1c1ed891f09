"""The benchmark of an office at work, in small: it runs, and nobody waits in vain."""

import shutil
from pathlib import Path

import pytest

from benchmarks.load.figures import lags_ms, memory_growth, waits_ms
from benchmarks.load.office import Plan, held
from benchmarks.load.page import Results, page
from benchmarks.load.staff import QUESTION

PLAN = Plan(people=20, seconds=5, warm_up=1, seed=1, paces=(20.0,))


@pytest.fixture
def data(tmp_path: Path, shipped_data: Path, models_dir: Path) -> Path:
    """A data directory in which the shipped articles are indexed already."""
    folder = shutil.copytree(shipped_data, tmp_path / "data")
    folder.joinpath("models").symlink_to(models_dir, target_is_directory=True)
    return folder


@pytest.mark.slow
async def test_twenty_people_are_served_while_one_floods(data: Path) -> None:
    day = await held(PLAN.flooded(50), data, data / "log")
    assert not day.ledger.unanswered[QUESTION]
    assert waits_ms(day, QUESTION)
    assert lags_ms(day.bot, day)
    assert memory_growth(day)[0] > 100
    logged = data.joinpath("log").read_text(encoding="utf-8")
    assert logged.count("flood_slowed") == 1
    assert "Traceback" not in logged
    table = page(Results(day, day, None, None, 0.0))
    assert f"| {QUESTION} | {len(waits_ms(day, QUESTION))} |" in table
