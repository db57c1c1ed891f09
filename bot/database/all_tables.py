"""Knows every table of the program, so that migrations and models can be compared."""

from __future__ import annotations

from bot.access import tables as _people  # noqa: F401
from bot.database import update_tables as _updates  # noqa: F401
from bot.database.schema import Base
from bot.features.answer_log import tables as _answer_log  # noqa: F401
from bot.features.certificates import tables as _certificates  # noqa: F401 -- it declares tables
from bot.features.challenges import tables as _challenges  # noqa: F401 -- an import declares the tables
from bot.features.forwarded_questions import tables as _forwarded  # noqa: F401 -- likewise
from bot.features.quizzes import tables as _learning  # noqa: F401

METADATA = Base.metadata
