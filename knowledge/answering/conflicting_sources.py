"""Finds passages that answer the same question differently, so that both can be shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.sentences import quoted_spans
from embeddings.vietnamese import syllables
from knowledge.answering.question import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.evidence import Evidence

NOTICE = "Các tài liệu ghi không hoàn toàn giống nhau, xin nêu cả hai:"
_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+và\s+")
_MIN_MEMBERS = 4
_MIN_SHARED = 0.5
VALUE_KINDS = frozenset({QuestionKind.DATE, QuestionKind.DURATION, QuestionKind.COUNT})
"""Kinds of questions whose answers can be compared."""
_CLOSE_SCORE = 1.5


def differing_motto(chosen: str, evidence: Sequence[Evidence]) -> tuple[Evidence, str] | None:
    """Return evidence that quotes a motto much like the one in `chosen`, with its wording."""
    own = set(_mottos(chosen))
    for other in evidence:
        for motto, wording in _mottos(other.sentence.text).items():
            alike = any(len(mine & motto) >= _MIN_SHARED * len(mine | motto) for mine in own)
            if alike and motto not in own:
                return other, wording
    return None


def differing_value(
    best: Evidence, value: str, others: Sequence[tuple[Evidence, str]]
) -> Evidence | None:
    """Return nearly as good evidence from another article whose value differs from `value`.

    A value that only adds detail to the other ("28/8" and "28/8/1945") does not differ.
    """
    if not value:
        return None
    for other, theirs in others:
        same_article = other.chunk.article_id == best.chunk.article_id
        close = other.score >= best.score - _CLOSE_SCORE and other.coverage >= best.coverage
        if theirs and close and not same_article and not _agree(value, theirs):
            return other
    return None


def _mottos(text: str) -> dict[frozenset[str], str]:
    """Return the quoted enumerations of `text`: their members and their wording."""
    found: dict[frozenset[str], str] = {}
    for start, end in quoted_spans(text):
        members = (" ".join(syllables(part)) for part in _SEPARATOR.split(text[start:end]))
        motto = frozenset(member for member in members if member)
        if len(motto) >= _MIN_MEMBERS:
            found[motto] = text[start:end]
    return found


def _agree(one: str, other: str) -> bool:
    a, b = _figures(one), _figures(other)
    return a <= b or b <= a


def _figures(value: str) -> set[str]:
    return {figure.lstrip("0") for figure in re.findall(r"\d+", value)} or set(syllables(value))
