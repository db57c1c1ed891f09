"""What is stored of a person: shown by /mydata, erased by /forgetme.

Each feature that stores something about people brings a PersonalDataStore; the composition root
collects them. Law on the protection of personal data, 91/2025/QH15: a person may see and have
erased what is kept of them; what is anonymous stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from bot.access.audit import AuditAction, AuditEvent, AuditLog, append
from bot.access.audit_throttle import Repeats, noted
from bot.access.person import on_telegram
from bot.access.tables import (
    AuditSubjectRow,
    DeedRow,
    InvitationRow,
    InvitationUseRow,
    JoinNoticeRow,
    JoinRequestRow,
    PersonRow,
)
from bot.database.statements import cut_off, deleted, rows_of
from bot.features.people import texts
from bot.features.people.audit_files import details_in_words
from bot.office_time import iso
from bot.telegram.texts import ROLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bot.access.registry import People
    from bot.database import Database
    from bot.personal_data import Exported, PersonalDataStore


class PersonalData:
    """All that is kept of a person, over all stores. The people themselves are erased last.

    So a failure on the way leaves somebody who can ask again.
    """

    def __init__(
        self,
        database: Database,
        people: People,
        audit: AuditLog,
        stores: Sequence[PersonalDataStore],
    ) -> None:
        self._database = database
        self._people = people
        self._audit = audit
        self._stores = tuple(stores)
        self._repeats = Repeats()

    async def export(self, person_id: int, now: dt.datetime) -> dict[str, Exported]:
        """Return everything by heading, and note in the audit log that it was taken out.

        Anybody may, as often as they like, so of several times within an hour only a few are noted.
        """
        times = self._repeats.count(person_id, now)
        if times is not None:
            event = AuditEvent(AuditAction.EXPORT_DATA, subject=person_id, details=noted(times))
            await self._audit.record(on_telegram(person_id), event, now)
        own = await self._own(person_id)
        return {**own, **{store.title: await store.export(person_id) for store in self._stores}}

    async def erase(self, person_id: int, now: dt.datetime, deed: str = "") -> None:
        """Erase everything; raises LastAdminError or ConfiguredAdminError before anything is.

        The audit log keeps its entries but loses the link to the person. Invitations keep marks
        that lead to nobody (`mark_of`): a used one lets nobody in again. The intent `deed` goes
        with the last of it.
        """
        async with self._database.session() as session:
            await self._people.check_may_leave(session, person_id)
        for store in self._stores:
            await store.erase(person_id)
        async with self._database.transaction() as session:
            await self._people.check_may_leave(session, person_id)
            event = AuditEvent(AuditAction.FORGET, subject=person_id)
            await append(session, on_telegram(person_id), event, now)
            for statement in (
                deleted(JoinNoticeRow.chat_id, person_id),
                deleted(JoinRequestRow.person_id, person_id),
                deleted(InvitationUseRow.person_id, person_id),
                deleted(PersonRow.id, person_id),
                deleted(AuditSubjectRow.person_id, person_id),
                cut_off(JoinRequestRow.decided_by, person_id),
                cut_off(InvitationRow.created_by, person_id),
                delete(DeedRow).where(DeedRow.id == deed),
                cut_off(DeedRow.person_id, person_id),
            ):
                await session.execute(statement)

    async def _own(self, person_id: int) -> dict[str, Exported]:
        person = await self._people.get(person_id)
        used, made = InvitationUseRow.person_id, InvitationRow.created_by
        async with self._database.session() as session:
            request = await session.get(JoinRequestRow, person_id)
            uses = await rows_of(session, InvitationUseRow, used == person_id)
            invitations = await rows_of(session, InvitationRow, made == person_id)
            deeds = await rows_of(session, DeedRow, DeedRow.person_id == person_id)
        entries = await self._audit.about(person_id)
        return {
            "Hồ sơ": {"Số Telegram": person_id}
            if person is None
            else {
                "Số Telegram": person.id,
                "Tên": person.name,
                "Tên người dùng": person.username,
                "Vai trò": ROLES[person.role],
                "Tham gia lúc": iso(person.joined_at),
                "Đổi vai trò lúc": iso(person.role_changed_at),
            },
            "Yêu cầu tham gia": None
            if request is None
            else {
                "Gửi lúc": iso(request.requested_at),
                "Kết quả": texts.JOIN_DECISIONS.get(request.decision),
            },
            "Lời mời đã dùng": [
                {"Lời mời": f"#{use.invitation_id}", "Lúc": iso(use.used_at)} for use in uses
            ],
            "Lời mời đã tạo": [
                {
                    "Lời mời": f"#{row.id}",
                    "Vai trò": ROLES[row.role],
                    "Tạo lúc": iso(row.created_at),
                }
                for row in invitations
            ],
            "Việc đang làm dở": [
                {"Lúc": iso(row.begun_at), "Việc": texts.AUDIT_ACTIONS.get(row.action, row.action)}
                for row in deeds
            ],
            "Nhật ký quản trị": [
                {
                    "Lúc": iso(entry.at),
                    "Việc": texts.AUDIT_ACTIONS.get(entry.action, entry.action),
                    "Bị từ chối": entry.denied,
                    "Do người này làm": entry.actor is not None
                    and entry.actor.person_id == person_id,
                    "Chi tiết": details_in_words(entry) or None,
                }
                for entry in entries
            ],
        }
