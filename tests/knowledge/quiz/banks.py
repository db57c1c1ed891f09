"""Makes banks for tests: one in words, and any at all."""

from pathlib import Path

from hypothesis import strategies as st

from embeddings.vietnamese import plain
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.bank.model import refers_to_options
from knowledge.quiz.question import Difficulty, QuizQuestion
from knowledge.quiz.topic import LessonPart, QuizTopic
from knowledge.quiz.written_fields import one_line, some_lines

HEAD = """\
topic: a
title: Ngày truyền thống
order: 1
lesson:
  - article: day.md
questions:
"""
TRICKY = [
    "=1+1", "'=1+1", "''", "'", "+84", "-5", "@a", "_x0041_", "_x005F_x0041_", "x005F_", "#N/A",
    "28/8", "null", "1,5", "a;b", "a, b", "# c", "a: b", '"', "“Đoàn kết”", "hoà", "1", "TRUE", "~",
    "\\n", "{a}", "[a]", "&a", "*a", "!a", "%a", "🌲", "\ufeff", "a\u200bb",
]  # fmt: skip


def write_bank(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        folder.joinpath(f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def question(number: int = 1, **changes: str) -> str:
    """A sound question's YAML, seven lines; `changes` replace fields, empty ones drop them."""
    fields = {
        "id": f"a_{number:02}",
        "question": "Ngày truyền thống là ngày nào?",
        "options": "[28/8, 2/9, 19/8]",
        "correct": "1",
        "explanation": "Quyết định số 828/QĐ-TTg.",
        "article": "day.md",
        "quote": "ngày 28/8 hằng năm",
        **changes,
    }
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return "  - " + "\n    ".join(lines) + "\n"


_NONCHARACTERS = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=_NONCHARACTERS
)


def _texts(most: int, without: str = "") -> st.SearchStrategy[str]:
    """Texts as the bank has them, of at least one character and without some."""

    def tidy(text: str) -> str:
        for character in without:
            text = text.replace(character, "")
        return one_line(one_line(text)[:most]) or "x"

    return st.one_of(st.sampled_from(TRICKY), st.text(_CHARACTERS, max_size=30)).map(tidy)


def _option(text: str) -> str:
    return f"{text} này" if refers_to_options(text) else text


_ids = st.sampled_from(["null", "true", "no", "1", "0x1f", "1_0"]) | st.from_regex(
    r"[a-z0-9_]{1,8}", fullmatch=True
)
_names = _texts(60, without="|")
_lines = st.lists(_texts(60), min_size=1, max_size=3).map("\n".join).map(some_lines)


@st.composite
def _questions(draw: st.DrawFn, question_id: str, topic: str) -> QuizQuestion:
    options = draw(st.lists(_texts(90).map(_option), min_size=2, max_size=10, unique_by=plain))
    indexes = st.sets(st.integers(0, len(options) - 1), min_size=1, max_size=len(options) - 1)
    question = QuizQuestion(
        question_id=question_id,
        topic=topic,
        text=draw(_texts(300)),
        options=tuple(options),
        correct=tuple(sorted(draw(indexes))),
        explanation=draw(_lines),
        article=draw(_names),
        quote=draw(_texts(300)),
        difficulty=draw(st.sampled_from(Difficulty)),
        tags=tuple(draw(st.lists(_texts(40, without=";"), max_size=3))),
    )
    question.require_sound()
    return question


@st.composite
def banks(draw: st.DrawFn) -> QuestionBank:
    """Any bank that the rules allow."""
    topic_ids = draw(st.lists(_ids, min_size=1, max_size=3, unique=True))
    count = len(topic_ids)
    ids = draw(st.lists(_ids, min_size=count, max_size=count + 2, unique=True))
    topics = []
    for number, topic_id in enumerate(topic_ids):
        parts = st.builds(LessonPart, _names, st.none() | _texts(60))
        topics.append(
            QuizTopic(
                topic_id,
                draw(_texts(60)),
                draw(st.integers(0, 9999)),
                tuple(draw(st.lists(parts, max_size=2))),
                tuple(draw(_questions(i, topic_id)) for i in ids[number::count]),
                draw(st.just("") | _texts(60)),
            )
        )
    return QuestionBank(tuple(sorted(topics, key=lambda topic: (topic.order, topic.topic_id))))
