"""Marks of those who used an invitation, which outlive their erasure and lead to nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId

revision = "0004_invitation_marks"
down_revision = "0003_learning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the marks."""
    op.create_table(
        "invitation_marks",
        sa.Column("invitation_id", RowId, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("invitation_id", "mark", name="pk_invitation_marks"),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name="fk_invitation_marks_invitation_id_invitations",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Remove the marks."""
    op.drop_table("invitation_marks")
