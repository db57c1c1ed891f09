"""Answers on a base of 1,000 chunks against plain dense retrieval with the same parts."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import chromadb

from benchmarks.corpus import QUESTIONS, anew, write_corpus
from benchmarks.measurement import Measurement, percentile
from knowledge import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

    from embeddings import Encoder, Reader

_ARTICLES = 245  # of four chunks, and the shipped ones
_ROUNDS = 20
_PEER = "same model + Chroma top 5, nothing read"


def measure_answering(encoder: Encoder, reader: Reader) -> list[Measurement]:
    """Measure warm answers, a full reload and one with nothing changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        write_corpus(folder, _ARTICLES, random.Random(2))
        with KnowledgeBase(Path(name) / "data", encoder, reader=reader) as base:
            full = base.reload(folder)
            unchanged = base.reload(folder)
            assistant = base.assistant()
            corpus, _ = base.retrieval()
            chunks = len(corpus.chunks)
            ours = _latencies(assistant.answer)
            client = chromadb.EphemeralClient()
            collection = client.create_collection("peer", embedding_function=None)
            collection.upsert(
                ids=[chunk.chunk_id for chunk in corpus.chunks],
                embeddings=corpus.vectors.of_passages(range(chunks)),
            )
            theirs = _latencies(
                lambda question: collection.query(
                    query_embeddings=encoder.encode_queries([question]), n_results=5
                )
            )
    return [
        Measurement(
            f"warm answer, {chunks} chunks, p50",
            percentile(ours, 0.5),
            "ms",
            percentile(theirs, 0.5),
            _PEER,
        ),
        Measurement(
            f"warm answer, {chunks} chunks, p95",
            percentile(ours, 0.95),
            "ms",
            percentile(theirs, 0.95),
            _PEER,
        ),
        Measurement(f"reload of {chunks} chunks from nothing", full.seconds, "s"),
        Measurement(
            "reload with nothing changed", unchanged.seconds, "s", full.seconds, "the full one"
        ),
    ]


def _latencies(work: Callable[[str], object]) -> list[float]:
    for question in QUESTIONS:
        work(question)
    latencies = []
    for number in range(_ROUNDS):
        for question in QUESTIONS:
            asked = anew(question, number)
            begun = time.perf_counter()
            work(asked)
            latencies.append((time.perf_counter() - begun) * 1000)
    return latencies
