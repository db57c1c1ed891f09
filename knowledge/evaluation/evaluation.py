"""Measures retrieval, choice, answers and refusals on question sets."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.answering.decision import decision_weights
from knowledge.answering.excerpt import MAX_ANSWER_CHARACTERS, Excerpter
from knowledge.base import KnowledgeBase
from knowledge.errors import EvaluationError
from knowledge.evaluation.answer_match import holds
from knowledge.evaluation.metrics import (
    NOT_FOUND,
    KindScores,
    QuestionResult,
    Scores,
    scores,
    scores_by_kind,
)
from knowledge.evaluation.noise import Typing, in_typing
from knowledge.evaluation.question_file import read_questions
from knowledge.evaluation.question_set import article_id
from knowledge.evaluation.verbatim_check import VerbatimCheck, VerbatimScores
from knowledge.reload.outcome import Progress, ReloadProgress
from knowledge.retrieval.shortlist import QuestionWords
from knowledge.retrieval.typed_question import MAX_QUESTION_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.encoder import Encoder
    from embeddings.reader import Reader
    from knowledge.answering.assistant import Assistant
    from knowledge.answering.evidence import Evidence
    from knowledge.answering.findings import Findings
    from knowledge.answering.office import Office
    from knowledge.evaluation.question_set import Question, QuestionSet

_RETRIEVED = 30
_STAGES = {
    Typing.TYPED: "Hỏi như đã gõ",
    Typing.WITHOUT_DIACRITICS: "Hỏi không dấu",
    Typing.PARTIAL_DIACRITICS: "Hỏi thiếu dấu",
    Typing.TYPOS: "Hỏi gõ sai",
    Typing.ABBREVIATIONS: "Hỏi viết tắt",
}


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What was measured on one or several files, for their questions in each way of typing.

    `questions` and `unanswerable` count those that were asked: all, or those drawn by `seed`, which
    the noise comes from as well. `kinds` holds the questions in the first way of typing by what the
    sets call their kinds; `wording` covers every answer that was given. From `threshold` on a
    question is answered.
    """

    files: tuple[str, ...]
    model: str
    documents: int
    questions: int
    unanswerable: int
    seed: int
    threshold: float
    scores: dict[Typing, Scores]
    kinds: tuple[KindScores, ...]
    wording: VerbatimScores
    seconds: float


