"""Dates of documents, as against the dates of what they decide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from knowledge.answering.question import QuestionKind
from knowledge.entities.document_numbers import document_numbers

if TYPE_CHECKING:
    from knowledge.answering.question import AnalysedQuestion

_DOCUMENT_WORDS = re.compile(
    r"\b(?:nghi quyet|quyet dinh|nghi dinh|luat|van ban|thong qua|ban hanh|ky)\b"
)
_ABOUT_DOCUMENT = frozenset(
    "quyet dinh nghi dinh thong tu chi thi luat van ban so ky ban hanh thong qua ra doi "
    "thu tuong chinh phu quoc hoi ttg qd nq nd ngay thang nam luc thoi gian".split()
)
_SIGNED = re.compile(r"(?:ký|ban hành|thông qua)[^.;]*?ngày\s+\d", re.IGNORECASE)
_DATE_FOLLOWS = re.compile(r"\s*,?\s*(?:ký\s+)?ngày\s+\d")
_DECISION = re.compile(
    r"(?:nghị quyết|quyết định|luật|văn bản|nghị định)\s+(?:về|của)\b[^.;]*?"
    r"(?:thông qua|ban hành|ký)\b",
    re.IGNORECASE,
)


def asks_document_date(question: AnalysedQuestion) -> bool:
    """Tell whether `question` asks when a document was signed, and nothing else."""
    words = {fold(token) for _, token in question.content}
    about = {word for word in words if not any(c.isdigit() for c in word)}
    names_one = _DOCUMENT_WORDS.search(fold(question.text.lower())) is not None
    return question.kind is QuestionKind.DATE and names_one and about <= _ABOUT_DOCUMENT


def states_document_date(sentence: str) -> bool:
    """Tell whether `sentence` says when a document was signed: "828/QĐ-TTg ngày 22/7/2004"."""
    if _SIGNED.search(sentence):
        return True
    return any(_DATE_FOLLOWS.match(sentence, n.span[1]) for n in document_numbers(sentence))


def dates_only_the_decision(sentence: str, question: AnalysedQuestion) -> bool:
    """Tell whether `sentence` dates the decision about what `question` asks the date of.

    "Nghị quyết về việc tái lập tỉnh được thông qua ngày 12/8/1991" does not say when the province
    was established again.
    """
    return (
        question.kind in {QuestionKind.DATE, QuestionKind.OTHER}
        and _DECISION.search(sentence) is not None
        and _DOCUMENT_WORDS.search(fold(question.text.lower())) is None
    )
