"""Answers know the message they stand in, so that a reaction to it counts as a vote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_answer_messages"
down_revision = "0009_forwarded_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the messages of answers of before are not known."""
    with op.batch_alter_table("answers") as table:
        table.add_column(sa.Column("chat_id", sa.BigInteger()))
        table.add_column(sa.Column("message_id", sa.BigInteger()))
        table.create_index("ix_answers_chat_id_message_id", ["chat_id", "message_id"])


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("answers") as table:
        table.drop_index("ix_answers_chat_id_message_id")
        table.drop_column("message_id")
        table.drop_column("chat_id")
