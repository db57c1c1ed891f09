"""What a sentence says its subject is: the words after "là", "gồm" or "đó là"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import syllable_spans, syllables

if TYPE_CHECKING:
    from knowledge.answering.coverage import QuestionCoverage
    from knowledge.entities.spans import Span

_COPULA = re.compile(
    r"[\s”\"’,]*(?:(?:chính|cũng|đó)\s+)?(?:là|bao gồm|gồm|gồm có)\s*:?\s+[“\"]?", re.IGNORECASE
)
_HAS_COPULA = re.compile(r"\b(?:là|gồm)\b", re.IGNORECASE)
_STOP = re.compile(r"[.;:!?…”\"](?:\s|$)|,\s|[”\"]")
_LAST_MEMBER = re.compile(r",\s[^,.;:]{0,90}\svà\s[^,.;:]{1,90}(?=[,.;:]|$)")
_WHOLE_SUBJECT = re.compile(
    rf"(?P<subject>[^.;:!?…”\"]{{3,120}}?(?=\s)){_COPULA.pattern}", re.IGNORECASE
)
_NEGATION = re.compile(r"\b(?:không|chưa|chẳng) phải$", re.IGNORECASE)
_FULL_SUBJECT = 0.8
_MAX_LENGTH = 220
_SHORT = 30  # a comma this soon separates members rather than clauses


def predicate_span(text: str, coverage: QuestionCoverage) -> Span | None:
    """Return the range of what `text` says of the question's words, or None.

    The copula must follow one of those words directly ("… với chức năng là cơ quan tham mưu"), or a
    subject that holds them all ("Truyền thống của Văn phòng UBND tỉnh Lào Cai là: …").
    """
    if not _HAS_COPULA.search(text):
        return None
    places = syllable_spans(text)
    best: tuple[float, Span] | None = None
    for position, weight in coverage.positions(syllables(text)):
        match = _COPULA.match(text, places[position][1])
        if match is None or _NEGATION.search(text, 0, places[position][1]):
            continue
        end = _end(text, match)
        if 3 <= end - match.end() <= _MAX_LENGTH and (best is None or weight > best[0]):
            best = weight, (match.end(), end)
    copula = _WHOLE_SUBJECT.match(text)
    if best is None and copula is not None and not _NEGATION.search(copula["subject"]):
        end = _end(text, copula)
        subject = coverage.of(syllables(copula["subject"]))
        if subject >= _FULL_SUBJECT and 3 <= end - copula.end() <= _MAX_LENGTH:
            return copula.end(), end
    return best[1] if best else None


def _end(text: str, copula: re.Match[str]) -> int:
    if copula.group().rstrip().endswith(("“", '"')):
        closing = re.search(r"[”\"]", text[copula.end() :])
        return copula.end() + closing.start() if closing else len(text)
    stop = _STOP.search(text, copula.end())
    if stop is None:
        return len(text.rstrip())
    while stop.group().startswith(",") and stop.start() - copula.end() < _SHORT:
        further = _STOP.search(text, stop.end())
        if further is None:
            return len(text.rstrip())
        stop = further
    if last := _LAST_MEMBER.match(text, stop.start()):
        return last.end()
    return stop.start()
