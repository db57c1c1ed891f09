"""Why a backup could not be made or brought back.

BackupError (a BotError)
├── ArchiveError         the file is no backup of this program, or is damaged
├── NewerArchiveError    a newer program wrote it
├── TakenPlaceError      something is where the backup, or what it holds, would go
├── UnfinishedError      a restore was broken off, and nothing may run on what is there of it
└── DumpError            PostgreSQL's own program is missing or failed
"""

from __future__ import annotations

from bot.errors import BotError


class BackupError(BotError):
    """A backup could not be made, or not be brought back."""


class ArchiveError(BackupError):
    """The file is no backup of this program, or is damaged; nothing of it was used."""


class NewerArchiveError(BackupError):
    """The file, or the database in it, was written by a newer program."""


class TakenPlaceError(BackupError):
    """A file, a data directory or a database is there already, and is left as it is."""


class UnfinishedError(BackupError):
    """A restore into the data directory was broken off."""


class DumpError(BackupError):
    """`pg_dump` or `pg_restore` is missing, or says that it could not do it."""
