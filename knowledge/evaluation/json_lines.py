"""Whole bases in JSON lines: a document a line, with the questions that are asked of all of them.

    {"id": "a", "title": "Nội quy", "text": "… (Markdown)", "qas": [
        {"q": "Mấy giờ mở cửa?", "a": "7 giờ", "kind": "date", "also": [{"doc": "b", "a": "7h"}]},
        {"q": "Mấy giờ đóng cửa?", "a": null, "kind": "not-stated"}]}

A null answer: none of the documents tells. `also` holds other answers that are as right.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from embeddings.vietnamese import encodable
from knowledge.errors import EvaluationError
from knowledge.evaluation.question_set import Document, Question, QuestionSet, askable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


_FORM = "mỗi dòng phải là một tài liệu gồm id, title, text và qas (q, a, kind)"


def json_lines_set(content: str, file: Path) -> QuestionSet:
    """Return the set that the text of `file` holds; raises EvaluationError naming a bad line."""
    documents: list[Document] = []
    places: dict[str, int] = {}
    entries: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            with _naming(file, number):
                entry = json.loads(line)
                places[entry["id"]] = len(documents)
                documents.append(Document(encodable(entry["title"]), encodable(entry["text"])))
                entries.append((number, entry))
    questions: list[Question] = []
    for number, entry in entries:
        with _naming(file, number):
            questions += [_question(asked, entry["id"], places) for asked in entry["qas"]]
    return QuestionSet(tuple(questions), tuple(documents))


@contextmanager
def _naming(file: Path, line: int) -> Iterator[None]:
    """Turn what is wrong in a line that is read inside into an error that names it."""
    try:
        yield
    except ValueError as error:
        raise EvaluationError(
            f"Tệp '{file}', dòng {line} không phải JSON hợp lệ: {error}."
        ) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(f"Tệp '{file}', dòng {line}: {_FORM}: {error!r}.") from error


def _question(asked: dict[str, Any], document: str, places: Mapping[str, int]) -> Question:
    told = asked["a"] is not None
    others = asked.get("also") or ()
    given = [{"doc": document, "a": asked["a"]}, *others] if told else []
    return Question(
        askable(encodable(asked["q"])),
        encodable(asked["kind"]),
        is_answerable=told,
        answers=tuple(dict.fromkeys(encodable(answer["a"]) for answer in given)),
        documents=tuple(places[answer.get("doc", document)] for answer in given),
    )
