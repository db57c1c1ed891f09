"""The record: answers, their passages, feedback, question vectors and daily counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId, UtcDateTime

revision = "0002_record"
down_revision = "0001_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the record."""
    op.create_table(
        "answers",
        sa.Column("id", sa.String(7), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("chat_kind", sa.String(16), nullable=False),
        sa.Column("question", sa.String(1000), nullable=False),
        sa.Column("normalised", sa.String(1000), nullable=False),
        sa.Column("restored_question", sa.String(1000)),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(53), nullable=False),
        sa.Column("kb_version", sa.String(64), nullable=False),
        sa.Column("latency_ms", sa.Float(53), nullable=False),
        sa.Column("handled_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.CheckConstraint("chat_kind IN ('private', 'group')", name=op.f("ck_answers_chat_kind")),
    )
    op.create_index("ix_answers_person_id", "answers", ["person_id"])
    op.create_index("ix_answers_day_refused", "answers", ["day", "refused"])
    op.create_table(
        "answer_passages",
        sa.Column("answer_id", sa.String(7), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chunk_id", sa.String(64), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("heading", sa.String(300), nullable=False),
        sa.Column("source", sa.String(1000), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "ordinal", name="pk_answer_passages"),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name="fk_answer_passages_answer_id_answers",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "feedback",
        sa.Column("id", RowId, nullable=False),
        sa.Column("answer_id", sa.String(7), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("vote", sa.String(16)),
        sa.Column("reason", sa.String(16)),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("answer_id", "person_id", name="uq_feedback_answer_id_person_id"),
        sa.CheckConstraint("vote IN ('up', 'down')", name=op.f("ck_feedback_vote")),
        sa.CheckConstraint(
            "reason IN ('wrong', 'incomplete', 'off_topic', 'unclear')",
            name=op.f("ck_feedback_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_feedback_answer_id_answers", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_feedback_person_id", "feedback", ["person_id"])
    op.create_table(
        "question_vectors",
        sa.Column("answer_id", sa.String(7), nullable=False),
        sa.Column("model_id", sa.String(200), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_question_vectors"),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name="fk_question_vectors_answer_id_answers",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "daily_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("up", sa.Integer(), nullable=False),
        sa.Column("down", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("latencies", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_daily_counts"),
    )
    op.create_table(
        "daily_topics",
        sa.Column("id", RowId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("heading", sa.String(300), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_daily_topics"),
    )
    op.create_index("ix_daily_topics_day", "daily_topics", ["day"])


def downgrade() -> None:
    """Take the tables away with all they hold."""
    for table in (
        "daily_topics",
        "daily_counts",
        "question_vectors",
        "feedback",
        "answer_passages",
        "answers",
    ):
        op.drop_table(table)
