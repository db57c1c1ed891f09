"""The tables of people: who they are, invitations, requests to join and the audit log."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.access.person import NAME_CHARACTERS
from bot.access.roles import Role
from bot.database.schema import Base, RowId, UtcDateTime, enum_words

_RoleColumn = enum_words(Role)


class PersonRow(Base):
    """Somebody with a role. Nothing is stored of a stranger."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("role IN ('pending', 'newcomer', 'staff', 'editor', 'admin')", "role"),
        Index("ix_people_role", "role"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    role: Mapped[Role] = mapped_column(_RoleColumn)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    username: Mapped[str | None] = mapped_column(String(64))
    official_name: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))
    """The name that an admin confirmed, or that came with the invitation: certificates bear it."""
    joined_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    role_changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class InvitationRow(Base):
    """A link that gives a role. The token itself is nowhere, only its SHA-256."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("role IN ('newcomer', 'staff', 'editor', 'admin')", "role"),
        CheckConstraint("max_uses >= 1", "max_uses"),
        CheckConstraint("used >= 0 AND used <= max_uses", "used"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(_RoleColumn)
    name: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))
    """Whose it is, where it is for one person; it moves to the person who comes by it."""
    max_uses: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(BigInteger)
    """The person who made it; None for the command line, and after that person is erased."""
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class InvitationUseRow(Base):
    """Who came by an invitation.

    It outlives the person's removal, so that somebody removed can't come back by the same link; the
    person's erasure it does not: then a mark does that (`bot/features/people/invitations.py`).
    """

    __tablename__ = "invitation_uses"

    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, index=True
    )
    used_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class InvitationMarkRow(Base):
    """The mark of somebody who came by an invitation (`mark_of` makes it); without a moment."""

    __tablename__ = "invitation_marks"

    invitation_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)


class JoinRequestRow(Base):
    """Somebody's request to be let in, and what became of it; the newest one a person."""

    __tablename__ = "join_requests"
    __table_args__ = (CheckConstraint("decision IN ('approved', 'refused')", "decision"),)

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    requested_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(16))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)


class JoinNoticeRow(Base):
    """The message that told an admin of a request, to be edited when somebody decides."""

    __tablename__ = "join_notices"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("join_requests.person_id", ondelete="CASCADE"), primary_key=True
    )
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger)


class AuditSubjectRow(Base):
    """The number under which the audit log knows a person.

    The log names people by these numbers only. Erasing a person deletes this row: what the log says
    stays as it was written, but nobody can tell any more of whom.
    """

    __tablename__ = "audit_subjects"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number is never given twice

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, unique=True)


class AuditRow(Base):
    """One denied or administrative action. The database refuses to change it.

    Nor can it be deleted in its first year.
    """

    __tablename__ = "audit_log"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[int | None] = mapped_column(BigInteger)
    """The audit subject who did it; None for the program itself: see `channel`."""
    channel: Mapped[str] = mapped_column(String(16))
    """Where it came from: "telegram", "cli" or "settings"."""
    action: Mapped[str] = mapped_column(String(64))
    denied: Mapped[bool]
    subject: Mapped[int | None] = mapped_column(BigInteger)
    """The audit subject it was done to, if it was a person."""
    target: Mapped[str | None] = mapped_column(String(200))
    """What else it was done to, such as an invitation's number."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class DeedRow(Base):
    """What somebody means to do, until it is done and in the audit log (`bot/access/deeds.py`)."""

    __tablename__ = "deeds"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    action: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    """Who means it, on Telegram; None after that person was erased."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    begun_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class AccessRow(Base):
    """A value of ACCESS, and since when the bot ran with it."""

    __tablename__ = "access_history"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    access: Mapped[str] = mapped_column(String(16))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class MarkRow(Base):
    """What outlives an erasure, without the person (`bot/access/marks.py`)."""

    __tablename__ = "marks"
    __table_args__ = (Index("ix_marks_kind", "kind"), Index("ix_marks_until", "until"))

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    amount: Mapped[int]
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """None: it holds for good."""
