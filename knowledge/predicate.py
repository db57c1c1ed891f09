"""What a sentence says its subject is: the words after "là", "gồm" or "đó là"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import syllable_spans, syllables

if TYPE_CHECKING:
    from knowledge.coverage import QuestionCoverage
    from knowledge.spans import Span

_COPULA = re.compile(
    r"[\s”\"’,]*(?:(?:chính|cũng|đó)\s+)?(?:là|bao gồm|gồm|gồm có)\s*:?\s+[“\"]?", re.IGNORECASE
)
_STOP = re.compile(r"[.;:!?…”\"](?:\s|$)|,\s|[”\"]")
_LAST_MEMBER = re.compile(r",\s[^,.;:]{0,90}\svà\s[^,.;:]{1,90}(?=[,.;:]|$)")
_MAX_LENGTH = 220


def predicate_span(text: str, coverage: QuestionCoverage) -> Span | None:
    """Return the range of what `text` says of the question's words, or None.

    The copula must follow one of those words directly: "… với chức năng là cơ quan tham mưu".
    """
    places = syllable_spans(text)
    best: tuple[float, Span] | None = None
    for position, weight in coverage.positions(syllables(text)):
        match = _COPULA.match(text, places[position][1])
        if match is None:
            continue
        end = _end(text, match)
        if 3 <= end - match.end() <= _MAX_LENGTH and (best is None or weight > best[0]):
            best = weight, (match.end(), end)
    return best[1] if best else None


def _end(text: str, copula: re.Match[str]) -> int:
    if copula.group().rstrip().endswith(("“", '"')):
        closing = re.search(r"[”\"]", text[copula.end() :])
        return copula.end() + closing.start() if closing else len(text)
    stop = _STOP.search(text, copula.end())
    if stop is None:
        return len(text.rstrip())
    if last := _LAST_MEMBER.match(text, stop.start()):
        return last.end()
    return stop.start()
