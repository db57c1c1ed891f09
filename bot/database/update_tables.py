"""The tables of the update journal: what Telegram brought, and what came of what waits still."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- SQLAlchemy reads the annotations

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.schema import Base, UtcDateTime

DEED_CHARACTERS = 96


class UpdateRow(Base):
    """An update: its content only until it is done, its id as long as it may come again."""

    __tablename__ = "updates"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    taken_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    payload: Mapped[str | None] = mapped_column(Text)
    """JSON; none once the update is done."""
    replays: Mapped[int]
    """How often it was taken up again after a start, and the program ended before it was done."""


class UpdateDeedRow(Base):
    """What came of an update that is not done, so that it doesn't come of it twice."""

    __tablename__ = "update_deeds"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    deed: Mapped[str] = mapped_column(String(DEED_CHARACTERS), primary_key=True)
