"""What the register holds of a person, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bot.features.certificates import texts
from bot.features.certificates.certificate import score_in_words
from bot.features.certificates.certificate_code import shown_code
from bot.features.certificates.tables import CertificateRow
from bot.office_time import iso

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from bot.database import Database


class CertificatesOfPerson:
    """A person's certificates, as a PersonalDataStore.

    Erasing keeps the code alone, cut off from the person: who checks it learns that it was issued
    and that the person had their data erased. It needs no key, so it works when that is lost.
    """

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._now = now

    async def export(self, person_id: int) -> list[dict[str, Any]] | None:
        """Return the person's certificates, oldest first; None without any."""
        query = (
            select(CertificateRow)
            .where(CertificateRow.person_id == person_id)
            .order_by(CertificateRow.issued_at)
        )
        async with self._database.session() as session:
            rows = (await session.scalars(query)).all()
        return [
            {
                "Mã": shown_code(row.code),
                "Tên": row.name,
                "Nơi cấp": row.office,
                "Cấp lúc": iso(row.issued_at),
                "Điểm": None if row.score is None else score_in_words(row.score),
                "Chủ đề": row.topics,
                "Thu hồi lúc": None if row.revoked_at is None else iso(row.revoked_at),
            }
            for row in rows
        ] or None

    async def erase(self, person_id: int) -> None:
        """Leave the codes, and nothing of the person."""
        async with self._database.transaction() as session:
            await session.execute(
                update(CertificateRow)
                .where(CertificateRow.person_id == person_id)
                .values(
                    person_id=None,
                    name=None,
                    score=None,
                    topics=None,
                    signature="",
                    erased_at=self._now(),
                )
            )
            await session.execute(
                update(CertificateRow)
                .where(CertificateRow.revoked_by == person_id)
                .values(revoked_by=None)
            )
