"""Evidence as retrieval and reader would bring it, made by hand."""

from dataclasses import replace
from functools import cache

import numpy as np

from embeddings import Reading
from knowledge.answering.evidence import Evidence
from knowledge.retrieval.hybrid import Query
from knowledge.retrieval.shortlist import Candidate
from knowledge.retrieval.windows import Window, window_around
from tests.knowledge.small_corpus import chunks_of


@cache
def first_window(text: str, name: str) -> Window:
    return window_around(chunks_of(text, name=name)[0], 0)


CANDIDATE = Candidate(
    window=first_window("Một câu.", "bai.md"), unit=0, rank=0, lead=0.0, similarity=0.0,
    coverage=0.0, context_coverage=0.0, passage_coverage=0.0,
)  # fmt: skip


def query(text: str) -> Query:
    return Query(text, None, np.zeros(2, dtype=np.float32))


def evidence(
    text: str = "Một câu.", stretch: str = "", *, name: str = "bai.md", sure: float = 0.9,
    logit: float = 0.0, score: float = 0.0, **known: float,
) -> Evidence:  # fmt: skip
    """Evidence of the first unit of `text`; the reader takes `stretch` for the answer."""
    window = first_window(text, name)
    start = window.text.index(stretch)
    reading = Reading(logit, (start, start + len(stretch)), sure)
    return Evidence(replace(CANDIDATE, window=window, **known), reading, score)
