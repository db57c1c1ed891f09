"""How sure it is that a sentence answers a question: the decision between answer and refusal."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, syllables
from knowledge.answering.question import SHORT_QUESTION, QuestionKind
from knowledge.answering.spans import answer_spans
from knowledge.answering.statement import asks_document_date, states_document_date

if TYPE_CHECKING:
    from knowledge.answering.coverage import QuestionCoverage
    from knowledge.answering.evidence import Evidence
    from knowledge.answering.question import AnalysedQuestion
    from knowledge.retrieval.hybrid import Hit

ANSWER_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of a logistic model of "this evidence answers the question".

    Fitted on XQuAD-vi, as typed and without diacritics: its questions asked of bases that hold
    their paragraph (48 of one article, 4 of 36) and of bases that do not. Cosines differ from
    model to model, so only the model they were fitted on uses them.
    """

    intercept: float
    coverage: float
    context_coverage: float
    wrong_kind: float
    similarity: float = 0.0
    passage_similarity: float = 0.0


# With the rules below, on 24 articles of XQuAD-vi: 94 % of unanswerable questions are refused, and
# 7 % of answerable ones; on a single article all of the unanswerable.
_PACKAGED = Calibration(-61.7, 4.1, 3.6, -0.4, 34.7, 34.9)
# Words alone: 93 % refused, and 12 %.
_ANY_MODEL = Calibration(-4.8, 5.5, 6.8, -1.0)

_KINDS_WITH_FORM = frozenset(
    {
        QuestionKind.DATE,
        QuestionKind.DURATION,
        QuestionKind.COUNT,
        QuestionKind.PERSON,
        QuestionKind.PLACE,
        QuestionKind.DOCUMENT,
        QuestionKind.CONTACT,
    }
)
# Dates and durations are recognised so surely that evidence without one hardly answers.
_RELIABLE_FORMS = frozenset({QuestionKind.DATE, QuestionKind.DURATION, QuestionKind.DOCUMENT})
_WITHOUT_FORM = 0.6
# Short questions come close to short sentences whatever they ask ("Ngày truyền thống ngành y tế"),
# so a passage must also hold a good part of the question's words.
_LEAST_CONTEXT_COVERAGE = 0.32
# "Văn phòng ở đâu" comes close to any sentence about the office; a place is said with one of these.
_ASKS_WHERE = frozenset({"đâu"})
_SAYS_WHERE = frozenset("ở tại đặt nằm thuộc đóng đến từ".split())
_VERY_SHORT_QUESTION = 4  # content syllables
# Up to this many content syllables, a word whose syllables all are missing from the passage is the
# very thing asked about ("ngành nội vụ"); longer questions paraphrase.
_NAMES_ITS_THING = 7
_CODE = re.compile(r"(?<![\w/])\d+(?:/\d{4})?/[a-z]{2,}[a-z0-9]*(?:-[a-z0-9]+)+")
_ASKS_HOUR = re.compile(r"\b(?:may gio|gio nao)\b")
_HOUR = re.compile(r"\d\s?(?:giờ|h\b|g\b|:\d\d)", re.IGNORECASE)
_ASKS_BOT = re.compile(r"(?:ban|bot|ad|chatbot)\b")
_CLAUSE = re.compile(r"[,;:…]")
_ENUMERATION = re.compile(r"(?:gồm|là|:)[^.;]*,[^.;]*(?:,| và )")  # counts by naming all
_MIN_LISTED = 3  # dates that make a list of days
_NEARLY_ALL = 0.75  # of the question
_ONE_ITEM = 0.6  # of the words that the whole list holds
_HARDLY = 0.4  # of a probability that a rule speaks against
_ASKS_WHICH = re.compile(r"\bten\b|\bla (?:\w+ ){0,3}gi\b")
_NAMING_KINDS = frozenset({QuestionKind.LIST, QuestionKind.DEFINITION})
# What leads from a count to the things: "3 đúng là: …", "gồm 4 mảng việc sau".
_LEADS_TO_THEM = r"[^.;]{0,40}?(?:\bl[àa]\b|\bgồm\b|\bnhư\b|\bsau\b|\bđó\b|:|–|\()"


def calibration_for(model_id: str) -> Calibration:
    """Return the coefficients for an embedding model."""
    return _PACKAGED if model_id.startswith("multilingual-e5-small") else _ANY_MODEL


def confidence(
    question: AnalysedQuestion,
    coverage: QuestionCoverage,
    evidence: Evidence,
    hit: Hit,
    calibration: Calibration,
) -> float:
    """Return the probability, 0..1, that `evidence` (a sentence of `hit`) answers `question`.

    A figure, document or motto that the question names must stand in the passage, and a telephone
    number, address or hour must be there when asked for: otherwise it is 0. Much less than the
    model's probability is left when the passage holds few of the question's words, not a name in
    it, nothing of today when today is asked for, only the number of things whose names are asked
    for, or, of a short question, not the very thing that is asked for, or a word not at all.
    """
    passage = syllables(evidence.chunk.embedded_text)
    if _cannot_answer(question, evidence, passage):
        return 0.0
    lacks_form = question.kind in _KINDS_WITH_FORM and not evidence.has_kind
    logit = (
        calibration.intercept
        + calibration.coverage * evidence.coverage
        + calibration.context_coverage * evidence.context_coverage
        + calibration.wrong_kind * lacks_form
        + calibration.similarity * evidence.similarity
        + calibration.passage_similarity * hit.passage_similarity
    )
    probability = 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
    if _hardly_answers(question, coverage, evidence, passage):
        return probability * _HARDLY
    if question.kind in _RELIABLE_FORMS and lacks_form:
        return probability * _WITHOUT_FORM
    return probability


