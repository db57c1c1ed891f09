"""Confirmed names, requests for them, and since when the bot runs with which ACCESS."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId, UtcDateTime

revision = "0016_names"
down_revision = "0015_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables; no certificate so far bears a confirmed name."""
    op.add_column("people", sa.Column("official_name", sa.String(160)))
    op.add_column("invitations", sa.Column("name", sa.String(160)))
    op.add_column(
        "certificates",
        sa.Column("name_confirmed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "name_requests",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_name_requests"),
        sa.UniqueConstraint("person_id", name="uq_name_requests_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "access_history",
        sa.Column("id", RowId, nullable=False),
        sa.Column("access", sa.String(16), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_history"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("access_history")
    op.drop_table("name_requests")
    op.drop_column("certificates", "name_confirmed")
    op.drop_column("invitations", "name")
    op.drop_column("people", "official_name")
