"""The database of people and of what they did: SQLite, or PostgreSQL by DATABASE_URL."""

from bot.database.database import Database
from bot.database.schema import Base, RowId, UtcDateTime

__all__ = ["Base", "Database", "RowId", "UtcDateTime"]
