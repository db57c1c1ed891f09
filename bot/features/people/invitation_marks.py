"""Which invitations somebody has used, told by people's marks: it outlives their erasure.

Somebody removed could otherwise have themselves erased and come back by the link they hold. A mark
is HMAC-SHA256 of the Telegram id with the invitation's token as the key. The token is stored
nowhere (only its SHA-256, and it has 192 random bits), so what the database holds leads from no
mark to a person, nor from one mark to another: it is not personal data. Only who presents the link
can be recognised, at that moment, by the link.
"""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.schema import Base, RowId


class InvitationMarkRow(Base):
    """The mark of somebody who came by an invitation; without a moment."""

    __tablename__ = "invitation_marks"

    invitation_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)


def mark_of(token: str, person_id: int) -> str:
    """Return the mark that a person leaves on the invitation with `token`."""
    return hmac.new(token.encode(), str(person_id).encode(), hashlib.sha256).hexdigest()
