"""Question sets in SQuAD's JSON format (versions 1.1 and 2.0)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from embeddings.vietnamese import encodable
from knowledge.errors import EvaluationError
from knowledge.evaluation.question_set import Document, Question, QuestionSet, askable

if TYPE_CHECKING:
    from pathlib import Path


def squad_set(content: str, file: Path) -> QuestionSet:
    """Return the set that the text of `file` holds; its paragraphs are the documents.

    The file's name is the kind of all its questions. Raises EvaluationError when it isn't SQuAD.
    """
    documents: list[Document] = []
    questions: list[Question] = []
    try:
        for article in json.loads(content)["data"]:
            title = encodable(str(article.get("title", ""))).replace("_", " ")
            for paragraph in article["paragraphs"]:
                questions += [_question(q, file.stem, len(documents)) for q in paragraph["qas"]]
                documents.append(Document(title, encodable(paragraph["context"]), plain=True))
    except ValueError as error:
        raise EvaluationError(f"Tệp '{file}' không phải JSON hợp lệ: {error}.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"Tệp '{file}' không theo định dạng SQuAD (data › paragraphs › context, qas): "
            f"{error!r}."
        ) from error
    return QuestionSet(tuple(questions), tuple(documents))


def _question(entry: dict[str, Any], kind: str, paragraph: int) -> Question:
    impossible = bool(entry.get("is_impossible", False))
    given = () if impossible else entry["answers"]
    return Question(
        askable(encodable(entry["question"])),
        kind,
        is_answerable=not impossible,
        answers=tuple(dict.fromkeys(encodable(answer["text"]) for answer in given)),
        documents=(paragraph,),
    )
