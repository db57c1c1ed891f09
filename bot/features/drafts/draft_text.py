"""A draft as plain text that an editor changes and sends back.

Câu hỏi: Tỉnh Lào Cai được thành lập ngày nào?
Phương án:
* 12/7/1907
- 1/11/1950
Giải thích: Theo bài “Những mốc lịch sử của tỉnh Lào Cai”.
Chủ đề: lich_su
Độ khó: vừa
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.features.drafts import texts
from bot.features.quizzes import DraftTextError
from embeddings.vietnamese import fold, nfc, plain
from knowledge.quiz.drafting import NO_TOPIC
from knowledge.quiz.question import Difficulty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic

MOST_CHARACTERS = 4096
LABELS = (
    texts.LABEL_TEXT,
    texts.LABEL_OPTIONS,
    texts.LABEL_EXPLANATION,
    texts.LABEL_TOPIC,
    texts.LABEL_DIFFICULTY,
)
_BY_KEY = {fold(label).casefold(): label for label in LABELS}
_LABELLED = re.compile(r"\s*(?P<label>[^\W\d]+ [^\W\d]+)\s*:(?P<rest>.*)")
_OPTION = re.compile(r"\s*(?P<mark>[*✅✓✔]|[-–—•+])️?\s*(?P<text>.*)")
_RIGHT = frozenset("*✅✓✔")


def draft_text(question: QuizQuestion) -> str:
    """Return a question as text to edit."""
    marks = ["*" if i in question.correct else "-" for i in range(len(question.options))]
    options = [f"{mark} {option}" for mark, option in zip(marks, question.options, strict=True)]
    return "\n".join(
        [
            f"{texts.LABEL_TEXT}: {question.text}",
            f"{texts.LABEL_OPTIONS}:",
            *options,
            f"{texts.LABEL_EXPLANATION}: {question.explanation}",
            f"{texts.LABEL_TOPIC}: {question.topic}",
            f"{texts.LABEL_DIFFICULTY}: {question.difficulty.value}",
        ]
    )


@dataclass
class _Read:
    """What was read so far: by label the lines with their numbers, from 1."""

    lines: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def text(self, label: str, joint: str = " ") -> str:
        return joint.join(line for _, line in self.lines.get(label, ()) if line)

    def line(self, label: str) -> int:
        return self.lines[label][0][0]


def read_draft(text: str, old: QuizQuestion, topics: Sequence[QuizTopic]) -> QuizQuestion:
    """Return `old` with what `text` says; its article, quote and id stay.

    `topics` may be named by id or title; an empty one leaves the choice for later. Raises
    DraftTextError naming the line, or QuizQuestionError naming the rules that are broken.
    """
    if len(text) > MOST_CHARACTERS:
        raise DraftTextError(texts.TOO_LONG.format(characters=len(text), most=MOST_CHARACTERS))
    read = _sections(nfc(text))
    for label in LABELS:
        if label not in read.lines:
            raise DraftTextError(texts.MISSING.format(label=label))
    options, correct = _options(read.lines[texts.LABEL_OPTIONS])
    question = replace(
        old,
        text=read.text(texts.LABEL_TEXT),
        options=options,
        correct=correct,
        explanation=read.text(texts.LABEL_EXPLANATION, "\n"),
        topic=_topic(read, topics),
        difficulty=_difficulty(read),
    )
    question.require_sound()
    return question


def _sections(text: str) -> _Read:
    read = _Read()
    current: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        labelled = _LABELLED.fullmatch(line)
        label = _BY_KEY.get(fold(labelled["label"]).casefold()) if labelled else None
        if labelled is not None and label is not None:
            if label in read.lines:
                raise DraftTextError(texts.LINE_TWICE.format(line=number, label=label))
            current = label
            read.lines[label] = [(number, labelled["rest"].strip())]
        elif not line.strip():
            continue
        elif current is None:
            labels = ", ".join(f"“{name}:”" for name in LABELS)
            raise DraftTextError(texts.LINE_WITHOUT_LABEL.format(line=number, labels=labels))
        else:
            read.lines[current].append((number, line.strip()))
    return read


def _options(lines: list[tuple[int, str]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    options: list[str] = []
    correct: list[int] = []
    for number, line in lines:
        if not line:
            continue
        match = _OPTION.fullmatch(line)
        if match is None:
            raise DraftTextError(texts.LINE_NO_OPTION.format(line=number))
        if not match["text"]:
            raise DraftTextError(texts.LINE_EMPTY_OPTION.format(line=number))
        if match["mark"] in _RIGHT:
            correct.append(len(options))
        options.append(match["text"])
    return tuple(options), tuple(correct)


def _topic(read: _Read, topics: Sequence[QuizTopic]) -> str:
    written = read.text(texts.LABEL_TOPIC)
    if not written:
        return NO_TOPIC
    for topic in topics:
        if plain(written) in {plain(topic.topic_id), plain(topic.title)}:
            return topic.topic_id
    names = ", ".join(topic.topic_id for topic in topics)
    raise DraftTextError(
        texts.BAD_TOPIC.format(line=read.line(texts.LABEL_TOPIC), topic=written, topics=names)
    )


def _difficulty(read: _Read) -> Difficulty:
    written = read.text(texts.LABEL_DIFFICULTY)
    for difficulty in Difficulty:
        if plain(written) == difficulty.value:
            return difficulty
    raise DraftTextError(
        texts.BAD_DIFFICULTY.format(line=read.line(texts.LABEL_DIFFICULTY), difficulty=written)
    )