def _cannot_answer(question: AnalysedQuestion, evidence: Evidence, passage: list[str]) -> bool:
    """Tell whether something is missing without which no passage answers."""
    text, folded = evidence.chunk.text, fold(question.text.lower())
    return (
        question.unknown_motto
        or not question.numbers <= set(passage) | _motto_numbers(question)
        or not _codes(question.text) <= _codes(evidence.chunk.embedded_text)
        or (question.kind is QuestionKind.CONTACT and not answer_spans(text, question.kind))
        or (_ASKS_HOUR.search(folded) is not None and not _HOUR.search(text))
        or (len(question.content) <= 1 and _ASKS_BOT.match(folded) is not None)
    )


def _hardly_answers(
    question: AnalysedQuestion, coverage: QuestionCoverage, evidence: Evidence, passage: list[str]
) -> bool:
    """Tell whether a rule speaks against the evidence."""
    size, kind = len(question.content), question.kind
    lacks_form = kind in _KINDS_WITH_FORM and not evidence.has_kind
    text = evidence.sentence.text
    return (
        evidence.context_coverage < _LEAST_CONTEXT_COVERAGE
        or (question.current and "nay" not in passage)
        or (size <= SHORT_QUESTION and _strays(question, coverage, evidence, passage))
        or (size <= SHORT_QUESTION and coverage.holds_no_pair(passage))
        or (size <= _NAMES_ITS_THING and coverage.misses_word(passage))
        or coverage.lacks_name(passage)
        or (
            size <= SHORT_QUESTION
            and (kind is QuestionKind.COUNT and lacks_form)
            and not _names_all(question, coverage, text)
        )
        or (question.formulas and lacks_form and kind in _RELIABLE_FORMS)
        or merely_counts(question, evidence.chunk.text)
        or _dates_something_else(question, coverage, evidence)
        or (_asks_just_where(question) and _SAYS_WHERE.isdisjoint(syllables(text)))
    )


def _strays(
    question: AnalysedQuestion, coverage: QuestionCoverage, evidence: Evidence, passage: list[str]
) -> bool:
    """Tell whether the passage lacks what the question word belongs to.

    "Ký" of a document whose date is given is meant though not said, and little may be missing in a
    dated sentence that says the rest.
    """
    if evidence.has_kind and (
        (question.kind is QuestionKind.DATE and evidence.coverage >= _NEARLY_ALL)
        or (asks_document_date(question) and states_document_date(evidence.sentence.text))
    ):
        return False
    return not coverage.holds(question.focus, passage)


def merely_counts(question: AnalysedQuestion, passage: str) -> bool:
    """Tell whether `question` asks which some counted things are, and `passage` only counts them.

    "Tên 29 đề án là gì" is not answered by "đã tham mưu 29 đề án".
    """
    tokens = syllables(question.text)
    folded = fold(" ".join(tokens))
    asks_which = question.kind in _NAMING_KINDS or _ASKS_WHICH.search(folded)
    if question.formulas or not asks_which:
        return False
    places = dict(question.content)
    found = False
    for place, token in enumerate(tokens[:-1]):
        if not token.isdigit() or place + 1 not in places:
            continue
        noun = places[place + 1]
        counted = re.compile(rf"(?<![\d/.,]){token} {re.escape(noun)}\b", re.IGNORECASE)
        for match in counted.finditer(passage):
            found = True
            if re.match(_LEADS_TO_THEM, passage[match.end() :]):
                return False
    return found


def _names_all(question: AnalysedQuestion, coverage: QuestionCoverage, text: str) -> bool:
    """Tell whether `text` names all of what is to be counted: "các đoàn thể gồm: A, B và C"."""
    match = _ENUMERATION.search(text)
    if match is None:
        return False
    subject = _CLAUSE.split(text[: match.start()])[-1]
    return coverage.holds(question.focus, syllables(subject))


def _dates_something_else(
    question: AnalysedQuestion, coverage: QuestionCoverage, evidence: Evidence
) -> bool:
    """Tell whether, in a list of days, no item with a date is what is asked about.

    Words of the question that are strewn over several items are about none of them.
    """
    text = evidence.sentence.text
    if (
        question.kind is not QuestionKind.DATE
        or len(answer_spans(text, QuestionKind.DATE)) < _MIN_LISTED
    ):
        return False
    clauses = _CLAUSE.split(text)
    best = max(clauses, key=lambda clause: coverage.of(syllables(clause)))
    words = {word for _, word in question.content}
    held, of_all = (len(words.intersection(syllables(part))) for part in (best, text))
    return held < _ONE_ITEM * of_all or not answer_spans(best, QuestionKind.DATE)


def _asks_just_where(question: AnalysedQuestion) -> bool:
    return (
        question.kind is QuestionKind.PLACE
        and len(question.content) <= _VERY_SHORT_QUESTION
        and not _ASKS_WHERE.isdisjoint(syllables(question.text))
    )


def _codes(text: str) -> set[str]:
    """Return the full document numbers in `text`, folded: "828/QĐ-TTg" is not "828/QĐ-UBND"."""
    return set(_CODE.findall(fold(text).lower()))


def _motto_numbers(question: AnalysedQuestion) -> set[str]:
    """Return the figures of mottos: "2 thạo" is met by its two members, whatever the spelling."""
    return {str(count) for count, _ in question.formulas}
