"""Starting from nothing, and from cold, against importing sentence-transformers."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.measurement import Measurement

_VANPHONG = "import sys; from bot.cli import main; main(sys.argv[1:])"
_PEER_CODE = "import sentence_transformers"
_PEER = "import sentence_transformers"
_ROUNDS = 3


def measure_starting() -> list[Measurement]:
    """Measure the first command on a fresh data directory, and later ones, with their memory."""
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "DATA_DIR": name, "LOG_LEVEL": "ERROR"}
        environment.pop("TELEGRAM_BOT_TOKEN", None)
        ask = [sys.executable, "-c", _VANPHONG, "ask", "2 thao la gi"]
        reload = [sys.executable, "-c", _VANPHONG, "reload"]
        first, _ = _run(ask, environment)
        cold = [_run(ask, environment) for _ in range(_ROUNDS)]
        reloads = [_run(reload, environment) for _ in range(_ROUNDS)]
        rebuilt, _ = _run([*reload, "--full"], environment)
        peer = [_run([sys.executable, "-c", _PEER_CODE], environment) for _ in range(_ROUNDS)]
    peer_seconds = min(seconds for seconds, _ in peer)
    peer_memory = max(memory for _, memory in peer)
    return [
        Measurement("first `ask` ever: model prepared, articles indexed", first, "s"),
        Measurement("cold `ask`, prepared", min(s for s, _ in cold), "s", peer_seconds, _PEER),
        Measurement("`reload --full` of the shipped articles", rebuilt, "s", peer_seconds, _PEER),
        Measurement(
            "`reload`, nothing changed", min(s for s, _ in reloads), "s", peer_seconds, _PEER
        ),
        Measurement("peak memory of `ask`", max(m for _, m in cold), "MB", peer_memory, _PEER),
    ]


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return the seconds that `command` ran and its peak resident memory in MB."""
    begun = time.perf_counter()
    process = psutil.Popen(
        command,
        env=environment,
        cwd=Path(__file__).parents[1],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.01)
    if process.wait() != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return time.perf_counter() - begun, peak / 2**20
