"""The passages that a model may write from: the evidence, numbered, with what each states."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.articles.chunk import UnitKind
from knowledge.retrieval.windows import lead_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.answering.answer import Answer
    from knowledge.answering.findings import Findings
    from knowledge.articles.chunk import Chunk, Sentence
    from knowledge.index.citation import Citation
    from knowledge.index.corpus import Corpus

MOST_PASSAGES = 4
_BEHIND = 2.0  # of the score by which evidence is chosen: what is further behind answers nothing
_LISTED = frozenset({UnitKind.ITEM, UnitKind.ROW})


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an article that a model may cite as [number]; its words are `citation.quote`.

    `context` tells title, headings, number and day of the document. `statements` are its units,
    items and rows of a list or table behind what leads them in.
    """

    number: int
    context: str
    citation: Citation
    statements: tuple[str, ...]


def passages_of(answer: Answer, found: Findings, corpus: Corpus) -> tuple[Passage, ...]:
    """Return what a model may write from: what `answer` shows first, then other good evidence."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for sentence in answer.sentences:
        citation = sentence.citation
        start = citation.passage.find(citation.quote)
        ranges.setdefault(citation.chunk_id, []).append((start, start + len(citation.quote)))
    evidence = found.decision.evidence
    for one in evidence:
        if one.score >= evidence[0].score - _BEHIND:
            window = one.candidate.window
            ranges.setdefault(one.chunk.chunk_id, []).append((window.start, window.end))
    chosen = list(ranges.items())[:MOST_PASSAGES]
    return tuple(
        _passage(number, corpus.chunks[corpus.row_of[chunk_id]], parts, corpus)
        for number, (chunk_id, parts) in enumerate(chosen, 1)
    )


def _passage(number: int, chunk: Chunk, parts: list[tuple[int, int]], corpus: Corpus) -> Passage:
    start, end = min(begin for begin, _ in parts), max(finish for _, finish in parts)
    units = [unit for unit in chunk.sentences if unit.start < end and unit.end > start]
    if units:
        start, end = min(start, units[0].start), max(end, units[-1].end)
    citation = corpus.citation(chunk, chunk.text[start:end])
    details = (citation.title, citation.heading, citation.number, citation.published)
    return Passage(
        number,
        " › ".join(part for part in details if part),
        citation,
        tuple(_statements(chunk, units)),
    )


def _statements(chunk: Chunk, units: list[Sentence]) -> Iterator[str]:
    """Yield what each unit states; the units of one item state one thing."""
    for (listed, _), same in groupby(units, lambda u: (u.kind in _LISTED, u.block)):
        together = list(same)
        if not listed:
            yield from (unit.text for unit in together)
            continue
        rows = [[unit] for unit in together] if together[0].kind is UnitKind.ROW else [together]
        for row in rows:
            lead = lead_in(chunk, chunk.sentences.index(row[0]))
            text = " ".join(unit.text for unit in row)
            yield f"{lead}\n{text}" if lead else text
