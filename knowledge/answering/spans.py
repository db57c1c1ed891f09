"""The parts of a sentence that could answer a question, by what it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.sentences import Span, outside, quoted_spans
from embeddings.vietnamese import syllables
from knowledge.answering.question import QuestionKind
from knowledge.entities.dates import date_spans
from knowledge.entities.document_numbers import document_spans
from knowledge.entities.names import CAPITALISED, name_spans
from knowledge.entities.quantities import count_spans, duration_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.answering.question import AnalysedQuestion

_CONTACT = re.compile(
    r"(?<!\d)(?:\+84|0)(?:[\s.-]?\d){8,10}(?!\d)|[\w.+-]+@[\w-]+\.[\w.-]+"
    rf"|(?<!\w)(?:đường|phố|ngõ|đại lộ) {CAPITALISED}"
)


def _contact_spans(text: str) -> list[Span]:
    return [match.span() for match in _CONTACT.finditer(text)]


def _count_spans(text: str) -> list[Span]:
    return outside(count_spans(text), quoted_spans(text))


_FINDERS: dict[QuestionKind, Callable[[str], list[Span]]] = {
    QuestionKind.DATE: date_spans,
    QuestionKind.DURATION: duration_spans,
    QuestionKind.COUNT: _count_spans,
    QuestionKind.DOCUMENT: document_spans,
    QuestionKind.PERSON: name_spans,
    QuestionKind.PLACE: name_spans,
    QuestionKind.CONTACT: _contact_spans,
}


def answer_spans(text: str, kind: QuestionKind) -> list[Span]:
    """Return the character ranges of `text` that could answer a question of `kind`.

    Kinds without a form of their own (lists, definitions, reasons) have none.
    """
    find = _FINDERS.get(kind)
    return find(text) if find else []


def new_spans(text: str, question: AnalysedQuestion) -> list[Span]:
    """Return the ranges that could answer `question`; names that it says itself do not."""
    spans = answer_spans(text, question.kind)
    if question.kind not in {QuestionKind.PERSON, QuestionKind.PLACE}:
        return spans
    return outside_question(text, spans, question)


def outside_question(text: str, spans: list[Span], question: AnalysedQuestion) -> list[Span]:
    """Return those of `spans` whose words the question does not say itself."""
    asked = f" {' '.join(syllables(question.text))} "
    return [span for span in spans if f" {' '.join(syllables(text[slice(*span)]))} " not in asked]


def formula_spans(text: str, count: int, word: str) -> list[Span]:
    """Return the ranges of the `count` members of a numbered motto, or none.

    A member begins with the motto's word; members are separated by commas, semicolons or "và":
    "3 đúng: đúng chính sách, đúng thẩm quyền, đúng thời gian".
    """
    member = rf"(?<!\w){re.escape(word)}\s+(?!\d|(?:là|gồm|bao gồm|nghĩa)\b)[^,;:.“”\"\n]+?"
    joint = r"\s*(?:[,;]\s*(?:và\s+)?|\s+và\s+|\n\s*-\s*)"
    # The whole run is taken, so that two of three members are no motto of two.
    run = rf"{member}(?:{joint}{member})*(?=\s*(?:[,;:.“”\"\n]|$|và\s))"
    for match in re.finditer(run, text, re.IGNORECASE):
        spans = [
            m.span() for m in re.finditer(rf"{member}(?={joint}|$)", match.group(), re.IGNORECASE)
        ]
        if len(spans) == count:
            return [(match.start() + start, match.start() + end) for start, end in spans]
    return []
