"""Marks that outlive an erasure, and the age from which the audit log's entries may be deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import UtcDateTime

revision = "0015_marks"
down_revision = "0014_deeds"
branch_labels = None
depends_on = None

_KEPT_DAYS = 365  # the least that AUDIT_DAYS can be
_NO_DELETE_SQLITE = """
CREATE TRIGGER audit_log_no_DELETE BEFORE DELETE ON audit_log {condition}
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END
"""
_TOO_NEW = f"WHEN OLD.at > datetime('now', '-{_KEPT_DAYS} days')"
_OLD_ONLY_POSTGRESQL = (
    "DROP TRIGGER audit_log_append_only ON audit_log",
    """
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only()
""",
    f"""
CREATE TRIGGER audit_log_keeps BEFORE DELETE ON audit_log FOR EACH ROW
WHEN (OLD.at > now() - interval '{_KEPT_DAYS} days') EXECUTE FUNCTION audit_log_append_only()
""",
)
_NEVER_POSTGRESQL = (
    "DROP TRIGGER audit_log_keeps ON audit_log",
    "DROP TRIGGER audit_log_append_only ON audit_log",
    """
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only()
""",
)


def upgrade() -> None:
    """Add the marks, which count the uses of the language model, too; today's begin anew."""
    op.create_table(
        "marks",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("until", UtcDateTime()),
        sa.PrimaryKeyConstraint("mark", name="pk_marks"),
    )
    op.create_index("ix_marks_kind", "marks", ["kind"])
    op.create_index("ix_marks_until", "marks", ["until"])
    op.drop_table("model_uses")
    _set_delete_trigger(_TOO_NEW, _OLD_ONLY_POSTGRESQL)


def downgrade() -> None:
    """Remove the marks, and let no entry of the audit log be deleted."""
    _set_delete_trigger("", _NEVER_POSTGRESQL)
    op.create_table(
        "model_uses",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "person_id", name="pk_model_uses"),
    )
    op.drop_table("marks")


def _set_delete_trigger(condition: str, on_postgresql: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_log_no_DELETE")
        op.execute(_NO_DELETE_SQLITE.format(condition=condition))
        return
    for statement in on_postgresql:
        op.execute(statement)