def evaluate(  # noqa: PLR0913 -- each of its options
    files: Sequence[Path],
    encoder: Encoder,
    *,
    reader: Reader | None = None,
    office: Office | None = None,
    articles: Path | None = None,
    typings: Sequence[Typing] = tuple(Typing),
    sample: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> EvaluationReport:
    """Index the documents of each file in a temporary knowledge base and ask its questions.

    The documents become article files and go through the same loading, chunking, indexing,
    retrieval, reading and decision as the office's articles; golden questions are asked of the
    folder `articles`. `office` tells the words of those who ask (None: the shipped ones). With
    `sample` only that many questions of each file are asked, of all its documents. Raises
    EvaluationError for a bad file.
    """
    begun = time.perf_counter()
    sets = [read_questions(file, articles) for file in files]
    if not any(question.is_answerable for one in sets for question in one.questions):
        raise EvaluationError(
            f"Tệp '{files[0]}' không có câu hỏi nào có đáp án. Để hỏi câu ngoài chủ đề, hãy dùng "
            "--off-topic."
        )
    if sample is not None:
        sets = [one.sampled(sample, random.Random(seed)) for one in sets]  # noqa: S311 -- a reproducible draw
    notify = progress or (lambda _: None)
    verbatim = VerbatimCheck()
    documents = 0
    asked: dict[Typing, list[QuestionResult]] = {typing: [] for typing in typings}
    for one in sets:
        with tempfile.TemporaryDirectory(prefix="vanphong-eval-") as name:
            folder = one.articles(Path(name) / "articles")
            with KnowledgeBase(Path(name), encoder, office=office, reader=reader) as base:
                report = base.reload(folder, progress=progress)
                if report.failed:
                    bad = report.failed[0]
                    raise EvaluationError(
                        f"Không lập được chỉ mục cho tài liệu {bad.path}: {bad.reason}."
                    )
                documents += len(report.added)
                examination = _Examination(base.assistant(), one, seed, verbatim, notify)
                for typing in typings:
                    asked[typing] += examination.ask(typing)
    first = asked[typings[0]]
    answerable = sum(result.is_answerable for result in first)
    return EvaluationReport(
        files=tuple(map(str, files)),
        model=encoder.model_id,
        documents=documents,
        questions=answerable,
        unanswerable=len(first) - answerable,
        seed=seed,
        threshold=decision_weights(reader=reader is not None).threshold,
        scores={typing: scores(results) for typing, results in asked.items()},
        kinds=scores_by_kind(first),
        wording=verbatim.scores(),
        seconds=round(time.perf_counter() - begun, 2),
    )


class _Examination:
    """Asks the questions of a set, and checks that every answer is word for word."""

    def __init__(
        self,
        assistant: Assistant,
        question_set: QuestionSet,
        seed: int,
        verbatim: VerbatimCheck,
        notify: Progress,
    ) -> None:
        self._assistant = assistant
        self._set = question_set
        self._seed = seed
        self._verbatim = verbatim
        self._notify = notify
        abbreviations = assistant.glossary.abbreviations
        self._abbreviations = {short: forms[0] for short, forms in abbreviations.items()}

    def ask(self, typing: Typing) -> list[QuestionResult]:
        """Return the results of all questions."""
        results: list[QuestionResult] = []
        for question in self._set.questions:
            results.append(self._result(question, self._typed(question.text, typing)))
            total = len(self._set.questions)
            self._notify(ReloadProgress(_STAGES[typing], len(results), total))
        return results

    def _typed(self, text: str, typing: Typing) -> str:
        """Return the question with noise of its own, whichever others are asked."""
        chance = random.Random(f"{self._seed}:{typing}:{text}")  # noqa: S311 -- reproducible noise
        return in_typing(text, typing, chance, self._abbreviations)[:MAX_QUESTION_CHARACTERS]

    def _result(self, question: Question, text: str) -> QuestionResult:
        answer, found = self._assistant.examine(text, _RETRIEVED)
        self._verbatim.add(answer)
        result = QuestionResult(
            kind=question.kind,
            is_answerable=question.is_answerable,
            rank=_rank(question, found),
            refused=answer.refused,
            probability=answer.confidence,
        )
        if not question.answers:
            return result
        evidence = found.decision.evidence
        corpus = self._assistant.corpus
        words = QuestionWords(found.query.text, corpus)
        excerpter = Excerpter(corpus, words, self._assistant.weights.bold)

        def answers(one: Evidence) -> bool:
            shown = "\n".join(sentence.text for sentence in excerpter.of(one).sentences)
            return _is_right(question, shown)

        read = [(e.reading.logit, e) for e in evidence if e.reading is not None]
        return replace(
            result,
            right=not answer.refused and _is_right(question, answer.text),
            choice=bool(evidence) and answers(evidence[0]),
            held=any(_holds(question, e.candidate.window.text) or answers(e) for e in evidence),
            reader_alone=answers(max(read, key=itemgetter(0))[1]) if read else None,
        )


def _rank(question: Question, found: Findings) -> int | None:
    """Return the rank of the first document that tells, None where the set names none."""
    wanted = set(map(article_id, question.documents))
    ranked = dict.fromkeys(chunk.article_id for chunk in found.ranked)
    ranks = (rank for rank, article in enumerate(ranked) if article in wanted)
    return next(ranks, NOT_FOUND) if wanted else None


def _is_right(question: Question, shown: str) -> bool:
    return len(shown) <= MAX_ANSWER_CHARACTERS and _holds(question, shown)


def _holds(question: Question, text: str) -> bool:
    return any(holds(text, answer) for answer in question.answers)
