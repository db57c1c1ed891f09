"""Questions and feedback that are put before the editors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId, UtcDateTime

revision = "0009_forwarded_questions"
down_revision = "0008_quiz_results_told"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Add the table of forwarded questions."""
    op.create_table(
        "forwarded_questions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(160)),
        sa.Column("question", sa.String(1000), nullable=False),
        sa.Column("told", sa.String(2000), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("closed_by", sa.BigInteger()),
        sa.Column("reply", sa.String(3000)),
        sa.PrimaryKeyConstraint("id", name="pk_forwarded_questions"),
        sa.CheckConstraint(
            "kind IN ('question', 'feedback')", name=op.f("ck_forwarded_questions_kind")
        ),
    )
    op.create_index(
        "ix_forwarded_questions_open",
        "forwarded_questions",
        ["person_id", "kind", "key"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_forwarded_questions_sent_at", "forwarded_questions", ["sent_at"])
    op.create_index("ix_forwarded_questions_closed_by", "forwarded_questions", ["closed_by"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("forwarded_questions")
