"""Quizzes know whether their result was told, so that a restart can tell one that was not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_quiz_results_told"
down_revision = "0007_challenges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; results of before count as told."""
    with op.batch_alter_table("quiz_sessions") as table:
        table.add_column(sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Remove the mark."""
    with op.batch_alter_table("quiz_sessions") as table:
        table.drop_column("told")
