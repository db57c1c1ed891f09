"""The tables of questions: drafts that editors decide on, and questions that are not in use."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.schema import Base, RowId, UtcDateTime, enum_words
from knowledge.quiz.drafting.draft import DraftKind
from knowledge.quiz.question import ID_CHARACTERS

FINGERPRINT_CHARACTERS = 16
CHUNK_ID_CHARACTERS = 64
REASON_CHARACTERS = 300


class DraftState(StrEnum):
    """What became of a draft."""

    DRAFT = "draft"
    """It waits for an editor."""
    APPROVED = "approved"
    REJECTED = "rejected"


class OutOfUse(StrEnum):
    """Why a question is not asked."""

    SUSPENDED = "suspended"
    """Its passage changed or went; it comes back with the passage."""
    RETIRED = "retired"
    """An editor took it out; only an editor brings it back."""


class QuestionDraftRow(Base):
    """A question drafted from a passage. Rejected ones stay, so that they aren't drafted again."""

    __tablename__ = "question_drafts"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'approved', 'rejected')", "state"),
        CheckConstraint(
            "kind IN ('date', 'count', 'document', 'name', 'list', 'cloze')",
            "kind",
        ),
        Index("ix_question_drafts_state", "state"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(FINGERPRINT_CHARACTERS), unique=True)
    kind: Mapped[DraftKind] = mapped_column(enum_words(DraftKind))
    state: Mapped[DraftState] = mapped_column(enum_words(DraftState))
    question: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The question's fields but its id, with what editors changed."""
    chunk_id: Mapped[str] = mapped_column(String(CHUNK_ID_CHARACTERS))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    """None after that person was erased."""


class QuestionStateRow(Base):
    """A question of the files or of the drafts that is not asked at present."""

    __tablename__ = "question_states"
    __table_args__ = (CheckConstraint("state IN ('suspended', 'retired')", "state"),)

    question_id: Mapped[str] = mapped_column(String(ID_CHARACTERS), primary_key=True)
    state: Mapped[OutOfUse] = mapped_column(enum_words(OutOfUse))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[int | None] = mapped_column(BigInteger)
    """The editor; None for the bot itself, and after that person was erased."""
