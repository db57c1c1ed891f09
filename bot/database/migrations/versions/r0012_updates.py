"""The update journal: what Telegram brought, until it is done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_updates"
down_revision = "0011_model_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of updates and of what came of them."""
    op.create_table(
        "updates",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("payload", sa.Text()),
        sa.Column("replays", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name="pk_updates"),
    )
    op.create_table(
        "update_deeds",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deed", sa.String(96), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", "deed", name="pk_update_deeds"),
    )


def downgrade() -> None:
    """Remove both."""
    op.drop_table("update_deeds")
    op.drop_table("updates")
