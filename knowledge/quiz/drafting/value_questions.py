"""Questions for a date or a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.entities.dates import dates_in
from knowledge.entities.document_numbers import document_numbers
from knowledge.quiz.drafting.draft import DraftKind, Proposal
from knowledge.quiz.drafting.statement import asked, blank, question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embeddings.sentences import Span
    from knowledge.entities.dates import CalendarDate
    from knowledge.entities.document_numbers import DocumentNumber
    from knowledge.quiz.drafting.material import Material
    from knowledge.quiz.drafting.statement import Statement

_DAY = re.compile(r"(?:(?<!\w)(?P<lead>vào |từ |đến )?ngày )$", re.IGNORECASE)
_NAMED_DAY = re.compile(
    r"(?<!\w)(?P<name>ngày [^\d,.;:“”\"()]{4,70}?)(?: ngày)? (?P<date>\d{1,2}/\d{1,2})"
    r"(?=\s*(?:[,;.…]|và ngày|$))",
    re.IGNORECASE,
)
_DATED = re.compile(r" ngày \d+/\d+/\d{4}")
_AFTER_NOUN = re.compile(
    r"(?:nghị quyết|quyết định|kế hoạch|chỉ thị|văn bản|nghị định|thông tư) $", re.IGNORECASE
)
_PARTS = ["đầu ", "", "khoảng ", "giữa ", "cuối "]
_EVERY_YEAR = re.compile(r" h[ằà]ng năm$")


def date_questions(statement: Statement, material: Material) -> Iterator[Proposal]:
    """Yield a question for each date whose sentence says what happened then."""
    text = statement.text
    named = [(match.start("date"), match) for match in _NAMED_DAY.finditer(text)]
    for span, date in dates_in(text):
        match = next((m for start, m in named if start == span[0]), None)
        if match is not None and (name := _day_name(match["name"])):
            question = question_of(f"{name} là ngày nào")
        elif issued := _dated_document(text, span[0]):
            question = question_of(f"{issued} được ban hành ngày nào")
        else:
            question = _about_date(text, span, date)
        if question is not None:
            yield Proposal(
                DraftKind.DATE,
                statement,
                question,
                (str(date),),
                _other_dates(date, question, statement, material, listed=match is not None),
                order=_by_time,
            )


def _day_name(name: str) -> str | None:
    """Return the last "ngày …" of what stands before a date, unless it names two days."""
    last = name[name.lower().rindex("ngày ") :]
    return None if " và " in last or len(last.split()) < 3 else last


def _about_date(text: str, span: Span, date: CalendarDate) -> str | None:
    start, end = span
    if date.day is None:
        if not date.part:
            return asked(text, span, "năm nào")
        if _AFTER_NOUN.search(text, 0, start):
            return blank(text, span)
        return asked(text, span, "khi nào")
    if match := _DAY.search(text, 0, start):
        lead = (match["lead"] or "").lower()
        if text[: match.start()].endswith(", ") and text.startswith(", ", end):
            text = text[match.start() :]  # "…, ngày 2/9, he did": what he did stands after it
            return asked(text, (0, end - match.start()), f"{lead or 'vào '}ngày nào")
        if text[end : end + 2] == ", " and not lead:
            lead = "vào "
        if yearly := _EVERY_YEAR.search(text, end):
            end = yearly.end()
        return asked(text, (match.start(), end), f"{lead}ngày nào")
    return None


def _other_dates(
    date: CalendarDate, question: str, statement: Statement, material: Material, *, listed: bool
) -> tuple[tuple[str, ...], ...]:
    """Return other dates of the same form: of the corpus, then near ones.

    A date of the corpus that may answer the question too is left out, and so is any of the same
    sentence. Days of a list each have a name of their own, so there they may stand side by side.
    """
    same_sentence = [] if listed else [other for _, other in dates_in(statement.text)]
    near = [other for other in date.neighbours() if not other.agrees_with(date)]
    told: list[CalendarDate] = []
    for other, sentence in material.dates:
        if other.shape != date.shape or other.agrees_with(date) or other.is_far_from(date):
            continue
        if any(other.agrees_with(here) for here in same_sentence):
            continue
        if not listed and material.subjects.same(question, sentence):
            continue
        told.append(other.written_like(date))
    known = [other for other, _ in material.dates]
    near = [other for other in near if not any(other.agrees_with(one) for one in known)]
    return _texts(told), _texts(near)


def _texts(dates: list[CalendarDate]) -> tuple[str, ...]:
    distinct = {date.value: date for date in dates}
    return tuple(str(date) for _, date in sorted(distinct.items()))


def _by_time(option: str) -> tuple[int, ...]:
    year, month, day, part = dates_in(option)[0][1].value
    return year, month, day, _PARTS.index(part)


def document_questions(statement: Statement, material: Material) -> Iterator[Proposal]:
    """Yield a question for each document whose number and kind the sentence tells."""
    text = statement.text
    for document in document_numbers(text):
        kind, (start, end) = document.kind, document.span
        if kind is None or text[:start].rstrip().endswith(("“", '"')):
            continue
        if date := _DATED.match(text, end):
            end = date.end()
        word = f"{kind.lower() if start else kind} nào"
        question = asked(text, (start, end), word)
        if question is None:
            continue
        yield Proposal(
            DraftKind.DOCUMENT,
            statement,
            question,
            (str(document),),
            (_told_documents(document, material), _near_documents(document, material)),
        )


def _dated_document(text: str, date: int) -> DocumentNumber | None:
    """Return the document whose number stands right before a date: "… 828/QĐ-TTg, ngày 22/7"."""
    return next(
        (
            document
            for document in document_numbers(text)
            if document.kind
            and document.marked
            and text[document.span[1] : date].removeprefix(",") == " ngày "
        ),
        None,
    )


def _told_documents(asked_for: DocumentNumber, material: Material) -> tuple[str, ...]:
    """Return the corpus's other documents of the same kind."""
    found: dict[str, None] = {}
    for sentence in material.sentences:
        numbers = [n for n in document_numbers(sentence) if n.kind == asked_for.kind]
        if any((n.number, n.symbol) == (asked_for.number, asked_for.symbol) for n in numbers):
            continue  # it may be about the same
        found |= dict.fromkeys(map(str, numbers))
    return tuple(found)


def _near_documents(document: DocumentNumber, material: Material) -> tuple[str, ...]:
    """Return numbers that could be mistaken for the document's, none of them in the corpus."""
    number = document.number
    swapped = [
        number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(len(number) - 1)
    ]
    numbers = [
        *swapped,
        *(str(int(number) + step) for step in (10, -10, 2, -8, 54, -100)),
        number[::-1],
    ]
    corpus = " ".join(material.sentences)
    found = dict.fromkeys(
        document.called(other)
        for other in numbers
        if other != number and len(other) == len(number) and not other.startswith(("0", "-"))
    )
    return tuple(name for name in found if name.split(" ")[-1] not in corpus)
