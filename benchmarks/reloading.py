"""Reloads of 1,000 articles: a changed one against a full build, and answers meanwhile."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import QUESTIONS, SHIPPED, anew, write_corpus
from benchmarks.measurement import Measurement, percentile
from bot.features.knowledge_versions.updates import KnowledgeUpdates
from bot.knowledge_worker import SWITCH_SECONDS, KnowledgeWorker
from knowledge import GOLDEN_FILE, KnowledgeBase, ReloadRequest, article_files
from knowledge.documents.inspection import inspect_document
from knowledge.documents.near_duplicates import KeptFingerprints
from knowledge.documents.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from embeddings import Encoder, Reader
    from knowledge import ReloadReport

_ARTICLES = 990  # beside the ten shipped ones
_IDLE_ROUNDS = 20
_THREADS = 2
_PAUSE = 0.05  # seconds between questions: an office asks no faster


@dataclass(frozen=True, slots=True)
class _Serving:
    idle: list[float]
    busy: list[float]
    reload_seconds: float


def measure_reloading(encoder: Encoder, reader: Reader) -> list[Measurement]:
    """Measure what a change costs, what a reload does to answers, and the way back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        write_corpus(folder, _ARTICLES, random.Random(3))
        golden = SHIPPED.joinpath(GOLDEN_FILE).read_text(encoding="utf-8")
        folder.joinpath(GOLDEN_FILE).write_text(golden, encoding="utf-8")
        with KnowledgeBase(Path(name) / "data", encoder, reader=reader) as base:
            full = base.reload(folder)
            base.assistant()
            _, first = _change_examined(base, folder, 1)
            report, examined = _change_examined(base, folder, 2)
            compared = _compare_upload(folder)
            sys.setswitchinterval(SWITCH_SECONDS)  # as a running bot does
            serving = asyncio.run(_serve(base, folder))
            begun = time.perf_counter()
            base.rollback()
            base.assistant()
            back = time.perf_counter() - begun
    one, whole = report.seconds, full.seconds
    background = serving.reload_seconds
    idle, busy = percentile(serving.idle, 0.95), percentile(serving.busy, 0.95)
    return [
        Measurement("reload of 1,000 articles from nothing", whole, "s"),
        Measurement("… with one article changed", one, "s", whole, "the full one"),
        Measurement("… and examined with 81 questions", examined, "s", whole, "the full one"),
        Measurement("… the first time after a start", first, "s", whole, "the full one"),
        Measurement("an upload compared with 1,000 articles", compared, "s"),
        Measurement("answer during a full reload, p95", busy, "ms", idle, "idle"),
        Measurement("… that reload in the background", background, "s", whole, "alone"),
        Measurement("rollback to the previous version", back, "s"),
    ]


def _change_examined(base: KnowledgeBase, folder: Path, number: int) -> tuple[ReloadReport, float]:
    """Change an article, reload with an exam, and return the report and all of its seconds."""
    changed = folder / f"tu-lieu-{number:05d}.md"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(f"{text}\nThêm một câu vào cuối bài.\n", encoding="utf-8")
    begun = time.perf_counter()
    outcome = base.reload_examined(ReloadRequest(folder))
    assert outcome.promoted
    return outcome.report, time.perf_counter() - begun


def _compare_upload(folder: Path) -> float:
    """Return how long it takes to inspect a document beside the articles of `folder`."""
    name = "tu-lieu-00003.md"
    reading = read_document(folder.joinpath(name).read_bytes(), name)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as kept:
        existing = KeptFingerprints(Path(kept, "fingerprints.npz")).of(article_files(folder))
    assert inspect_document(reading, name, existing).duplicates
    return time.perf_counter() - begun


async def _serve(base: KnowledgeBase, folder: Path) -> _Serving:
    worker = KnowledgeWorker(base.assistant(), _THREADS)
    try:
        rounds = iter(range(_IDLE_ROUNDS))
        await _latencies(worker, lambda: next(rounds, None) is not None)  # warm
        rounds = iter(range(_IDLE_ROUNDS))
        idle = await _latencies(worker, lambda: next(rounds, None) is not None)
        updates = KnowledgeUpdates(base, worker)
        begun = time.perf_counter()
        reload = asyncio.ensure_future(updates.reload(ReloadRequest(folder, full=True)))
        busy = await _latencies(worker, lambda: not reload.done())
        assert (await reload).promoted
        return _Serving(idle, busy, time.perf_counter() - begun)
    finally:
        worker.close()


async def _latencies(worker: KnowledgeWorker, goes_on: Callable[[], bool]) -> list[float]:
    latencies: list[float] = []
    while goes_on():
        for question in QUESTIONS:
            asked = anew(question, len(latencies))
            begun = time.perf_counter()
            await worker.answer(asked)
            latencies.append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(_PAUSE)
    return latencies
