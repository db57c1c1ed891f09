"""Builds a base from nothing, with prepared vectors in place of embedding."""

from __future__ import annotations

import random
import shutil
import time
from typing import TYPE_CHECKING

from benchmarks.comparison.our_assistant import Stages
from benchmarks.comparison.prepared_vectors import PreparedEncoder
from benchmarks.comparison.worker import peak_memory
from benchmarks.size.result import Built
from knowledge import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.comparison.place import Place
    from benchmarks.size.office import SizedOffice
    from knowledge.index.corpus import Corpus

_SAMPLE = 60  # chunks whose texts are embedded, to tell how long all would take


def build(office: SizedOffice, place: Place) -> Built:
    """Build the index anew and measure that; embed a sample apart from it."""
    encoder = place.encoder()
    office.write_articles()
    prepared = office.prepared_vectors(encoder, place.vectors)
    embedder = encoder if prepared is None else PreparedEncoder(encoder, prepared)
    shutil.rmtree(office.data_dir, ignore_errors=True)
    begun = time.perf_counter()
    with KnowledgeBase(office.data_dir, embedder) as base:
        report = base.reload(office.articles, progress=Stages())
        seconds, peak = time.perf_counter() - begun, peak_memory()
        assert not report.failed, report.failed[0]
        corpus, _ = base.retrieval()
        texts, rate = _embedding(corpus, encoder.encode_passages)
        documents, chunks = len(corpus.manifest.articles), corpus.manifest.passages
    return Built(
        documents, chunks, seconds, peak, disk(office), texts, rate, made=prepared is not None
    )


def disk(office: SizedOffice) -> float:
    """Return the MB that the index takes."""
    files = (path for path in office.data_dir.joinpath("index").rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) / 2**20


def _embedding(corpus: Corpus, encode: Callable[[list[str]], object]) -> tuple[int, float]:
    """Return how many texts the base has, and how many a second the model embeds."""
    chunks = corpus.chunks
    total = corpus.manifest.records
    sample = random.Random(1).sample(list(chunks), min(_SAMPLE, len(chunks)))
    texts = [text for c in sample for text in (c.embedded_text, *(s.text for s in c.sentences))]
    begun = time.perf_counter()
    encode(texts)
    return total, len(texts) / (time.perf_counter() - begun)
