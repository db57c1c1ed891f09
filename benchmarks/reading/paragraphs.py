"""The reader alone on SQuAD 2.0: whether a paragraph answers a question that is asked of it."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import KnowledgeBase
from knowledge.evaluation.metrics import separation
from knowledge.evaluation.question_file import read_questions
from knowledge.evaluation.question_set import article_id
from knowledge.retrieval.windows import window_around

if TYPE_CHECKING:
    from embeddings import Encoder, Reader
    from knowledge.evaluation.question_set import QuestionSet
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.windows import Window

# as training/documents.py holds them out
_BLOCK = 40  # neighbouring paragraphs
_HELD_OUT = 5  # every so many blocks one, from the first on


@dataclass(frozen=True, slots=True)
class ParagraphScore:
    """How many questions were asked, and the area under the curve of "the paragraph answers"."""

    questions: int
    separation: float | None


def held_out(questions: QuestionSet) -> QuestionSet:
    """Return the paragraphs that no reader was trained on, with their questions."""
    kept = [n for n in range(len(questions.documents)) if n // _BLOCK % _HELD_OUT == 0]
    places = {number: place for place, number in enumerate(kept)}
    return replace(
        questions,
        documents=tuple(questions.documents[number] for number in kept),
        questions=tuple(
            replace(question, documents=(places[question.documents[0]],))
            for question in questions.questions
            if question.documents[0] in places
        ),
    )


def score_paragraphs(file: Path, encoder: Encoder, reader: Reader) -> ParagraphScore:
    """Ask each held-out question of its own paragraph; what counts is the highest logit there."""
    asked = held_out(read_questions(file))
    logits: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as name:
        folder = asked.articles(Path(name) / "articles")
        with KnowledgeBase(Path(name) / "data", encoder) as base:
            base.reload(folder)
            corpus, _ = base.retrieval()
        windows = _windows(corpus)
        for question in asked.questions:
            texts = [(w.context, w.text) for w in windows[article_id(question.documents[0])]]
            readings = reader.read(question.text, texts)
            highest = max(reading.logit for reading in readings)
            logits[question.is_answerable].append(highest)
    return ParagraphScore(len(asked.questions), separation(logits[True], logits[False]))


def _windows(corpus: Corpus) -> dict[str, list[Window]]:
    """Return the windows of each article, none twice."""
    found: dict[str, dict[tuple[str, int, int], Window]] = defaultdict(dict)
    for chunk in corpus.chunks:
        for position in range(len(chunk.sentences)):
            window = window_around(chunk, position)
            found[chunk.article_id][chunk.chunk_id, window.first, window.last] = window
    return {article: list(windows.values()) for article, windows in found.items()}
