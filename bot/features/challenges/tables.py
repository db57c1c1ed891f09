"""The tables of group challenges: challenges, their questions and the answers."""

import datetime as dt

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.access.person import NAME_CHARACTERS
from bot.database.schema import Base, RowId, UtcDateTime, enum_words
from bot.features.challenges.challenge import ChallengeState
from knowledge.quiz.question import ID_CHARACTERS
from knowledge.quiz.topic import TOPIC_ID_CHARACTERS


class ChallengeRow(Base):
    """A challenge of one chat."""

    __tablename__ = "challenges"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'finished', 'stopped', 'failed')", "state"),
        Index(
            "ix_challenges_running",
            "chat_id",
            unique=True,  # one at a time
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index("ix_challenges_started_by", "started_by"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    topic: Mapped[str | None] = mapped_column(String(TOPIC_ID_CHARACTERS))
    state: Mapped[ChallengeState] = mapped_column(enum_words(ChallengeState))
    started_by: Mapped[int | None] = mapped_column(BigInteger)
    """None after the person was erased."""
    seconds: Mapped[int]
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    announced: Mapped[bool] = mapped_column(default=False)
    """Whether the leaderboard was sent, or can't be."""


class ChallengeQuestionRow(Base):
    """A question of a challenge, stored before its poll is sent."""

    __tablename__ = "challenge_questions"

    challenge_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("challenges.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(String(ID_CHARACTERS))
    content_hash: Mapped[str] = mapped_column(String(16))
    option_order: Mapped[list[int]] = mapped_column(JSON)
    """`option_order[i]` is the bank's index of the option that the poll shows at i."""
    correct: Mapped[list[int]] = mapped_column(JSON)
    """The bank's indexes of the right options, as they were when it was planned."""
    poll_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    over: Mapped[bool] = mapped_column(default=False)
    """Closed for answers, or left out as the bank has it no more."""


class ChallengeAnswerRow(Base):
    """One person's answer to one question; erasing the person deletes it."""

    __tablename__ = "challenge_answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["challenge_id", "position"],
            ["challenge_questions.challenge_id", "challenge_questions.position"],
            ondelete="CASCADE",
        ),
        Index("ix_challenge_answers_person_id", "person_id"),
    )

    challenge_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    """As on Telegram at that moment: players need no other row."""
    chosen: Mapped[list[int]] = mapped_column(JSON)
    """The bank's indexes of what was chosen."""
    correct: Mapped[bool]
    """Whether exactly the right options were chosen."""
    seconds: Mapped[float] = mapped_column(Float(53))
    """From asking to answering."""
    answered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
