"""Documents with questions that are asked of the assistant, and how an answer is judged."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.document_cases.case import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

_EITHER = "|"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its answer must say.

    Each text of `right` must stand in the answer's text, or one of its alternatives where it has
    some between bars ("7 ngày|bảy ngày"); none of `wrong` may stand there. Case and line ends don't
    matter, and a text stands there as whole words and whole numbers only. A question with `refused`
    has no answer in the documents: the assistant must say so.
    """

    question: str
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Files, each a name with what makes its bytes, that are put in together, and the questions."""

    name: str
    files: tuple[tuple[str, Callable[[], bytes]], ...]
    questions: tuple[Asked, ...]


def either_day(day: int, month: int, year: int) -> str:
    """Return the ways to write a date, as alternatives of `Asked.right`."""
    return _EITHER.join(
        f"{d}{between}{m}{before}{year}"
        for between, before in (("/", "/"), (" tháng ", " năm "), ("-", "-"))
        for d in dict.fromkeys((f"{day:02}", f"{day}"))
        for m in dict.fromkeys((f"{month:02}", f"{month}"))
    )


def judge(asked: Asked, text: str, *, refused: bool) -> Verdict:
    """Return whether the answer with `text` is right, wrong or says that nothing was found."""
    if asked.refused or refused:
        if asked.refused and refused:
            return Verdict.RIGHT
        return Verdict.REFUSED if refused else Verdict.WRONG
    return Verdict.WRONG if faults_of(asked, text) else Verdict.RIGHT


def faults_of(asked: Asked, text: str) -> list[str]:
    """Return what the text of an answer lacks, and what it must not say."""
    lacking = [
        f"lacks: {part.partition(_EITHER)[0]}"
        for part in asked.right
        if not any(_stands(one, text) for one in part.split(_EITHER))
    ]
    return lacking + [f"has: {part}" for part in asked.wrong if _stands(part, text)]


def _stands(part: str, text: str) -> bool:
    """Return whether `part` stands in `text` as whole words: no 3 in 13, no 500 in 6.500."""
    pattern = rf"(?<!\w)(?<!\d[.,/]){re.escape(_plain(part))}(?!\w)(?![.,/]\d)"
    return re.search(pattern, _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
