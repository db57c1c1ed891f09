"""A question as somebody wrote it in a file, on its way to a QuizQuestion."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import nfc
from knowledge.errors import QuizQuestionError
from knowledge.quiz.bank.cross_reference import refers_to_options
from knowledge.quiz.question import ID_CHARACTERS, Difficulty, QuizQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTE_CHARACTERS = 500
ARTICLE_CHARACTERS = 300
TAG_CHARACTERS = 40
MOST_TAGS = 10

GIVE_AWAY_RATIO = 1.6
GIVE_AWAY_CHARACTERS = 20

_ID = re.compile(rf"[a-z0-9_]{{1,{ID_CHARACTERS}}}")
_NONCHARACTERS = (0xFFFE, 0xFFFF)


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """The fields of a question as texts; what is missing is empty.

    `correct` are the numbers of the right options, from 1, in any order.
    """

    question_id: str
    text: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str
    article: str
    quote: str
    difficulty: str = ""
    tags: tuple[str, ...] = ()

    def question(self, topic: str) -> QuizQuestion:
        """Return the question of `topic`, in NFC and with single spaces.

        Raises QuizQuestionError naming every rule that it breaks.
        """
        difficulty = one_line(self.difficulty).casefold()
        problems: list[str] = []
        try:
            level = Difficulty(difficulty) if difficulty else Difficulty.MEDIUM
        except ValueError:
            levels = ", ".join(Difficulty)
            problems.append(f"độ khó phải là một trong {levels}, đang là “{difficulty[:40]}”")
            level = Difficulty.MEDIUM
        made = QuizQuestion(
            question_id=one_line(self.question_id),
            topic=topic,
            text=one_line(self.text),
            options=tuple(one_line(option) for option in self.options),
            correct=tuple(sorted(number - 1 for number in self.correct)),
            explanation=some_lines(self.explanation),
            article=one_line(self.article),
            quote=one_line(self.quote),
            difficulty=level,
            tags=tuple(one_line(tag) for tag in self.tags),
        )
        problems.extend(_problems(made))
        try:
            made.require_sound()
        except QuizQuestionError as error:
            problems.append(str(error))
        if problems:
            raise QuizQuestionError("; ".join(problems))
        return made


def one_line(text: str) -> str:
    """Return `text` in NFC on one line with single spaces."""
    return " ".join(nfc(text).split())


def some_lines(text: str) -> str:
    """Return `text` in NFC with single spaces; line breaks stay, but not at the ends."""
    return "\n".join(one_line(line) for line in text.split("\n")).strip()


def unprintable(text: str) -> bool:
    """Tell whether `text` has characters that no message and no spreadsheet can hold."""
    return any(
        (unicodedata.category(char) in {"Cc", "Cs"} and char != "\n")
        or ord(char) & 0xFFFF in _NONCHARACTERS
        for char in text
    )


def give_away(question: QuizQuestion) -> str | None:
    """Return how the length of a right option gives it away, or None.

    Learners soon know that the long, careful option is the right one: here it is more than 1.6
    times as long as the longest wrong one, and longer than 20 characters.
    """
    wrong = [o for index, o in enumerate(question.options) if index not in question.correct]
    right = max((question.options[index] for index in question.correct), key=len)
    longest = max(map(len, wrong))
    if len(right) <= GIVE_AWAY_CHARACTERS or len(right) <= GIVE_AWAY_RATIO * longest:
        return None
    number = question.options.index(right) + 1
    return (
        f"phương án đúng {number} dài {len(right)} ký tự, phương án sai dài nhất {longest}: dễ "
        "đoán nhờ độ dài; hãy viết các phương án dài gần bằng nhau"
    )


def _problems(question: QuizQuestion) -> Iterator[str]:
    if question.question_id and not _ID.fullmatch(question.question_id):
        yield (
            f"mã câu hỏi chỉ gồm a–z, 0–9 và _, tối đa {ID_CHARACTERS} ký tự, đang là "
            f"“{question.question_id[:60]}”"
        )
    for number, option in enumerate(question.options, 1):
        if refers_to_options(option):
            yield (
                f"phương án {number} “{option}” nói về các phương án khác; các phương án được xáo "
                "trộn nên hãy viết rõ nội dung"
            )
    if len(question.quote) > QUOTE_CHARACTERS:
        yield f"câu trích dài {len(question.quote)} ký tự, tối đa {QUOTE_CHARACTERS}"
    yield from article_problems(question.article)
    if len(question.tags) > MOST_TAGS:
        yield f"có {len(question.tags)} thẻ (tags), tối đa {MOST_TAGS}"
    for tag in question.tags:
        if not 0 < len(tag) <= TAG_CHARACTERS or ";" in tag:
            yield f"thẻ dài 1–{TAG_CHARACTERS} ký tự và không có dấu “;”, đang là “{tag[:60]}”"
    shown = (question.text, *question.options, question.explanation, question.quote, *question.tags)
    if any(map(unprintable, shown)):
        yield "có ký tự điều khiển; hãy xóa đi và gõ lại"


def article_problems(article: str) -> Iterator[str]:
    """Yield the rules that the name of an article breaks."""
    if len(article) > ARTICLE_CHARACTERS or "|" in article or unprintable(article):
        yield f"tên bài dài tối đa {ARTICLE_CHARACTERS} ký tự và không có dấu “|”"
