"""Questions: drafts that editors decide on, and questions that are not in use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId, UtcDateTime

revision = "0005_questions"
down_revision = "0004_invitation_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of questions."""
    op.create_table(
        "question_drafts",
        sa.Column("id", RowId, nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("chunk_id", sa.String(64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("decided_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_question_drafts"),
        sa.UniqueConstraint("fingerprint", name="uq_question_drafts_fingerprint"),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'rejected')", name=op.f("ck_question_drafts_state")
        ),
        sa.CheckConstraint(
            "kind IN ('date', 'count', 'document', 'name', 'list', 'cloze')",
            name=op.f("ck_question_drafts_kind"),
        ),
    )
    op.create_index("ix_question_drafts_state", "question_drafts", ["state"])
    op.create_table(
        "question_states",
        sa.Column("question_id", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("question_id", name="pk_question_states"),
        sa.CheckConstraint(
            "state IN ('suspended', 'retired')", name=op.f("ck_question_states_state")
        ),
    )


def downgrade() -> None:
    """Remove the tables of questions."""
    for table in ("question_states", "question_drafts"):
        op.drop_table(table)
