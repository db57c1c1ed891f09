"""What is kept of an answer, and what people thought of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from embeddings.vietnamese import nfc

if TYPE_CHECKING:
    import datetime as dt

    from knowledge import Answer

QUESTION_CHARACTERS = 1000
"""Characters of a question; longer ones are not answered (`knowledge.answering.question`)."""
TITLE_CHARACTERS = 300
"""Characters of a title or heading that are kept."""
SOURCE_CHARACTERS = 1000
"""Characters of a source line that are kept."""


class ChatKind(StrEnum):
    """Where somebody asked."""

    PRIVATE = "private"
    GROUP = "group"


class Vote(StrEnum):
    """What somebody thinks of an answer."""

    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """Why somebody marked an answer down."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    OFF_TOPIC = "off_topic"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class RecordedPassage:
    """A passage that an answer quotes."""

    chunk_id: str
    title: str
    heading: str
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer or refusal as it was shown; `shown_at` is UTC, `latency_ms` milliseconds.

    `normalised` is the question written out: lower case, diacritics and abbreviations restored, no
    politeness. A person who was erased is None, and the question then is empty.
    """

    answer_id: str
    shown_at: dt.datetime
    person_id: int | None
    chat_kind: ChatKind
    question: str
    normalised: str
    restored_question: str | None
    refused: bool
    confidence: float
    kb_version: str
    latency_ms: float
    passages: tuple[RecordedPassage, ...] = ()

    @classmethod
    def of(  # noqa: PLR0913 -- what an answer itself does not know
        cls,
        answer: Answer,
        *,
        answer_id: str,
        shown_at: dt.datetime,
        person_id: int | None,
        chat_kind: ChatKind,
        normalised: str,
    ) -> RecordedAnswer:
        """Return what is kept of `answer`, cut and cleaned to what both databases take."""
        return cls(
            answer_id=answer_id,
            shown_at=shown_at,
            person_id=person_id,
            chat_kind=chat_kind,
            question=storable(answer.question, QUESTION_CHARACTERS),
            normalised=storable(normalised, QUESTION_CHARACTERS),
            restored_question=None
            if answer.restored_question is None
            else storable(answer.restored_question, QUESTION_CHARACTERS),
            refused=answer.refused,
            confidence=answer.confidence,
            kb_version=answer.kb_version,
            latency_ms=answer.latency_ms,
            passages=tuple(
                RecordedPassage(
                    chunk_id=citation.chunk_id,
                    title=storable(citation.title, TITLE_CHARACTERS),
                    heading=storable(citation.heading, TITLE_CHARACTERS),
                    source=storable(citation.source, SOURCE_CHARACTERS),
                    quote=storable(citation.quote),
                )
                for citation in answer.citations
            ),
        )


def storable(text: str, limit: int | None = None) -> str:
    """Return `text` in NFC on one line, without what a database or a spreadsheet refuses.

    PostgreSQL takes no NUL, no encoding takes half of a surrogate pair, XLSX no control characters.
    """
    plain = "".join(c if c.isprintable() else " " for c in nfc(text))
    return " ".join(plain.split())[:limit]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thinks of an answer, and how many think what; None: taken back."""

    own: Vote | None
    reason: Reason | None
    up: int
    down: int
    repeated: bool = False
    """The press was a second one by the same hand: nothing was changed."""
