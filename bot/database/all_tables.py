"""Knows every table of the program, so that migrations and models can be compared."""

from __future__ import annotations

from bot.database.schema import Base
from bot.people import tables as _people  # noqa: F401 -- importing a module declares its tables

METADATA = Base.metadata
