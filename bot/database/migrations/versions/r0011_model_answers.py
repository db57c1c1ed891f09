"""What the language model wrote, and how often it was asked for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_model_answers"
down_revision = "0010_answer_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of uses, and the column of what was written."""
    op.create_table(
        "model_uses",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "person_id", name="pk_model_uses"),
    )
    op.add_column("answers", sa.Column("written", sa.Text()))


def downgrade() -> None:
    """Remove both."""
    op.drop_column("answers", "written")
    op.drop_table("model_uses")
