"""People, invitations, requests to join and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.database.schema import RowId, UtcDateTime

revision = "0001_people"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY_SQLITE = """
CREATE TRIGGER audit_log_no_{verb} BEFORE {verb} ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END
"""
_APPEND_ONLY_POSTGRESQL = (
    """
CREATE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$
""",
    """
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only()
""",
)


def upgrade() -> None:
    """Add the tables of people, and triggers that keep the audit log as it was written."""
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("username", sa.String(64)),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("role_changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.CheckConstraint(
            "role IN ('pending', 'newcomer', 'staff', 'editor', 'admin')",
            name=op.f("ck_people_role"),
        ),
    )
    op.create_index("ix_people_role", "people", ["role"])
    op.create_table(
        "invitations",
        sa.Column("id", RowId, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger()),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
        sa.CheckConstraint(
            "role IN ('newcomer', 'staff', 'editor', 'admin')", name=op.f("ck_invitations_role")
        ),
        sa.CheckConstraint("max_uses >= 1", name=op.f("ck_invitations_max_uses")),
        sa.CheckConstraint("used >= 0 AND used <= max_uses", name=op.f("ck_invitations_used")),
    )
    op.create_table(
        "invitation_uses",
        sa.Column("invitation_id", RowId, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("invitation_id", "person_id", name="pk_invitation_uses"),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name="fk_invitation_uses_invitation_id_invitations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_invitation_uses_person_id", "invitation_uses", ["person_id"])
    op.create_table(
        "join_requests",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(16)),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("decided_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("person_id", name="pk_join_requests"),
        sa.CheckConstraint(
            "decision IN ('approved', 'refused')", name=op.f("ck_join_requests_decision")
        ),
    )
    op.create_table(
        "join_notices",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "chat_id", name="pk_join_notices"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["join_requests.person_id"],
            name="fk_join_notices_person_id_join_requests",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "audit_subjects",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_subjects"),
        sa.UniqueConstraint("person_id", name="uq_audit_subjects_person_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_log",
        sa.Column("id", RowId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.BigInteger()),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("denied", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.BigInteger()),
        sa.Column("target", sa.String(200)),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_APPEND_ONLY_SQLITE.format(verb=verb))
    else:
        for statement in _APPEND_ONLY_POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    """Take the tables away with all they hold."""
    for table in (
        "audit_log",
        "audit_subjects",
        "join_notices",
        "join_requests",
        "invitation_uses",
        "invitations",
        "people",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_log_append_only()")
