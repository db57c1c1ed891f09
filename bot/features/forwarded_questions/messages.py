"""Entries as messages in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.forwarded_questions import texts
from bot.features.forwarded_questions.entry import EntryKind
from bot.office_time import OFFICE_TIME
from bot.telegram.formatting import escape, escape_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bot.features.forwarded_questions.entry import Entry
    from bot.telegram.paging import Page

_LINE_UNITS = 120
_NAME_UNITS = 80
_QUOTED_UNITS = 600
_QUESTION_UNITS, _TOLD_UNITS = 1_200, 2_000


def list_text(entries: Sequence[Entry], page: Page) -> str:
    """Return a page of the open entries."""
    if not entries:
        return texts.EMPTY
    lines = [
        texts.LINE.format(
            number=number,
            mark=texts.MARKS[entry.kind],
            question=escape_line(entry.question or texts.ERASED_QUESTION, _LINE_UNITS),
            whom=_whom(entry),
            moment=_moment(entry.sent_at),
        )
        for number, entry in enumerate(entries, page.offset + 1)
    ]
    return "\n".join([texts.TITLE.format(count=page.count), "", *lines, "", texts.HINT])


def card_text(entry: Entry) -> str:
    """Return all that an editor needs to know of an entry."""
    form = texts.QUESTION_CARD if entry.kind is EntryKind.QUESTION else texts.FEEDBACK_CARD
    return form.format(
        number=entry.id,
        moment=_moment(entry.sent_at),
        name=_whom(entry),
        question=escape(entry.question or texts.ERASED_QUESTION, _QUESTION_UNITS),
        reason=texts.REASONS[entry.reason] if entry.reason is not None else "",
        told=escape(entry.told or texts.REFUSED, _TOLD_UNITS),
    )


def quoted(entry: Entry) -> str:
    """Return an entry's question as it is quoted to people."""
    return escape_line(entry.question or texts.ERASED_QUESTION, _QUOTED_UNITS)


def news_text(entry: Entry) -> str:
    """Return what editors are told of a new question."""
    return texts.NEWS.format(number=entry.id, name=_whom(entry), question=escape(entry.question))


def _whom(entry: Entry) -> str:
    """Return who sent it: feedback is nobody's by name."""
    if entry.kind is EntryKind.FEEDBACK or not entry.name:
        return texts.ANONYMOUS
    return escape_line(entry.name, _NAME_UNITS)


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(OFFICE_TIME).strftime("%d/%m/%Y %H:%M")
