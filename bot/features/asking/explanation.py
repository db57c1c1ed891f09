"""Why a question was answered as it was, stage by stage: titled lines for either face to show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.features.asking import explanation_texts as texts
from bot.vietnamese_numbers import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge import Answer
    from knowledge.answering.explanation import Explanation, ReadText, RetrievedPassage

_INTERCEPT = "intercept"


@dataclass(frozen=True, slots=True)
class StageLine:
    """A line of a stage; `bold` is a range of its text."""

    text: str
    bold: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage of answering made of the question."""

    title: str
    lines: tuple[StageLine, ...]


def stages(
    answer: Answer, reasons: Explanation, *, passages: int | None = None, read: int | None = None
) -> tuple[Stage, ...]:
    """Return the stages of `answer` by its `reasons`: at most so many passages and texts read."""
    return (
        Stage(texts.QUESTION, (StageLine(reasons.question),)),
        Stage(texts.PASSAGES, _or_nothing(map(_passage, reasons.passages[:passages]))),
        Stage(
            texts.READ,
            _or_nothing(line for one in reasons.read[:read] for line in _read(one)),
        ),
        Stage(texts.WEIGHED, tuple(_weighed(reasons))),
        Stage(texts.VERDICT, (StageLine(_verdict(answer, reasons)),)),
    )


def _or_nothing(lines: Iterator[StageLine]) -> tuple[StageLine, ...]:
    return tuple(lines) or (StageLine(texts.NOTHING),)


def _passage(passage: RetrievedPassage) -> StageLine:
    name = f"{passage.title} › {passage.heading}" if passage.heading else passage.title
    return StageLine(texts.PASSAGE.format(score=decimal(passage.score, ".3f"), name=name))


def _read(one: ReadText) -> Iterator[StageLine]:
    """Yield what was thought of a text, and the text with its answering stretch in bold."""
    if one.logit is None:
        head = texts.CONSIDERED_HEAD.format(score=decimal(one.score, ".2f"), title=one.title)
    else:
        form = texts.READ_HEAD_NO_STRETCH if one.stretch is None else texts.READ_HEAD
        head = form.format(
            probability=_per_cent(_sigmoid(one.logit)),
            stretch=_per_cent(one.stretch_probability),
            title=one.title,
        )
    yield StageLine(head)
    # a line break of a list or a table is as long as the space in its place
    yield StageLine(one.text.replace("\n", " "), one.stretch)


def _weighed(reasons: Explanation) -> Iterator[StageLine]:
    total = 0.0
    for name, (value, added) in reasons.weighed.items():
        total += added
        form = texts.INTERCEPT if name == _INTERCEPT else texts.ADDED
        shown = form.format(
            added=decimal(added, "+.2f"),
            name=texts.FEATURES.get(name, name),
            value=decimal(value, ".2f"),
        )
        yield StageLine(shown)
    probability = _per_cent(reasons.probability)
    yield StageLine(texts.SUM.format(sum=decimal(total, "+.2f"), probability=probability))


def _verdict(answer: Answer, reasons: Explanation) -> str:
    if reasons.curated and answer.sentences:
        return texts.CURATED
    if reasons.by_label and answer.refused:
        return texts.NONE_BY_LABEL
    if reasons.by_label:
        return texts.BY_LABEL if answer.sentences else texts.SEVERAL_BY_LABEL
    form = texts.REFUSED if answer.refused else texts.ANSWERED
    return form.format(
        probability=_per_cent(reasons.probability), threshold=_per_cent(reasons.threshold)
    )


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _per_cent(share: float) -> str:
    return f"{decimal(share * 100)}%"
