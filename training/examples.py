"""Examples for the reader: each question with the windows that the product would read for it."""

from __future__ import annotations

import pickle
import random
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from knowledge.base import KnowledgeBase
from knowledge.evaluation.noise import mistyped, partly_folded
from knowledge.retrieval.shortlist import shortlist
from knowledge.retrieval.windows import Window
from training.answers import answer_parts, places, span_of, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable

    from embeddings.encoder import Encoder
    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.shortlist import Candidate
    from training.answers import Place
    from training.documents import Base, Question, Split

_HITS = 8
_READ = 12  # windows that are kept of a question; training draws from them
_SURE = 6  # letters of an answer that is hardly told by chance
_TYPINGS: tuple[tuple[float, Callable[[str, random.Random], str]], ...] = (
    (0.6, lambda text, _: text),
    (0.3, lambda text, _: fold(text)),
    (0.05, partly_folded),
    (0.05, mistyped),
)


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """A window as the reader sees it; `span` is where the answer stands in `text`, if it does.

    `features` are what retrieval knows of it. `doubtful`: it may answer, though nobody said so.
    """

    context: str
    text: str
    span: tuple[int, int] | None
    doubtful: bool
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question as the product read it, with its windows, the most promising first."""

    question: str
    kind: str
    answerable: bool
    windows: tuple[ReadWindow, ...]
    retrieved: bool = field(default=True)  # False: the answering window was added, not found


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of one base."""

    base: str
    split: Split
    source: str
    examples: tuple[Example, ...]


def prepare(base: Base, encoder: Encoder, seed: int) -> Examples:
    """Index the documents of `base` as the product does, and ask its questions.

    Most questions are asked as typed, some without diacritics and some mistyped, each as the
    product restores it.
    """
    rng = random.Random(f"{seed} {base.name}")
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        for document in base.documents:
            document.write(articles)
        with KnowledgeBase(Path(folder) / "data", encoder) as knowledge:
            knowledge.reload(articles)
            corpus, retrieval = knowledge.retrieval()
            chunks: dict[str, list[Chunk]] = defaultdict(list)
            for chunk in corpus.chunks:
                chunks[chunk.article_id.removesuffix(".md")].append(chunk)
            documents = {document.document_id: document for document in base.documents}
            examples = []
            for question in base.questions:
                typing = rng.choices([t for _, t in _TYPINGS], [w for w, _ in _TYPINGS])[0]
                query = retrieval.query(typing(question.text, rng))
                hits = retrieval.search(query, _HITS)
                gold = [
                    (answer.text, place)
                    for answer in question.answers
                    for place in places(answer, documents[answer.document], chunks[answer.document])
                ]
                if question.answers and not gold:
                    continue  # a table or list that was cut apart
                read = [
                    _window(c.window, question, gold, _features(c))
                    for c in shortlist(query, hits, corpus, _READ)
                ]
                found = any(window.span for window in read)
                if gold and not found:
                    read.append(_gold_window(gold[0], question, gold, corpus))
                examples.append(
                    Example(query.text, question.kind, bool(gold), tuple(read), found or not gold)
                )
    return Examples(base.name, base.split, base.source, tuple(examples))


def _features(candidate: Candidate) -> tuple[float, ...]:
    return (
        float(candidate.rank),
        candidate.lead,
        candidate.similarity,
        candidate.coverage,
        candidate.context_coverage,
        candidate.passage_coverage,
    )


def _gold_window(
    gold: tuple[str, Place], question: Question, every: list[tuple[str, Place]], corpus: Corpus
) -> ReadWindow:
    """Return the window around an answer that retrieval did not bring."""
    _, (chunk_id, first, last) = gold
    chunk = corpus.chunks[corpus.row_of[chunk_id]]
    return _window(Window(chunk, first, last), question, every, ())


def _window(
    window: Window,
    question: Question,
    gold: list[tuple[str, Place]],
    features: tuple[float, ...],
) -> ReadWindow:
    span = None
    for answer, (chunk_id, first, last) in gold:
        if chunk_id != window.chunk.chunk_id or not (window.first <= first <= window.last):
            continue
        held = last <= window.last or len(answer_parts(answer)) > 1
        text = window.text
        offset = window.chunk.sentences[first].start - window.start if first > window.first else 0
        part = span_of(answer, text[offset:]) if held else None
        if part is not None:
            span = (part[0] + offset, part[1] + offset)
            break
    doubtful = False
    if span is None and question.answers:
        small = squeezed(window.text)[0]
        parts = [answer_parts(answer.text) for answer in question.answers]
        doubtful = any(
            sum(map(len, some)) >= _SURE and all(part in small for part in some) for some in parts
        ) or any(
            place[0] == window.chunk.chunk_id
            and place[1] <= window.last
            and place[2] >= window.first
            for _, place in gold
        )
    return ReadWindow(window.context, window.text, span, doubtful, features)


def save(examples: Examples, path: Path) -> None:
    """Write the examples to `path`, complete or not at all."""
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(examples))
    part.replace(path)


def load(path: Path) -> Examples:
    """Read what `save` wrote."""
    examples: Examples = pickle.loads(path.read_bytes())  # noqa: S301 -- our own file
    return examples
