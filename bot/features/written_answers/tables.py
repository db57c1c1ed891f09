"""The table of how often the language model was asked for somebody."""

import datetime as dt

from sqlalchemy import BigInteger, Date
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.schema import Base


class ModelUseRow(Base):
    """One person's day; days that are over are deleted."""

    __tablename__ = "model_uses"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    """A day of the office."""
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    uses: Mapped[int]
