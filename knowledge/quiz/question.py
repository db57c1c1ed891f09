"""A quiz question: bound to the passage that it rests on, and small enough for a Telegram poll."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from embeddings.vietnamese import plain
from knowledge.errors import QuizQuestionError
from knowledge.quiz.written_fields import (
    ArticleName,
    Line,
    Lines,
    Members,
    WholeNumber,
    at_most,
    identifier,
    members_at_most,
    one_line,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUESTION_CHARACTERS = 300
OPTION_CHARACTERS = 100
EXPLANATION_CHARACTERS = 200
EXPLANATION_LINE_FEEDS = 2
LEAST_OPTIONS = 2
MOST_OPTIONS = 10
ID_CHARACTERS = 40
"""Limits of sendPoll (Bot API): 1–300, 1–100 and 0–200 characters, at most 2 line feeds.

Of the 12 options that it allows, 10: more than that nobody reads.
"""
QUOTE_CHARACTERS = 500
TAG_CHARACTERS = 40
MOST_TAGS = 10


class Difficulty(StrEnum):
    """How hard a question is meant to be, as the bank's files say it."""

    EASY = "dễ"
    MEDIUM = "vừa"
    HARD = "khó"


Tag = Annotated[Line, at_most(TAG_CHARACTERS), without(";")]


def _difficulty(value: object) -> object:
    level = one_line(value).casefold() if isinstance(value, str) else ""
    if level not in set(Difficulty):
        raise ValueError(f"phải là một trong {', '.join(Difficulty)}, đang là “{level[:40]}”")
    return level


def _indexes(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(number - 1 for number in numbers))


def _numbers(indexes: tuple[int, ...]) -> list[int]:
    return [index + 1 for index in indexes]


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question with its options, and where its answer stands.

    `correct` holds the indexes (from 0) of the right options, in order. `article` is an article's
    id, `quote` words that stand in it and bear the answer out; the explanation is shown together
    with the article's title. `question_id` never changes, so that progress stays with it.

    The types say how its fields are read from files, where the right options have numbers from 1.
    """

    question_id: Annotated[Line, identifier(ID_CHARACTERS), Field(alias="id")]
    topic: Annotated[str, Field(exclude=True)]
    """The id of its topic."""
    text: Annotated[Line, Field(alias="question")]
    options: Annotated[tuple[Line, ...], Members]
    correct: Annotated[
        tuple[WholeNumber, ...], Members, AfterValidator(_indexes), PlainSerializer(_numbers)
    ]
    explanation: Lines
    article: ArticleName
    quote: Annotated[Line, at_most(QUOTE_CHARACTERS)]
    difficulty: Annotated[Difficulty, BeforeValidator(_difficulty)] = Difficulty.MEDIUM
    tags: Annotated[tuple[Tag, ...], Members, members_at_most(MOST_TAGS)] = ()

    @property
    def takes_several(self) -> bool:
        """Whether more than one option is right, so that several may be chosen."""
        return len(self.correct) > 1

    @property
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits of what is asked: another wording is another item."""
        content = json.dumps([self.text, self.options, self.correct], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def require_sound(self) -> None:
        """Raise QuizQuestionError naming every rule that the question breaks."""
        if problems := list(self.problems()):
            raise QuizQuestionError("; ".join(problems))

    def problems(self) -> Iterator[str]:
        """Yield the rules that the question breaks."""
        yield from _text_problems("câu hỏi", self.text, QUESTION_CHARACTERS)
        yield from _text_problems("lời giải thích", self.explanation, EXPLANATION_CHARACTERS)
        if self.explanation.count("\n") > EXPLANATION_LINE_FEEDS:
            yield f"lời giải thích xuống dòng quá {EXPLANATION_LINE_FEEDS} lần"
        if not LEAST_OPTIONS <= len(self.options) <= MOST_OPTIONS:
            count = len(self.options)
            yield f"phải có từ {LEAST_OPTIONS} đến {MOST_OPTIONS} phương án, đang có {count}"
        for number, option in enumerate(self.options, 1):
            yield from _text_problems(f"phương án {number}", option, OPTION_CHARACTERS)
        yield from _repeats(self.options)
        yield from self._problems_of_correct()
        if not self.quote.strip():
            yield "thiếu câu trích (quote)"
        if not self.article.strip():
            yield "thiếu bài (article)"
        if not 0 < len(self.question_id) <= ID_CHARACTERS:
            yield f"mã câu hỏi phải có từ 1 đến {ID_CHARACTERS} ký tự"

    def _problems_of_correct(self) -> Iterator[str]:
        if not self.correct:
            yield "không có phương án đúng (correct)"
        elif len(self.correct) == len(self.options):
            yield "phương án nào cũng đúng: phải có ít nhất một phương án sai"
        wrong = [index + 1 for index in self.correct if not 0 <= index < len(self.options)]
        if wrong:
            yield f"phương án đúng phải là số từ 1 đến {len(self.options)}, đang có {wrong[0]}"
        if list(self.correct) != sorted(set(self.correct)):
            yield "phương án đúng bị lặp hoặc không theo thứ tự"


def _text_problems(name: str, text: str, most: int) -> Iterator[str]:
    if not text.strip():
        yield f"{name} để trống"
    elif len(text) > most:
        yield f"{name} dài {len(text)} ký tự, tối đa {most}"


def _repeats(options: Sequence[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, option in enumerate(options, 1):
        first = seen.setdefault(plain(option), number)
        if first != number:
            yield f"phương án {number} trùng phương án {first}"
