"""Reads a question set in any format: SQuAD, a whole base in JSON lines, golden questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.errors import system_reason
from knowledge.errors import EvaluationError, GoldenFileError
from knowledge.evaluation.json_lines import json_lines_set
from knowledge.evaluation.question_set import Question, QuestionSet
from knowledge.evaluation.squad import squad_set
from knowledge.reload.golden_questions import read_golden_file

if TYPE_CHECKING:
    from pathlib import Path

_JSON_LINES = ".jsonl"
_YAML = {".yaml", ".yml"}


def read_questions(file: Path, articles: Path | None = None) -> QuestionSet:
    """Read a set whose format the file's name tells: .jsonl, .yaml or .yml, anything else is SQuAD.

    Golden questions are asked of the folder `articles`, the file's own by default. Raises
    EvaluationError for a file that is missing, malformed or without questions.
    """
    suffix = file.suffix.lower()
    if suffix in _YAML:
        return _golden_set(file, articles or file.parent)
    try:
        content = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EvaluationError(f"Không đọc được tệp '{file}': {system_reason(error)}.") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"Tệp '{file}' không phải JSON hợp lệ: {error}.") from error
    found = (json_lines_set if suffix == _JSON_LINES else squad_set)(content, file)
    if not found.questions:
        raise EvaluationError(f"Tệp '{file}' không có câu hỏi nào. Hãy chọn tệp khác.")
    return found


def _golden_set(file: Path, articles: Path) -> QuestionSet:
    try:
        golden = read_golden_file(file)
    except GoldenFileError as error:
        raise EvaluationError(str(error)) from error
    if golden is None:
        raise EvaluationError(f"Không đọc được tệp '{file}': không có tệp này.")
    return QuestionSet(
        tuple(
            Question(
                question.text,
                file.stem,
                is_answerable=not question.refuse,
                answers=("\n".join(question.contains),) if question.contains else (),
            )
            for question in golden
        ),
        folder=articles,
    )
