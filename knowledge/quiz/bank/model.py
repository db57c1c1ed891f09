"""The model of what people write into the question bank, be it in YAML, CSV or XLSX.

The types of a question, a topic and a part of a lesson hold the rules of their fields; here are the
rules over a whole question, the way in, and the way out. A format's reader brings the fields under
the names of the YAML files and says where they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, TypeAdapter

from embeddings.vietnamese import fold
from knowledge.quiz.question import QuizQuestion
from knowledge.quiz.topic import LessonPart, QuizTopic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import ValidationError

    Place = tuple[int | str, ...]

TOPIC_FIELDS = ("topic", "title", "order", "summary", "lesson", "questions")
LESSON_FIELDS = ("article", "heading")
QUESTION_FIELDS = (
    "id",
    "question",
    "options",
    "correct",
    "explanation",
    "article",
    "quote",
    "difficulty",
    "tags",
)

GIVE_AWAY_RATIO = 1.6
GIVE_AWAY_CHARACTERS = 20

# "tất cả các phương án trên", "cả A và B": such an option gives the answer away, and means nothing
# once the options are shuffled.
_NOUN = r"(?:phuong an|dap an|lua chon|cau tra loi|cau|y|dieu)"
_ABOVE = r"(?:o tren|neu tren|ke tren|tren day|tren)"
_VERDICT = r"(?:(?:deu|la) )*(?:dung|sai|khong dung)"
_LETTERS = r"[a-j](?: (?:va |hoac )?[a-j])+"
_NUMBERS = r"\d{1,2}(?: (?:va |hoac )?\d{1,2})+"
# "Cả năm" alone is a whole year.
_ALL = rf"(?:tat ca|ca (?:hai|ba|bon|nam(?= )|\d))(?: (?:cac|nhung))?(?: {_NOUN})?(?: {_ABOVE})?"
_NONE = rf"khong(?: co)?(?: {_NOUN})? nao(?: trong so do)?(?: {_ABOVE})?"
_NAMED = rf"(?:ca )?(?:{_NOUN} )?{_LETTERS}|(?:ca )?{_NOUN} {_NUMBERS}|ca {_NUMBERS}"
_REFERENCE = re.compile(rf"(?:{_ALL}|{_NONE}|{_NAMED})(?: {_VERDICT})?")


def refers_to_options(option: str) -> bool:
    """Tell whether the whole of `option` only speaks of the other options."""
    words = re.sub(r"[^\w]+", " ", fold(option).casefold()).strip()
    return _REFERENCE.fullmatch(words) is not None


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


def topic_fields(topic: QuizTopic) -> dict[str, Any]:
    """Return a topic as it is written: fields by name, with its lesson and its questions."""
    fields = TOPIC.dump_python(topic, mode="json", by_alias=True)
    return {name: fields[name] for name in TOPIC_FIELDS}


def problems_of(error: ValidationError, name_of: Callable[[Place], str]) -> str:
    """Return all that is wrong in some fields; `name_of` names the field of a place for people.

    A place is the name of a field, then the number of a member (from 0) and so on.
    """
    found = []
    for problem in error.errors():
        place = problem["loc"]
        what = "để trống" if problem["type"] == "missing" else str(problem["ctx"]["error"])
        found.append(f"{name_of(place)}: {what}" if place else what)
    return "; ".join(found)


def _sound(question: QuizQuestion) -> QuizQuestion:
    if problems := [*_references(question), *question.problems()]:
        raise ValueError("; ".join(problems))
    return question


def _references(question: QuizQuestion) -> Iterator[str]:
    for number, option in enumerate(question.options, 1):
        if refers_to_options(option):
            yield (
                f"phương án {number} “{option}” nói về các phương án khác; các phương án được xáo "
                "trộn nên hãy viết rõ nội dung"
            )


QUESTION: TypeAdapter[QuizQuestion] = TypeAdapter(Annotated[QuizQuestion, AfterValidator(_sound)])
TOPIC = TypeAdapter(QuizTopic)
LESSON_PART = TypeAdapter(LessonPart)
