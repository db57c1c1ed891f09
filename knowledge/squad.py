"""Question sets in SQuAD's JSON format (versions 1.1 and 2.0)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from embeddings.system_errors import system_reason
from embeddings.vietnamese import nfc
from knowledge.errors import EvaluationError, QuestionError
from knowledge.question import tidy_question

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SquadParagraph:
    """A paragraph and the title of the article it stands in."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question, the number of its gold paragraph and its gold answers (none: unanswerable)."""

    text: str
    paragraph: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SquadSet:
    """The paragraphs and answerable questions of one file."""

    paragraphs: tuple[SquadParagraph, ...]
    questions: tuple[SquadQuestion, ...]


def read_squad(file: Path) -> SquadSet:
    """Read `file`; raises EvaluationError when it is missing, not SQuAD or has no question."""
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise EvaluationError(f"Không đọc được tệp '{file}': {system_reason(error)}.") from error
    except ValueError as error:
        raise EvaluationError(f"Tệp '{file}' không phải JSON hợp lệ: {error}.") from error
    paragraphs: list[SquadParagraph] = []
    questions: list[SquadQuestion] = []
    try:
        for article in content["data"]:
            title = _text(str(article.get("title", ""))).replace("_", " ")
            for paragraph in article["paragraphs"]:
                questions.extend(
                    _question(entry, len(paragraphs))
                    for entry in paragraph["qas"]
                    if not entry.get("is_impossible", False)
                )
                paragraphs.append(SquadParagraph(title, _text(paragraph["context"])))
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"Tệp '{file}' không theo định dạng SQuAD (data › paragraphs › context, qas): "
            f"{error!r}."
        ) from error
    if not questions:
        raise EvaluationError(f"Tệp '{file}' không có câu hỏi nào có đáp án.")
    return SquadSet(tuple(paragraphs), tuple(questions))


def _question(entry: dict[str, Any], paragraph: int) -> SquadQuestion:
    answers = tuple(dict.fromkeys(_text(answer["text"]) for answer in entry["answers"]))
    typed = _text(entry["question"])
    try:
        return SquadQuestion(tidy_question(typed), paragraph, answers)
    except QuestionError as error:
        raise EvaluationError(
            f"Tệp đánh giá có câu hỏi “{typed[:60]}” không hỏi được: {error}"
        ) from error


def _text(value: str) -> str:
    """NFC, with half surrogate pairs (JSON can escape one) as question marks."""
    return nfc(value).encode("utf-8", "replace").decode()
