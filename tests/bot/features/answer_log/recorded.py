"""Recorded answers for tests: plain ones that a test changes where it matters."""

import dataclasses
import datetime as dt
import itertools
from typing import Any

from bot.features.answer_log.logged_answer import ChatKind, RecordedAnswer, RecordedPassage
from bot.features.answer_log.question_wording import QuestionWording
from knowledge.answering.office import read_office

NOON = dt.datetime(2026, 11, 20, 5, tzinfo=dt.UTC)
"""Noon in the office."""
WORDING = QuestionWording(read_office().glossary)
PASSAGE = RecordedPassage("040b3697fe1111ad", "Ngày truyền thống", "Lịch sử", "QĐ 828", "28/8")

_numbers = itertools.count(1)


def an_answer(question: str = "Ngày truyền thống là ngày nào?", **changes: Any) -> RecordedAnswer:
    """An answer shown at noon to person 1001."""
    plain = RecordedAnswer(
        answer_id=f"{next(_numbers):07}",
        shown_at=NOON,
        person_id=1001,
        chat_kind=ChatKind.PRIVATE,
        question=question,
        normalised=WORDING.normalised(question),
        restored_question=None,
        refused=False,
        confidence=0.9,
        kb_version="v0001",
        latency_ms=12.0,
        passages=(PASSAGE,),
    )
    return dataclasses.replace(plain, **changes)


def a_refusal(question: str, **changes: Any) -> RecordedAnswer:
    """A refusal shown at noon to person 1001."""
    return an_answer(question, refused=True, passages=(), **changes)
