"""Group challenges: challenges, their questions and the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId, UtcDateTime

revision = "0007_challenges"
down_revision = "0006_certificates"
branch_labels = None
depends_on = None

_RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    """Add the tables of challenges."""
    op.create_table(
        "challenges",
        sa.Column("id", RowId, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("topic", sa.String(24)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started_by", sa.BigInteger()),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_challenges"),
        sa.CheckConstraint(
            "state IN ('running', 'finished', 'stopped', 'failed')",
            name=op.f("ck_challenges_state"),
        ),
    )
    op.create_index(
        "ix_challenges_running",
        "challenges",
        ["chat_id"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_index("ix_challenges_started_by", "challenges", ["started_by"])
    op.create_table(
        "challenge_questions",
        sa.Column("challenge_id", RowId, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.String(40), nullable=False),
        sa.Column("content_hash", sa.String(16), nullable=False),
        sa.Column("option_order", sa.JSON(), nullable=False),
        sa.Column("correct", sa.JSON(), nullable=False),
        sa.Column("poll_id", sa.String(64)),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("asked_at", UtcDateTime()),
        sa.Column("closes_at", UtcDateTime()),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("challenge_id", "position", name="pk_challenge_questions"),
        sa.UniqueConstraint("poll_id", name="uq_challenge_questions_poll_id"),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenges.id"],
            name="fk_challenge_questions_challenge_id_challenges",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "challenge_answers",
        sa.Column("challenge_id", RowId, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Float(53), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "challenge_id", "position", "person_id", name="pk_challenge_answers"
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id", "position"],
            ["challenge_questions.challenge_id", "challenge_questions.position"],
            name="fk_challenge_answers_challenge_id_position_challenge_questions",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_challenge_answers_person_id", "challenge_answers", ["person_id"])


def downgrade() -> None:
    """Remove the tables of challenges."""
    for table in ("challenge_answers", "challenge_questions", "challenges"):
        op.drop_table(table)
