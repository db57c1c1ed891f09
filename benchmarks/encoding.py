"""The fast encoder against sentence-transformers itself, on the same weights."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from sentence_transformers import SentenceTransformer

from benchmarks.corpus import QUESTIONS, passages
from benchmarks.measurement import Measurement
from benchmarks.sentence_transformers_directory import write_sentence_transformers_directory
from embeddings.packaged_weights import PackagedWeights, packaged_weights_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from embeddings import Encoder

T = TypeVar("T")
_PASSAGES = 60
_PEER = "sentence-transformers, fp32, torch"


def measure_encoding(encoder: Encoder) -> list[Measurement]:
    """Measure passages a second, milliseconds a question, and how far the vectors agree."""
    texts = passages(_PASSAGES, random.Random(1))
    with tempfile.TemporaryDirectory() as name:
        weights = PackagedWeights.read(packaged_weights_file())
        write_sentence_transformers_directory(weights, Path(name))
        model = SentenceTransformer(name, device="cpu", local_files_only=True)

        def peer_passages() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
            return np.asarray(
                model.encode(texts, prompt=encoder.passage_prompt, normalize_embeddings=True)
            )

        def peer_question(text: str) -> None:
            model.encode([text], prompt=encoder.query_prompt, normalize_embeddings=True)

        encoder.encode_passages(texts[:5])
        peer_question(QUESTIONS[0])
        ours, own_vectors = _timed(lambda: encoder.encode_passages(texts))
        theirs, their_vectors = _timed(peer_passages)
        own_question = min(
            _timed(lambda: [encoder.encode_queries([q]) for q in QUESTIONS])[0] for _ in range(3)
        )
        their_question = min(
            _timed(lambda: [peer_question(q) for q in QUESTIONS])[0] for _ in range(3)
        )
    cosine = float(np.einsum("ij,ij->i", own_vectors, their_vectors).min())
    per_question = 1000 / len(QUESTIONS)
    return [
        Measurement(
            "passages of ~200 tokens encoded", len(texts) / ours, "/s", len(texts) / theirs, _PEER
        ),
        Measurement(
            "a question encoded",
            own_question * per_question,
            "ms",
            their_question * per_question,
            _PEER,
        ),
        Measurement("least cosine to the peer's vectors", cosine, ""),
    ]


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result
