"""Learning: learners, quiz sessions, attempts, review cards and their ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId, UtcDateTime

revision = "0003_learning"
down_revision = "0002_record"
branch_labels = None
depends_on = None

_RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    """Add the tables of learning."""
    op.create_table(
        "learners",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("enrolled_at", UtcDateTime()),
        sa.Column("deadline", UtcDateTime()),
        sa.Column("completed_at", UtcDateTime()),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", UtcDateTime()),
        sa.Column("department", sa.String(80)),
        sa.Column("on_leaderboard", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_learners"),
    )
    op.create_table(
        "quiz_sessions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(24)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("score", sa.Float(53)),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_sessions"),
        sa.CheckConstraint(
            "kind IN ('path', 'practice', 'review')", name=op.f("ck_quiz_sessions_kind")
        ),
        sa.CheckConstraint(
            "state IN ('running', 'paused', 'finished', 'abandoned')",
            name=op.f("ck_quiz_sessions_state"),
        ),
    )
    op.create_index("ix_quiz_sessions_person_id_kind", "quiz_sessions", ["person_id", "kind"])
    op.create_index(
        "ix_quiz_sessions_running",
        "quiz_sessions",
        ["person_id"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_table(
        "quiz_attempts",
        sa.Column("id", RowId, nullable=False),
        sa.Column("session_id", RowId, nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(40), nullable=False),
        sa.Column("content_hash", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(24), nullable=False),
        sa.Column("option_order", sa.JSON(), nullable=False),
        sa.Column("right", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("poll_id", sa.String(64)),
        sa.Column("sent_again", sa.Boolean(), nullable=False),
        sa.Column("prepared_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime()),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("chosen", sa.JSON(none_as_null=True)),
        sa.Column("correct", sa.Boolean()),
        sa.Column("score", sa.Float(53)),
        sa.Column("seconds", sa.Float(53)),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_attempts"),
        sa.UniqueConstraint("session_id", "position", name="uq_quiz_attempts_session_id_position"),
        sa.UniqueConstraint("poll_id", name="uq_quiz_attempts_poll_id"),
        sa.CheckConstraint(
            "state IN ('prepared', 'asked', 'answered', 'expired')",
            name=op.f("ck_quiz_attempts_state"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["quiz_sessions.id"],
            name="fk_quiz_attempts_session_id_quiz_sessions",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_quiz_attempts_person_id_question_id", "quiz_attempts", ["person_id", "question_id"]
    )
    op.create_index("ix_quiz_attempts_question_id", "quiz_attempts", ["question_id"])
    op.create_table(
        "review_cards",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.String(40), nullable=False),
        sa.Column("topic", sa.String(24)),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer()),
        sa.Column("stability", sa.Float(53)),
        sa.Column("difficulty", sa.Float(53)),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("last_review", UtcDateTime()),
        sa.PrimaryKeyConstraint("person_id", "question_id", name="pk_review_cards"),
    )
    op.create_index("ix_review_cards_person_id_due", "review_cards", ["person_id", "due"])
    op.create_table(
        "own_cards",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("answer_id", sa.String(7), nullable=False),
        sa.Column("question", sa.String(1000), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_cards"),
        sa.UniqueConstraint("person_id", "answer_id", name="uq_own_cards_person_id_answer_id"),
    )
    op.create_table(
        "reviews",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("question_id", sa.String(40), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.CheckConstraint("rating BETWEEN 1 AND 4", name=op.f("ck_reviews_rating")),
    )
    op.create_index("ix_reviews_person_id", "reviews", ["person_id"])


def downgrade() -> None:
    """Remove the tables of learning."""
    for table in (
        "reviews",
        "own_cards",
        "review_cards",
        "quiz_attempts",
        "quiz_sessions",
        "learners",
    ):
        op.drop_table(table)
