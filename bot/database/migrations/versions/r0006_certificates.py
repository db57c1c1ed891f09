"""Certificates of the learning path."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import UtcDateTime

revision = "0006_certificates"
down_revision = "0005_questions"
branch_labels = None
depends_on = None

_VALID = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    """Add the register of certificates."""
    op.create_table(
        "certificates",
        sa.Column("code", sa.String(14), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("name", sa.String(160)),
        sa.Column("office", sa.String(160), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("score", sa.Float(53)),
        sa.Column("topics", sa.JSON(none_as_null=True)),
        sa.Column("revoked_at", UtcDateTime()),
        sa.Column("revoked_by", sa.BigInteger()),
        sa.Column("replaceable", sa.Boolean(), nullable=False),
        sa.Column("erased_at", UtcDateTime()),
        sa.Column("signature", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_certificates"),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_certificates_score")),
    )
    op.create_index("ix_certificates_issued_at", "certificates", ["issued_at"])
    op.create_index("ix_certificates_person_id", "certificates", ["person_id"])
    op.create_index(
        "ix_certificates_valid",
        "certificates",
        ["person_id"],
        unique=True,
        sqlite_where=_VALID,
        postgresql_where=_VALID,
    )


def downgrade() -> None:
    """Remove the register of certificates."""
    op.drop_table("certificates")
