"""A question set: documents, and questions asked of them with what is known of their answers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.errors import EvaluationError, QuestionError
from knowledge.retrieval.typed_question import tidy_question

if TYPE_CHECKING:
    import random
    from pathlib import Path

_MARKUP = re.compile(r"^(\s*)([#>*+•-]|\d+[.)])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A document's title and its text: Markdown, or `plain` text whose marks mean nothing."""

    title: str
    text: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its gold answers, each of which is right alone.

    `kind` is the set's own label. `documents` are the numbers of those that tell, or that it was
    asked of. A question that is told may come without a known answer, as a translated answer that
    isn't found again in the translated paragraph.
    """

    text: str
    kind: str
    is_answerable: bool
    answers: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and the documents that they are asked of or the folder with these as articles."""

    questions: tuple[Question, ...]
    documents: tuple[Document, ...] = ()
    folder: Path | None = None

    def articles(self, folder: Path) -> Path:
        """Return the folder of the articles; the documents are written into `folder`, made anew."""
        if self.folder is not None:
            return self.folder
        folder.mkdir()
        for number, document in enumerate(self.documents):
            text = _MARKUP.sub(r"\1\\\2", document.text) if document.plain else document.text
            title = json.dumps(document.title or "-", ensure_ascii=False)
            folder.joinpath(article_id(number)).write_text(
                f"---\ntitle: {title}\n---\n{text}\n", encoding="utf-8"
            )
        return folder

    def sampled(self, count: int, rng: random.Random) -> QuestionSet:
        """Return the set with `count` questions drawn at random, all of them if there are fewer.

        Answerable and unanswerable ones keep their shares, and the documents stay. Raises
        ValueError for a count below 1.
        """
        if count < 1:
            raise ValueError(f"count must be ≥ 1, got {count}")
        places = range(len(self.questions))
        if count >= len(places):
            return self
        told = [place for place in places if self.questions[place].is_answerable]
        others = [place for place in places if not self.questions[place].is_answerable]
        answerable = round(count * len(told) / len(places))
        if told:
            answerable = max(answerable, 1)
        drawn = sorted(rng.sample(told, answerable) + rng.sample(others, count - answerable))
        return replace(self, questions=tuple(self.questions[place] for place in drawn))


def article_id(document: int) -> str:
    """Return the id of the article that the document of this number becomes."""
    return f"{document:06d}.md"


def askable(text: str) -> str:
    """Return a question of a set as it can be asked; raises EvaluationError."""
    try:
        return tidy_question(text)
    except QuestionError as error:
        raise EvaluationError(
            f"Tệp đánh giá có câu hỏi “{text[:60]}” không hỏi được: {error}"
        ) from error
