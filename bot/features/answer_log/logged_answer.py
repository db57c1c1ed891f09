"""What is kept of an answer, and what people thought of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from embeddings.vietnamese import nfc, syllables
from knowledge.retrieval.politeness import without_politeness

if TYPE_CHECKING:
    import datetime as dt
    import random

    from knowledge import Answer
    from knowledge.retrieval.glossary import Glossary

ID_CHARACTERS = 7
"""35 bits, so that among 50,000 answers a new id is taken once in 700,000 times."""
QUESTION_CHARACTERS = 1000
"""Characters of a question; longer ones are not answered (`knowledge.answering.question`)."""
TITLE_CHARACTERS = 300
"""Characters of a title or heading that are kept."""
SOURCE_CHARACTERS = 1000
"""Characters of a source line that are kept."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LOOK_ALIKE = str.maketrans("OIL", "011")
_ID = re.compile(f"[{_ALPHABET}]{{{ID_CHARACTERS}}}")


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
class LoggedPassage:
    """A passage that an answer quotes."""

    chunk_id: str
    title: str
    heading: str
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """One answer or refusal as it was shown; `shown_at` is UTC, `latency_ms` milliseconds.

    `normalised` is the question written out: lower case, diacritics and abbreviations restored, no
    politeness. A person who was erased is None, and the question then is empty. `written` is what a
    language model wrote from the passages; None where they were shown themselves.
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
    passages: tuple[LoggedPassage, ...] = ()
    written: str | None = None

    @classmethod
    def of(  # noqa: PLR0913 -- what an answer itself does not know
        cls,
        answer: Answer,
        *,
        answer_id: str,
        shown_at: dt.datetime,
        person_id: int | None,
        chat_kind: ChatKind,
        glossary: Glossary,
    ) -> LoggedAnswer:
        """Return what is kept of `answer`, cut and cleaned to what both databases take."""
        restored = answer.restored_question
        meant = answer.understood or answer.question
        normalised = normalised_question(glossary, meant, restored)
        return cls(
            answer_id=answer_id,
            shown_at=shown_at,
            person_id=person_id,
            chat_kind=chat_kind,
            question=storable(answer.question, QUESTION_CHARACTERS),
            normalised=storable(normalised, QUESTION_CHARACTERS),
            restored_question=None if restored is None else storable(restored, QUESTION_CHARACTERS),
            refused=answer.refused,
            confidence=answer.confidence,
            kb_version=answer.kb_version,
            latency_ms=answer.latency_ms,
            passages=tuple(
                LoggedPassage(
                    chunk_id=citation.chunk_id,
                    title=storable(citation.title, TITLE_CHARACTERS),
                    heading=storable(citation.heading, TITLE_CHARACTERS),
                    source=storable(citation.source, SOURCE_CHARACTERS),
                    quote=storable(citation.quote),
                )
                for citation in answer.citations
            ),
            written=storable(answer.text) if answer.generated else None,
        )


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thinks of an answer, and how many think what; None: taken back."""

    own: Vote | None
    reason: Reason | None
    up: int
    down: int
    repeated: bool = False
    """The press was a second one by the same hand: nothing was changed."""


def new_answer_id(rng: random.Random) -> str:
    """Return a random id, short enough to be read out on the phone."""
    return "".join(rng.choices(_ALPHABET, k=ID_CHARACTERS))


def parse_answer_id(text: str) -> str | None:
    """Return the id that somebody typed, or None when it can't be one.

    Case, spaces, dashes and look-alikes (O for 0; I and L for 1) don't matter.
    """
    typed = re.sub(r"[\s-]", "", text).upper().translate(_LOOK_ALIKE)
    return typed if _ID.fullmatch(typed) else None


def normalised_question(glossary: Glossary, question: str, restored: str | None = None) -> str:
    """Return a question in lower case, written out, without politeness and punctuation.

    `restored` is the assistant's reading of it with diacritics, where they were missing.
    """
    return " ".join(syllables(restored or glossary.expand(without_politeness(question))))


def storable(text: str, limit: int | None = None) -> str:
    """Return `text` in NFC on one line, without what a database or a spreadsheet refuses.

    PostgreSQL takes no NUL, no encoding takes half of a surrogate pair, XLSX no control characters.
    """
    plain = "".join(c if c.isprintable() else " " for c in nfc(text))
    return " ".join(plain.split())[:limit]
