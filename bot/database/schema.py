"""What every table shares: the declarative base, names of constraints and the types of columns."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import BigInteger, DateTime, Enum, Integer, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy import Dialect

Value = TypeVar("Value")

# Constraints have names on both databases, so that a migration can change them.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every table's class."""

    metadata = MetaData(naming_convention=_NAMES)

    def as_value(self, kind: type[Value]) -> Value:
        """Return a dataclass whose fields this row has by their names; lists become tuples."""
        names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]  # says `kind`
        found = {name: getattr(self, name) for name in names}
        lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
        return kind(**found | lists)


RowId = BigInteger().with_variant(Integer(), "sqlite")
"""Type of a numbered primary key: SQLite numbers only columns of the very type INTEGER."""


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment: goes in with any time zone, comes out in UTC.

    PostgreSQL keeps `timestamptz`; SQLite has no such type and keeps UTC without an offset. A
    `datetime` without a time zone is refused with ValueError, as nobody could tell what it means.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn a moment into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone, got {value.isoformat()}")
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: dt.datetime | None,
        dialect: Dialect,  # noqa: ARG002 -- SQLAlchemy's signature
    ) -> dt.datetime | None:
        """Turn what the database keeps into a moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=dt.UTC)
        return value.astimezone(dt.UTC)


def enum_words(kind: type[StrEnum]) -> Enum:
    """Return the type of a column that keeps an enum's members as their words.

    The table's own check names the words it allows.
    """
    return Enum(
        kind,
        native_enum=False,
        length=16,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )
