"""Question sets in SQuAD's JSON format (versions 1.1 and 2.0)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from embeddings.errors import system_reason
from embeddings.vietnamese import encodable
from knowledge.errors import EvaluationError, QuestionError
from knowledge.retrieval.typed_question import tidy_question

if TYPE_CHECKING:
    import random
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SquadParagraph:
    """A paragraph and the title of the article it stands in."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question, the number of its paragraph and its gold answers.

    A question that its paragraph answers may come without any: a translated answer that was not
    found again in the translated paragraph.
    """

    text: str
    paragraph: int
    answers: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SquadSet:
    """The paragraphs of one file, its answerable questions, and those its paragraphs can't answer.

    SQuAD 2.0 marks the latter with `is_impossible`; they have no gold answer.
    """

    paragraphs: tuple[SquadParagraph, ...]
    questions: tuple[SquadQuestion, ...]
    unanswerable: tuple[SquadQuestion, ...] = ()

    def sampled(self, count: int, rng: random.Random) -> SquadSet:
        """Return the set with `count` questions drawn at random, all of them if there are fewer.

        Answerable and unanswerable ones keep their shares, and the paragraphs stay. Raises
        ValueError for a count below 1.
        """
        if count < 1:
            raise ValueError(f"count must be ≥ 1, got {count}")
        total = len(self.questions) + len(self.unanswerable)
        if count >= total:
            return self
        answerable = round(count * len(self.questions) / total)
        if self.questions:
            answerable = max(answerable, 1)
        return replace(
            self,
            questions=_some(self.questions, answerable, rng),
            unanswerable=_some(self.unanswerable, count - answerable, rng),
        )


def _some(
    questions: tuple[SquadQuestion, ...], count: int, rng: random.Random
) -> tuple[SquadQuestion, ...]:
    places = sorted(rng.sample(range(len(questions)), count))
    return tuple(questions[place] for place in places)


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
    unanswerable: list[SquadQuestion] = []
    try:
        for article in content["data"]:
            title = encodable(str(article.get("title", ""))).replace("_", " ")
            for paragraph in article["paragraphs"]:
                for entry in paragraph["qas"]:
                    kept = unanswerable if entry.get("is_impossible", False) else questions
                    kept.append(_question(entry, len(paragraphs)))
                paragraphs.append(SquadParagraph(title, encodable(paragraph["context"])))
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"Tệp '{file}' không theo định dạng SQuAD (data › paragraphs › context, qas): "
            f"{error!r}."
        ) from error
    if not questions and not unanswerable:
        raise EvaluationError(f"Tệp '{file}' không có câu hỏi nào. Hãy chọn tệp SQuAD khác.")
    return SquadSet(tuple(paragraphs), tuple(questions), tuple(unanswerable))


def _question(entry: dict[str, Any], paragraph: int) -> SquadQuestion:
    given = () if entry.get("is_impossible", False) else entry["answers"]
    answers = tuple(dict.fromkeys(encodable(answer["text"]) for answer in given))
    typed = encodable(entry["question"])
    try:
        return SquadQuestion(tidy_question(typed), paragraph, answers)
    except QuestionError as error:
        raise EvaluationError(
            f"Tệp đánh giá có câu hỏi “{typed[:60]}” không hỏi được: {error}"
        ) from error
