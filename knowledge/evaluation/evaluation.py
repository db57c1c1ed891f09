"""Measures retrieval, evidence and refusal on a question set in SQuAD format."""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.answering.question import QuestionKind, analyse
from knowledge.base import KnowledgeBase
from knowledge.errors import EvaluationError
from knowledge.evaluation.metrics import (
    NOT_FOUND,
    KindScores,
    QuestionResult,
    RefusalScores,
    Scores,
    refusal_scores,
    scores,
    scores_by_kind,
)
from knowledge.evaluation.noise import Typing, in_typing
from knowledge.evaluation.squad import SquadQuestion, SquadSet, read_squad
from knowledge.evaluation.verbatim_check import VerbatimCheck, VerbatimScores
from knowledge.reload.outcome import Progress, ReloadProgress
from knowledge.retrieval.typed_question import MAX_QUESTION_CHARACTERS

if TYPE_CHECKING:
    from embeddings.encoder import Encoder
    from knowledge.answering.answer import Answer
    from knowledge.answering.assistant import Assistant
    from knowledge.answering.office import Office

_RETRIEVED = 30
_MARKUP = re.compile(r"^(\s*)([#>*+•-]|\d+[.)])", re.MULTILINE)
_STAGES = {
    Typing.TYPED: "Hỏi như đã gõ",
    Typing.WITHOUT_DIACRITICS: "Hỏi không dấu",
    Typing.PARTIAL_DIACRITICS: "Hỏi thiếu dấu",
    Typing.TYPOS: "Hỏi gõ sai",
    Typing.ABBREVIATIONS: "Hỏi viết tắt",
}


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What was measured on one file, for its questions in each way of typing.

    `questions` and `unanswerable` count those that were asked: all, or those drawn by `seed`, which
    the noise comes from as well. `refusal` holds the refusals by way of typing, `kinds` the
    questions as typed by what they ask for; `wording` covers every answer that was given.
    """

    file: str
    model: str
    paragraphs: int
    questions: int
    unanswerable: int
    seed: int
    typed: Scores
    without_diacritics: Scores
    partial_diacritics: Scores
    typos: Scores
    abbreviations: Scores
    refusal: dict[Typing, RefusalScores]
    kinds: tuple[KindScores, ...]
    wording: VerbatimScores
    seconds: float

    def scores(self, typing: Typing) -> Scores:
        """Return the scores of one way of typing."""
        found: Scores = getattr(self, typing.value)
        return found


def evaluate(  # noqa: PLR0913 -- each of its options
    file: Path,
    encoder: Encoder,
    *,
    office: Office | None = None,
    sample: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> EvaluationReport:
    """Index the paragraphs of `file` in a temporary knowledge base and ask its questions.

    The paragraphs become article files and go through the same loading, chunking, indexing,
    retrieval, evidence and refusal as the office's articles. `office` tells the words of those who
    ask (None: the shipped ones). With `sample` only that many questions are asked, of all
    paragraphs. Raises EvaluationError for a bad file.
    """
    begun = time.perf_counter()
    squad = read_squad(file)
    if not squad.questions:
        raise EvaluationError(
            f"Tệp '{file}' không có câu hỏi nào có đáp án. Để hỏi câu ngoài chủ đề, hãy dùng "
            "--off-topic."
        )
    if sample is not None:
        squad = squad.sampled(sample, random.Random(seed))  # noqa: S311 -- a reproducible draw
    notify = progress or (lambda _: None)
    with tempfile.TemporaryDirectory(prefix="vanphong-eval-") as name:
        folder = Path(name) / "articles"
        _write_articles(squad, folder)
        with KnowledgeBase(Path(name), encoder, office=office) as base:
            report = base.reload(folder, progress=progress)
            if report.failed:
                bad = report.failed[0]
                raise EvaluationError(f"Không lập được chỉ mục cho đoạn {bad.path}: {bad.reason}.")
            examination = _Examination(base.assistant(), squad, seed, notify)
            asked = {typing: examination.ask(typing) for typing in Typing}
    return EvaluationReport(
        file=str(file),
        model=encoder.model_id,
        paragraphs=len(squad.paragraphs),
        questions=len(squad.questions),
        unanswerable=len(squad.unanswerable),
        seed=seed,
        **{typing.value: scores(answerable) for typing, (answerable, _) in asked.items()},
        refusal={typing: refusal_scores(*results) for typing, results in asked.items()},
        kinds=scores_by_kind(*asked[Typing.TYPED]),
        wording=examination.verbatim.scores(),
        seconds=round(time.perf_counter() - begun, 2),
    )


def _write_articles(squad: SquadSet, folder: Path) -> None:
    folder.mkdir()
    for number, paragraph in enumerate(squad.paragraphs):
        text = _MARKUP.sub(r"\1\\\2", paragraph.text)
        title = json.dumps(paragraph.title or "-", ensure_ascii=False)
        folder.joinpath(_article_id(number)).write_text(
            f"---\ntitle: {title}\n---\n{text}\n", encoding="utf-8"
        )


def _article_id(paragraph: int) -> str:
    return f"{paragraph:06d}.md"


class _Examination:
    """Asks the questions of a set, and checks that every answer is word for word."""

    def __init__(self, assistant: Assistant, squad: SquadSet, seed: int, notify: Progress) -> None:
        self.verbatim = VerbatimCheck()
        self._assistant = assistant
        self._squad = squad
        self._seed = seed
        self._notify = notify
        abbreviations = assistant.glossary.abbreviations
        self._abbreviations = {short: forms[0] for short, forms in abbreviations.items()}

    def ask(self, typing: Typing) -> tuple[list[QuestionResult], list[QuestionResult]]:
        """Return the results of the answerable questions and of the unanswerable ones."""
        answerable: list[QuestionResult] = []
        unanswerable: list[QuestionResult] = []
        squad = self._squad
        total = len(squad.questions) + len(squad.unanswerable)
        for question in (*squad.questions, *squad.unanswerable):
            text = self._typed(question.text, typing)
            answer, passages, sentences = self._assistant.examine(text, _RETRIEVED)
            self.verbatim.add(answer)
            kind = analyse(question.text).kind
            if len(answerable) < len(squad.questions):
                articles = [chunk.article_id for chunk in passages]
                answerable.append(_result(question, kind, answer, articles, sentences))
            else:
                unanswerable.append(
                    QuestionResult(kind, NOT_FOUND, None, answer.refused, answer.confidence, None)
                )
            done = len(answerable) + len(unanswerable)
            self._notify(ReloadProgress(_STAGES[typing], done, total))
        return answerable, unanswerable

    def _typed(self, text: str, typing: Typing) -> str:
        """Return the question with noise of its own, whichever others are asked."""
        chance = random.Random(f"{self._seed}:{typing}:{text}")  # noqa: S311 -- reproducible noise
        return in_typing(text, typing, chance, self._abbreviations)[:MAX_QUESTION_CHARACTERS]


def _result(
    question: SquadQuestion,
    kind: QuestionKind,
    answer: Answer,
    articles: list[str],
    sentences: list[str],
) -> QuestionResult:
    ranked = list(dict.fromkeys(articles))
    wanted = _article_id(question.paragraph)
    is_right = not answer.refused and _holds_gold(
        question, "\n".join(sentence.text for sentence in answer.sentences)
    )
    return QuestionResult(
        kind=kind,
        rank=ranked.index(wanted) if wanted in ranked else NOT_FOUND,
        sentence_rank=_sentence_rank(question, sentences) if question.answers else None,
        refused=answer.refused,
        confidence=answer.confidence,
        is_right=is_right if question.answers else None,
    )


def _sentence_rank(question: SquadQuestion, sentences: list[str]) -> int:
    ranks = (rank for rank, text in enumerate(sentences) if _holds_gold(question, text))
    return next(ranks, NOT_FOUND)


def _holds_gold(question: SquadQuestion, text: str) -> bool:
    return any(answer in text for answer in question.answers)
