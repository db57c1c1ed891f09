"""What a document says that it does to others: replace, amend, repeal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.entities.document_numbers import DocumentNumber, document_numbers, kind_of_number

_ENDING = frozenset({"thay thế", "bãi bỏ", "hủy bỏ"})
_VERB = re.compile(
    r"(?<!được )(?<!bị )(?<!đã )(?<!\w)"
    r"(?P<verb>thay thế|bãi bỏ|h(?:ủy|uỷ) bỏ|sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|đính chính)"
    r"(?!\w)(?! (?:bởi|theo|tại|bằng)\b)",
    re.IGNORECASE,
)
_NO_LONGER_IN_FORCE = re.compile(
    r"(?:hết hiệu lực|không còn hiệu lực|(?:bị|được) (?:bãi bỏ|thay thế))(?!\w)", re.IGNORECASE
)
_PARTLY = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|chương|mục|phụ lục|phần|một số|cụm từ)(?!\w)", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_LISTED = re.compile(r"(?:,|;|(?<!\w)và)\s*(?:các\s+)?$", re.IGNORECASE)
_ABOUT_ITSELF = re.compile(r"(?<!\w)này(?!\w)", re.IGNORECASE)
_LABEL = re.compile(r"(?:[-–+•]\s*|\w{1,4}[.)]\s*|(?:Điều|Khoản) \d+[.:]?\s*)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a document does to another: "thay thế", "12/QĐ-UBND" and "Quyết định" (or empty).

    The verb ends in "một phần" where it concerns a part of the other document only.
    """

    verb: str
    number: str
    kind: str = ""

    @property
    def ends(self) -> bool:
        """Whether the other document has no force any more."""
        return self.verb in _ENDING

    def __str__(self) -> str:
        return f"{self.verb} {self.kind or 'văn bản'} số {self.number}"


def amendments(line: str, *, by_itself: bool) -> list[Amendment]:
    """Return what a line of a document says that the document does to others.

    A sentence says so about "this decision" ("Quyết định này … thay thế …") or, where `by_itself`,
    by beginning with the verb.
    """
    if "/" not in line or line.startswith(("Căn cứ", "Theo ")):
        return []
    found = []
    for sentence in _SENTENCE.split(line):
        numbers = document_numbers(sentence)
        if numbers:
            found += _amended(sentence, numbers, by_itself=by_itself)
    return found


def _amended(sentence: str, numbers: list[DocumentNumber], *, by_itself: bool) -> list[Amendment]:
    about_itself = _ABOUT_ITSELF.search(sentence) is not None
    over = _NO_LONGER_IN_FORCE.search(sentence)
    if over and about_itself:
        return [_amendment("bãi bỏ", one) for one in numbers if one.span[1] <= over.start()]
    label = _LABEL.match(sentence)
    verbs = list(_VERB.finditer(sentence))
    found = []
    for verb, following in zip(verbs, [*verbs[1:], None], strict=False):
        begins = label is not None and verb.start() == label.end()
        if not about_itself and not (by_itself and begins):
            continue
        end = following.start() if following else len(sentence)
        listed: list[DocumentNumber] = []
        for one in numbers:
            if not verb.end() <= one.span[0] < end:
                continue
            if listed and not _LISTED.search(sentence[listed[-1].span[1] : one.span[0]]):
                break
            listed.append(one)
        said = " ".join(verb["verb"].lower().split()).replace("huỷ", "hủy")
        if listed and said in _ENDING:
            object_ = sentence[verb.end() : listed[0].span[0]]
            said += " một phần" if _PARTLY.search(object_) else ""
        found += [_amendment(said, one) for one in listed]
    return found


def _amendment(verb: str, number: DocumentNumber) -> Amendment:
    stated = number.number + number.symbol
    return Amendment(verb, stated, number.kind or kind_of_number(stated) or "")
