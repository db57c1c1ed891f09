"""The tables of learning: learners, quizzes, review cards, and the questions beside the files."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.access.person import NAME_CHARACTERS
from bot.database.schema import Base, RowId, UtcDateTime, enum_words
from bot.features.answer_log import QUESTION_CHARACTERS, TITLE_CHARACTERS
from knowledge.quiz.drafting.draft import DraftKind
from knowledge.quiz.question import ID_CHARACTERS
from knowledge.quiz.topic import TOPIC_ID_CHARACTERS

DEPARTMENT_CHARACTERS = 80
FINGERPRINT_CHARACTERS = 16
CHUNK_ID_CHARACTERS = 64
REASON_CHARACTERS = 300


class SessionKind(StrEnum):
    """What a quiz is for."""

    PATH = "path"
    """A step of the learning path: its score opens the next topic."""
    PRACTICE = "practice"
    """/quiz: for practice."""
    REVIEW = "review"
    """/review: what is due."""


class SessionState(StrEnum):
    """How far a quiz is."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class AttemptState(StrEnum):
    """How far a question of a quiz is."""

    PREPARED = "prepared"
    """Stored; its poll is not known to have been sent."""
    ASKED = "asked"
    ANSWERED = "answered"
    EXPIRED = "expired"
    """The time limit passed, which counts as a wrong answer."""


OPEN_ATTEMPTS = (AttemptState.PREPARED, AttemptState.ASKED)
"""States in which an answer is still awaited."""


class LearnerRow(Base):
    """Somebody who was quizzed or is on the path."""

    __tablename__ = "learners"

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    """As on Telegram when last seen: strangers of an open office have no other row."""
    enrolled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When the path began; None for who only practises."""
    deadline: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When every topic was passed for the first time."""
    reminders: Mapped[bool] = mapped_column(default=True)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    department: Mapped[str | None] = mapped_column(String(DEPARTMENT_CHARACTERS))
    on_leaderboard: Mapped[bool] = mapped_column(default=False)


class QuizSessionRow(Base):
    """A quiz of one person: its questions are fixed when it begins."""

    __tablename__ = "quiz_sessions"
    __table_args__ = (
        CheckConstraint("kind IN ('path', 'practice', 'review')", "kind"),
        CheckConstraint("state IN ('running', 'paused', 'finished', 'abandoned')", "state"),
        Index("ix_quiz_sessions_person_id_kind", "person_id", "kind"),
        Index(
            "ix_quiz_sessions_running",
            "person_id",
            unique=True,  # one quiz at a time; the others are paused
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index(
            "ix_quiz_sessions_untold",
            "ended_at",
            sqlite_where=text("told = 0"),  # as the statement says it there
            postgresql_where=text("NOT told"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    """None after the person was erased."""
    kind: Mapped[SessionKind] = mapped_column(enum_words(SessionKind))
    topic: Mapped[str | None] = mapped_column(String(TOPIC_ID_CHARACTERS))
    state: Mapped[SessionState] = mapped_column(enum_words(SessionState))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    questions: Mapped[list[Any]] = mapped_column(JSON)
    """Ids of the questions, in the order of asking."""
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    score: Mapped[float | None] = mapped_column(Float(53))
    """The share of right answers, 0–1, of a finished quiz."""
    told: Mapped[bool] = mapped_column(default=True, server_default=true())
    """False from a quiz's end until its result was sent."""


class AttemptRow(Base):
    """One question put to one person. Stored before its poll is sent.

    Erasing the person clears `person_id`; what is left counts in the item analysis and tells
    nothing of anybody.
    """

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        UniqueConstraint("session_id", "position"),
        CheckConstraint("state IN ('prepared', 'asked', 'answered', 'expired')", "state"),
        Index("ix_quiz_attempts_person_id_question_id", "person_id", "question_id"),
        Index("ix_quiz_attempts_question_id", "question_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("quiz_sessions.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    position: Mapped[int]
    """From 0."""
    question_id: Mapped[str] = mapped_column(String(ID_CHARACTERS))
    content_hash: Mapped[str] = mapped_column(String(16))
    """Of the question as it was asked: another wording is another item."""
    topic: Mapped[str] = mapped_column(String(TOPIC_ID_CHARACTERS))
    option_order: Mapped[list[int]] = mapped_column(JSON)
    """`option_order[i]` is the bank's index of the option that the poll shows at i."""
    right: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The bank's indexes of the right options, as they were when it was asked."""
    state: Mapped[AttemptState] = mapped_column(enum_words(AttemptState))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    poll_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    sent_again: Mapped[bool] = mapped_column(default=False)
    """An earlier poll of this attempt may exist whose id was never learned."""
    prepared_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """Also when it expired."""
    chosen: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    """The bank's indexes of what was chosen."""
    correct: Mapped[bool | None]
    """Whether exactly the right options were chosen."""
    score: Mapped[float | None] = mapped_column(Float(53))
    """0–1; in between where some of several right options were chosen."""
    seconds: Mapped[float | None] = mapped_column(Float(53))
    """From asking to answering."""
    first: Mapped[bool] = mapped_column(default=True)
    """The person's first attempt at this wording: the one that item analysis counts."""


class ReviewCardRow(Base):
    """What FSRS knows of one person and one question; the fields of py-fsrs's Card."""

    __tablename__ = "review_cards"
    __table_args__ = (Index("ix_review_cards_person_id_due", "person_id", "due"),)

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(String(ID_CHARACTERS), primary_key=True)
    """A question of the bank, or `own:<number>` for a card of the person's own."""
    topic: Mapped[str | None] = mapped_column(String(TOPIC_ID_CHARACTERS))
    state: Mapped[int]
    step: Mapped[int | None]
    stability: Mapped[float | None] = mapped_column(Float(53))
    difficulty: Mapped[float | None] = mapped_column(Float(53))
    due: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    last_review: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class OwnCardRow(Base):
    """A question that somebody asked the bot and wants to remember, with the answer they got."""

    __tablename__ = "own_cards"
    __table_args__ = (UniqueConstraint("person_id", "answer_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger)
    answer_id: Mapped[str] = mapped_column(String(7))
    """The answer in the answer log, which may be deleted before the card."""
    question: Mapped[str] = mapped_column(String(QUESTION_CHARACTERS))
    answer: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ReviewRow(Base):
    """One rating of one card."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 4", "rating"),
        Index("ix_reviews_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    question_id: Mapped[str] = mapped_column(String(ID_CHARACTERS))
    rating: Mapped[int]
    """FSRS: 1 Again, 2 Hard, 3 Good, 4 Easy."""
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


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
