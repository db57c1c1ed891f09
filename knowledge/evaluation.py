"""Measures retrieval and evidence on a question set in SQuAD format."""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embeddings.vietnamese import fold
from knowledge.base import KnowledgeBase
from knowledge.errors import EvaluationError
from knowledge.ranking import NOT_FOUND, mean_reciprocal_rank, ndcg_at, recall_at
from knowledge.reload import ReloadProgress
from knowledge.squad import SquadQuestion, SquadSet, read_squad

if TYPE_CHECKING:
    from embeddings.encoder import Encoder
    from knowledge.assistant import Assistant

_RETRIEVED = 30
_MARKUP = re.compile(r"^(\s*)([#>*+•-]|\d+[.)])", re.MULTILINE)
Progress = Callable[[ReloadProgress], None]


@dataclass(frozen=True, slots=True)
class Scores:
    """Retrieval of the gold paragraph and of a sentence that holds the answer; all in 0..1."""

    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float
    ndcg_at_10: float
    answer_sentence_at_1: float
    answer_sentence_at_3: float


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The scores of one file, for questions as typed and with their diacritics removed."""

    file: str
    model: str
    paragraphs: int
    questions: int
    typed: Scores
    without_diacritics: Scores
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        return dataclasses.asdict(self)


def evaluate(file: Path, encoder: Encoder, *, progress: Progress | None = None) -> EvaluationReport:
    """Index the paragraphs of `file` in a temporary knowledge base and ask its questions.

    The paragraphs become article files and go through the same loading, chunking, indexing,
    retrieval and evidence as the office's articles. Raises EvaluationError for a bad file.
    """
    begun = time.perf_counter()
    squad = read_squad(file)
    notify = progress or (lambda _: None)
    with tempfile.TemporaryDirectory(prefix="vanphong-eval-") as name:
        folder = Path(name) / "articles"
        _write_articles(squad, folder)
        with KnowledgeBase(Path(name), encoder) as base:
            report = base.reload(folder, progress=progress)
            if report.failed:
                bad = report.failed[0]
                raise EvaluationError(f"Không lập được chỉ mục cho đoạn {bad.path}: {bad.reason}.")
            assistant = base.assistant()
            typed = _score(assistant, squad, lambda text: text, "Hỏi như đã gõ", notify)
            bare = _score(assistant, squad, fold, "Hỏi không dấu", notify)
    return EvaluationReport(
        file=str(file),
        model=encoder.model_id,
        paragraphs=len(squad.paragraphs),
        questions=len(squad.questions),
        typed=typed,
        without_diacritics=bare,
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


def _score(
    assistant: Assistant,
    squad: SquadSet,
    typing: Callable[[str], str],
    stage: str,
    notify: Progress,
) -> Scores:
    ranks: list[int] = []
    evidence_ranks: list[int] = []
    for number, question in enumerate(squad.questions):
        passages, sentences = assistant.ranking(typing(question.text), _RETRIEVED)
        articles = list(dict.fromkeys(chunk.article_id for chunk in passages))
        wanted = _article_id(question.paragraph)
        ranks.append(articles.index(wanted) if wanted in articles else NOT_FOUND)
        evidence_ranks.append(_evidence_rank(question, sentences))
        notify(ReloadProgress(stage, number + 1, len(squad.questions)))
    return Scores(
        recall_at_1=round(recall_at(ranks, 1), 4),
        recall_at_5=round(recall_at(ranks, 5), 4),
        mrr_at_10=round(mean_reciprocal_rank(ranks, 10), 4),
        ndcg_at_10=round(ndcg_at(ranks, 10), 4),
        answer_sentence_at_1=round(recall_at(evidence_ranks, 1), 4),
        answer_sentence_at_3=round(recall_at(evidence_ranks, 3), 4),
    )


def _evidence_rank(question: SquadQuestion, sentences: list[str]) -> int:
    for rank, sentence in enumerate(sentences):
        if any(answer in sentence for answer in question.answers):
            return rank
    return NOT_FOUND
