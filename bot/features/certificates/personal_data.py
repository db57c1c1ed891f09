"""What the register holds of a person, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from bot.access.marks import MarkKind
from bot.database.statements import cut_off, deleted, rows_of
from bot.features.certificates import texts
from bot.features.certificates.certificate import score_in_words
from bot.features.certificates.certificate_code import shown_code
from bot.features.certificates.register import newest_of
from bot.features.certificates.tables import CertificateRow, NameRequestRow
from bot.office_time import iso
from bot.personal_data import PersonalTables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy import Delete, Update
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.marks import Marks
    from bot.database import Database


class CertificatesOfPerson(PersonalTables):
    """A person's certificates.

    Erasing keeps the code alone, cut off from the person: who checks it learns that it was issued
    and that the person had their data erased. It needs no key of certificates, so it works when
    that is lost. Whose certificate was revoked for good gets no other after it, by a mark.
    """

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database, marks: Marks, now: Callable[[], dt.datetime]) -> None:
        super().__init__(database)
        self._marks = marks
        self._now = now

    async def kept(self, session: AsyncSession, person_id: int) -> list[dict[str, Any]]:
        """Return the person's certificates, oldest first."""
        theirs = CertificateRow.person_id == person_id
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
            for row in await rows_of(session, CertificateRow, theirs, CertificateRow.issued_at)
        ]

    async def leave_marks(self, session: AsyncSession, person_id: int) -> None:
        """Leave a mark of who had theirs revoked for good."""
        newest = await newest_of(session, person_id)
        if newest is not None and newest.revoked_at is not None and not newest.replaceable:
            await self._marks.leave(
                session, MarkKind.CERTIFICATE_REVOKED, person_id, self._now(), until=None
            )

    def erasing(self, person_id: int) -> tuple[Update, ...]:
        """Return the statements that leave the codes, and nothing of the person."""
        erased = dict.fromkeys(("person_id", "name", "score", "topics"))
        return (
            update(CertificateRow)
            .where(CertificateRow.person_id == person_id)
            .values(**erased, signature="", erased_at=self._now()),
            cut_off(CertificateRow.revoked_by, person_id),
        )


class NameRequestsOfPerson(PersonalTables):
    """A person's open wish for a name on the certificate."""

    title = texts.NAME_DATA_TITLE

    async def kept(self, session: AsyncSession, person_id: int) -> list[dict[str, Any]]:
        """Return the person's open request."""
        theirs = NameRequestRow.person_id == person_id
        rows = await rows_of(session, NameRequestRow, theirs)
        return [{"Họ tên": row.name, "Gửi lúc": iso(row.requested_at)} for row in rows]

    def erasing(self, person_id: int) -> tuple[Delete, ...]:
        """Return the statement that deletes it."""
        return (deleted(NameRequestRow.person_id, person_id),)
