"""A drafted question: first proposed, then with its options, for an editor to decide on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from embeddings.vietnamese import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.quiz.drafting.lists import PassageList
    from knowledge.quiz.drafting.statement import Statement
    from knowledge.quiz.question import QuizQuestion

NO_TOPIC = ""
"""The topic of a draft whose article belongs to no topic: an editor chooses it."""


class DraftKind(StrEnum):
    """What a drafted question asks for."""

    DATE = "date"
    COUNT = "count"
    DOCUMENT = "document"
    NAME = "name"
    LIST = "list"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question before its options are chosen.

    `source` is what it is made from. `correct` are the right options, `wrong` the candidates for
    the others in groups, the best group first. `order` is the key to sort the options by where they
    are values such as dates; without it chance orders them.
    """

    kind: DraftKind
    source: Statement | PassageList
    text: str
    correct: tuple[str, ...]
    wrong: tuple[tuple[str, ...], ...]
    order: Callable[[str], tuple[int, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A question drafted from the passage `chunk_id`.

    `fingerprint` (16 hexadecimal digits) stays the same however the distractors fall, so that one
    passage is not drafted twice for one answer; it is the `question_id` until an editor approves.
    """

    fingerprint: str
    kind: DraftKind
    chunk_id: str
    question: QuizQuestion


def fingerprint(article: str, quote: str, answers: Sequence[str], kind: DraftKind) -> str:
    """Return what identifies a draft: its article, quote, right answers and kind."""
    content = json.dumps(
        [article, plain(quote), sorted(map(plain, answers)), kind.value], ensure_ascii=False
    )
    return hashlib.sha256(content.encode()).hexdigest()[:16]
