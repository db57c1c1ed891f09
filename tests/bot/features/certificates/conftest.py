import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.access.marks import Marks
from bot.database import Database
from bot.features.certificates.certificate import Certificate
from bot.features.certificates.register import (
    KEY_FILE,
    CertificateRegister,
    key_beside,
    signed_fields,
)
from bot.features.certificates.signing import Signer
from bot.features.certificates.tables import CertificateRow

NOW = dt.datetime(2026, 11, 24, 18, 30, tzinfo=dt.UTC)  # 1:30 on the 25th in the office
NAME = "Nguyễn Thị Phương Thảo"
TOPICS = ("Ngày truyền thống", "Chức năng, nhiệm vụ", "2 thạo, 3 đúng, 3 không")


def seeded(seed: int) -> random.Random:
    """Random numbers that are the same each time."""
    return random.Random(seed)  # noqa: S311


@dataclass
class Office:
    """A register over a database, with its key in a folder."""

    database: Database
    folder: Path
    register: CertificateRegister = field(init=False)

    def __post_init__(self) -> None:
        self.register = self.again()

    @property
    def key(self) -> Path:
        return self.folder / KEY_FILE

    def again(self, folder: Path | None = None) -> CertificateRegister:
        """The register as another process opens it."""
        key_file = key_beside(folder or self.folder)
        return CertificateRegister(self.database, key_file, self.marks, rng=seeded(5))

    @property
    def marks(self) -> Marks:
        return Marks.beside(self.folder)

    def signature(self, row: CertificateRow) -> str:
        """What the program signs a row with, as it stands now."""
        key = key_beside(self.folder).read()
        assert key is not None
        return Signer(key).signature(signed_fields(row))

    async def issue(self, person_id: int = 7, name: str = NAME) -> Certificate:
        return await self.register.issue(person_id, name, 0.925, TOPICS, NOW)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """An office on SQLite and on PostgreSQL: each test runs on both."""
    return Office(database, tmp_path)
