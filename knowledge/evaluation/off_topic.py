"""Asks another file's questions of a knowledge base that doesn't hold their answers."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from knowledge.evaluation.metrics import share
from knowledge.evaluation.question_file import read_questions
from knowledge.evaluation.verbatim_check import VerbatimCheck, VerbatimScores
from knowledge.reload.outcome import Progress, ReloadProgress

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answering.assistant import Assistant

EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that should have been a refusal, with its confidence and its first source."""

    question: str
    answer: str
    confidence: float
    title: str


@dataclass(frozen=True, slots=True)
class OffTopicReport:
    """The shares of off-topic questions that were refused, as typed and without diacritics, 0..1.

    `answered` counts the answers to questions as typed; `examples` holds the first of them.
    """

    file: str
    kb_version: str
    questions: int
    seed: int
    refused: float
    refused_without_diacritics: float
    answered: int
    examples: tuple[GivenAnswer, ...]
    wording: VerbatimScores
    seconds: float


def ask_off_topic(
    file: Path,
    assistant: Assistant,
    *,
    sample: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> OffTopicReport:
    """Ask `assistant` all questions of `file`, in any format, or `sample` of them by `seed`.

    Nothing is indexed: the base stays as it is. Raises EvaluationError for a bad file.
    """
    begun = time.perf_counter()
    notify = progress or (lambda _: None)
    asked = read_questions(file)
    if sample is not None:
        asked = asked.sampled(sample, random.Random(seed))  # noqa: S311 -- a reproducible draw
    texts = [question.text for question in asked.questions]
    verbatim = VerbatimCheck()
    refused: list[bool] = []
    bare_refused: list[bool] = []
    given: list[GivenAnswer] = []
    for number, text in enumerate(texts):
        answer, bare = assistant.answer(text), assistant.answer(fold(text))
        verbatim.add(answer)
        verbatim.add(bare)
        refused.append(answer.refused)
        bare_refused.append(bare.refused)
        if not answer.refused and len(given) < EXAMPLES:
            title = answer.citations[0].title
            given.append(GivenAnswer(text, answer.text, answer.confidence, title))
        notify(ReloadProgress("Hỏi ngoài chủ đề", number + 1, len(texts)))
    return OffTopicReport(
        file=str(file),
        kb_version=assistant.kb_version,
        questions=len(texts),
        seed=seed,
        refused=share(refused) or 0.0,
        refused_without_diacritics=share(bare_refused) or 0.0,
        answered=len(refused) - sum(refused),
        examples=tuple(given),
        wording=verbatim.scores(),
        seconds=round(time.perf_counter() - begun, 2),
    )
