"""Questions for a date or a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.quiz.drafting.calendar_date import dates_in
from knowledge.quiz.drafting.draft import DraftKind, Proposal
from knowledge.quiz.drafting.statement import asked, blank, question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.answering.spans import Span
    from knowledge.quiz.drafting.calendar_date import CalendarDate
    from knowledge.quiz.drafting.material import Material
    from knowledge.quiz.drafting.statement import Statement

_DAY = re.compile(r"(?:(?<!\w)(?P<lead>vào |từ |đến )?ngày )$", re.IGNORECASE)
_NAMED_DAY = re.compile(
    r"(?<!\w)(?P<name>ngày [^\d,.;:“”\"()]{4,70}?)(?: ngày)? (?P<date>\d{1,2}/\d{1,2})"
    r"(?=\s*(?:[,;.…]|và ngày|$))",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?P<document>(?:Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kế hoạch|Quy định)"
    r" số \d+(?:/\d{4})?/[A-ZĐ][\w-]*\d*),? ngày $"
)
_DOCUMENT = re.compile(
    r"(?P<type>Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kế hoạch|Quy định)(?P<so> số)? "
    r"(?P<number>\d+)(?P<rest>(?:/(?P<year>\d{4}))?/[A-ZĐ][\w-]*\d*)(?: ngày \d+/\d+/\d{4})?"
)
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
        elif issued := _ISSUED.search(text, 0, span[0]):
            document = issued["document"]
            question = question_of(f"{document} được ban hành ngày nào")
        else:
            question = _about_date(text, span, date)
        if question is not None:
            yield Proposal(
                DraftKind.DATE,
                statement.chunk,
                statement.quote,
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
    for match in _DOCUMENT.finditer(text):
        kind = match["type"]
        begins = match.start() == 0
        word = f"{kind if begins else kind.lower()} nào"
        if match.start() > 0 and text[: match.start()].rstrip().endswith(("“", '"')):
            continue
        question = asked(text, match.span(), word)
        if question is None:
            continue
        name = f"{kind}{match['so'] or ''} {match['number']}{match['rest']}"
        yield Proposal(
            DraftKind.DOCUMENT,
            statement.chunk,
            statement.quote,
            question,
            (name,),
            (_told_documents(match, material), _near_documents(match, material)),
        )


def _told_documents(asked_for: re.Match[str], material: Material) -> tuple[str, ...]:
    """Return the corpus's other documents of the same kind."""
    found: dict[str, None] = {}
    for sentence in material.sentences:
        numbers = [m for m in _DOCUMENT.finditer(sentence) if m["type"] == asked_for["type"]]
        keys = {(m["number"], m["rest"]) for m in numbers}
        if (asked_for["number"], asked_for["rest"]) in keys:
            continue  # it may be about the same
        for m in numbers:
            found[f"{m['type']}{m['so'] or ''} {m['number']}{m['rest']}"] = None
    return tuple(found)


def _near_documents(match: re.Match[str], material: Material) -> tuple[str, ...]:
    """Return numbers that could be mistaken for the document's, none of them in the corpus."""
    number = match["number"]
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
        f"{match['type']}{match['so'] or ''} {other}{match['rest']}"
        for other in numbers
        if other != number and len(other) == len(number) and not other.startswith(("0", "-"))
    )
    return tuple(name for name in found if name.split(" ")[-1] not in corpus)
