"""The table of what is put before the editors."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.access.person import NAME_CHARACTERS
from bot.database.schema import Base, RowId, UtcDateTime, enum_words
from bot.features.answer_log import Reason
from bot.features.forwarded_questions.entry import (
    KEY_CHARACTERS,
    MESSAGE_CHARACTERS,
    REPLY_CHARACTERS,
    TOLD_CHARACTERS,
    EntryKind,
)

_OPEN = text("closed_at IS NULL")


class ForwardedQuestionRow(Base):
    """A question or a piece of feedback; erasing the person deletes it."""

    __tablename__ = "forwarded_questions"
    __table_args__ = (
        CheckConstraint("kind IN ('question', 'feedback')", "kind"),
        Index(
            "ix_forwarded_questions_open",
            "person_id",
            "kind",
            "key",
            unique=True,  # the same thing is open once
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_forwarded_questions_sent_at", "sent_at"),
        Index("ix_forwarded_questions_closed_by", "closed_by"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[EntryKind] = mapped_column(enum_words(EntryKind))
    key: Mapped[str] = mapped_column(String(KEY_CHARACTERS))
    """What makes it the same as another: a question's words hashed, or the answer's id."""
    person_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))
    question: Mapped[str] = mapped_column(String(MESSAGE_CHARACTERS))
    told: Mapped[str] = mapped_column(String(TOLD_CHARACTERS))
    reason: Mapped[Reason | None] = mapped_column(enum_words(Reason))
    sent_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(BigInteger)
    """The editor; None while it is open, and after the editor was erased."""
    reply: Mapped[str | None] = mapped_column(String(REPLY_CHARACTERS))
