"""Opens a base and answers, and opens Chroma alone over the same vectors."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psutil

from benchmarks.corpus import QUESTIONS
from benchmarks.measurement import percentile
from benchmarks.size.office import golden_texts
from benchmarks.size.result import Memory, Opened
from embeddings.vietnamese import fold
from knowledge import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.comparison.place import Place
    from benchmarks.size.office import SizedOffice

_NEAREST = 30


def open_base(office: SizedOffice, place: Place) -> Opened:
    """Open the base until its assistant is ready, and ask it the golden questions."""
    encoder = place.encoder()
    reader = place.reader(encoder)
    models = memory()
    base = KnowledgeBase(office.data_dir, encoder, reader=reader)
    begun = time.perf_counter()
    base.open()
    assistant = base.assistant()
    seconds = time.perf_counter() - begun
    latencies = _milliseconds(assistant.answer)
    opened = Opened(
        seconds, models, memory(), percentile(latencies, 0.5), percentile(latencies, 0.95)
    )
    base.close()
    return opened


def open_chroma(office: SizedOffice, place: Place) -> Opened:
    """Open Chroma alone until the first nearest neighbours are there; then ask on.

    The models are loaded as well, so that both processes differ in nothing else.
    """
    encoder = place.encoder()
    reader = place.reader(encoder)
    models = memory()
    vector = encoder.encode_queries(["ngày truyền thống"])
    begun = time.perf_counter()
    import chromadb  # noqa: PLC0415 -- importing it is part of opening, as it is of ours

    client = chromadb.PersistentClient(str(office.data_dir / "index" / "chroma"))
    (name,) = [found.name for found in client.list_collections()]
    collection: Any = client.get_collection(name, embedding_function=None)
    collection.query(query_embeddings=vector, n_results=_NEAREST)
    seconds = time.perf_counter() - begun

    def answer(question: str) -> object:
        found = encoder.encode_queries([question])
        return collection.query(query_embeddings=found, n_results=_NEAREST)

    latencies = _milliseconds(answer)
    opened = Opened(
        seconds, models, memory(), percentile(latencies, 0.5), percentile(latencies, 0.95)
    )
    client.close()
    del reader
    return opened


def memory() -> Memory:
    """Return what this process holds now."""
    info = psutil.Process().memory_full_info()
    proportional = getattr(info, "pss", info.rss)  # only Linux tells
    return Memory(info.rss / 2**20, proportional / 2**20, info.uss / 2**20)


def _milliseconds(answer: Callable[[str], object]) -> list[float]:
    """Ask the golden questions once, every other one without diacritics, after other ones."""
    for text in QUESTIONS:
        answer(text)
    times = []
    for number, text in enumerate(golden_texts()):
        typed = fold(text) if number % 2 else text
        begun = time.perf_counter()
        answer(typed)
        times.append((time.perf_counter() - begun) * 1000)
    return times
