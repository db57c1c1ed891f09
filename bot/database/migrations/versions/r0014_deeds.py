"""What administrators and editors mean to do is stored first; results to be told are found fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import UtcDateTime

revision = "0014_deeds"
down_revision = "0012_updates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of deeds, and the index of the quizzes whose results wait."""
    op.create_table(
        "deeds",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deeds"),
    )
    op.create_index(
        "ix_quiz_sessions_untold",
        "quiz_sessions",
        ["ended_at"],
        sqlite_where=sa.text("told = 0"),
        postgresql_where=sa.text("NOT told"),
    )


def downgrade() -> None:
    """Remove both."""
    op.drop_index("ix_quiz_sessions_untold", "quiz_sessions")
    op.drop_table("deeds")
