"""The tables of the answer log: answers, their passages, votes and daily counts."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.schema import Base, RowId, UtcDateTime, enum_words
from bot.features.answer_log.logged_answer import (
    ID_CHARACTERS,
    QUESTION_CHARACTERS,
    SOURCE_CHARACTERS,
    TITLE_CHARACTERS,
    ChatKind,
    Reason,
    Vote,
)


class AnswerRow(Base):
    """One answer or refusal that was shown."""

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint("chat_kind IN ('private', 'group')", "chat_kind"),
        Index("ix_answers_person_id", "person_id"),
        Index("ix_answers_chat_id_message_id", "chat_id", "message_id"),
        # Statistics and the purge go by days; this index alone answers most of their counts.
        Index("ix_answers_day_refused", "day", "refused"),
    )

    id: Mapped[str] = mapped_column(String(ID_CHARACTERS), primary_key=True)
    shown_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    day: Mapped[dt.date] = mapped_column(Date)
    """The day of `shown_at` in the office."""
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    """Who asked; None after that person is erased, and for a channel's posts."""
    chat_kind: Mapped[ChatKind] = mapped_column(enum_words(ChatKind))
    question: Mapped[str] = mapped_column(String(QUESTION_CHARACTERS))
    """As typed; empty after the person is erased, like the two that follow."""
    normalised: Mapped[str] = mapped_column(String(QUESTION_CHARACTERS))
    restored_question: Mapped[str | None] = mapped_column(String(QUESTION_CHARACTERS))
    refused: Mapped[bool]
    confidence: Mapped[float] = mapped_column(Float(53))
    kb_version: Mapped[str] = mapped_column(String(64))
    latency_ms: Mapped[float] = mapped_column(Float(53))
    handled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When somebody marked the gap that this answer shows as closed."""
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    """Where it was shown, so that reactions to it count; None after the person is erased."""
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    written: Mapped[str | None] = mapped_column(Text)
    """What was shown in a language model's words; None where the passages were, word for word."""


class PassageRow(Base):
    """A passage that an answer quotes; the first is the one that decided."""

    __tablename__ = "answer_passages"

    answer_id: Mapped[str] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chunk_id: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    heading: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    source: Mapped[str] = mapped_column(String(SOURCE_CHARACTERS))
    quote: Mapped[str] = mapped_column(Text)


class FeedbackRow(Base):
    """What one person thinks of an answer; a vote that was taken back stays as None."""

    __tablename__ = "feedback"
    __table_args__ = (
        # Erased people are NULL, of which both databases allow many.
        UniqueConstraint("answer_id", "person_id"),
        CheckConstraint("vote IN ('up', 'down')", "vote"),
        CheckConstraint("reason IN ('wrong', 'incomplete', 'off_topic', 'unclear')", "reason"),
        Index("ix_feedback_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    vote: Mapped[Vote | None] = mapped_column(enum_words(Vote))
    reason: Mapped[Reason | None] = mapped_column(enum_words(Reason))
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class QuestionVectorRow(Base):
    """The vector of an answer's normalised question, for grouping by meaning: float16, unit length.

    A vector belongs to the model that made it; another model's are made anew.
    """

    __tablename__ = "question_vectors"

    answer_id: Mapped[str] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True
    )
    model_id: Mapped[str] = mapped_column(String(200))
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class DailyCountRow(Base):
    """What is left of a day whose answers were deleted: numbers that tell nothing of anybody."""

    __tablename__ = "daily_counts"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    answered: Mapped[int]
    refused: Mapped[int]
    up: Mapped[int]
    down: Mapped[int]
    people: Mapped[int]
    latencies: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A `LatencyHistogram`: answers by bucket."""


class DailyTopicRow(Base):
    """How often a deleted day's answers came from a heading of an article."""

    __tablename__ = "daily_topics"
    __table_args__ = (Index("ix_daily_topics_day", "day"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    heading: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    answers: Mapped[int]
