"""What is stored of a person: shown by /mydata, erased by /forgetme.

Each feature that stores something about people brings a PersonalDataStore; the composition root
collects them. Law on the protection of personal data, 91/2025/QH15: a person may see and have
erased what is kept of them; what is anonymous stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from bot.access.audit import AuditAction, AuditEvent, AuditLog, append
from bot.access.audit_throttle import Repeats
from bot.access.marks import MarkKind, Marks
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
from bot.features.people.join_requests import leave_mark
from bot.office_time import iso
from bot.telegram.texts import ROLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bot.access.registry import People
    from bot.database import Database
    from bot.personal_data import Exported, PersonalDataStore


_PROFILE = "Hồ sơ"


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
        marks: Marks,
    ) -> None:
        self._database = database
        self._marks = marks
        self._people = people
        self._audit = audit
        self._stores = tuple(stores)
        self._repeats = Repeats()

    async def export(self, person_id: int, now: dt.datetime) -> dict[str, Exported]:
        """Return everything by heading, and note in the audit log that it was taken out.

        Anybody may, as often as they like, so of several times within an hour only a few are noted,
        and none where nothing is kept.
        """
        kept = await self._kept(person_id)
        if any(kept.values()):
            event = await self._noted(AuditAction.EXPORT_DATA, person_id, now)
            if event is not None:
                await self._audit.record(on_telegram(person_id), event, now)
                kept |= await self._own(person_id)  # with the entry
        profile, marks = (
            {_PROFILE: {"Số Telegram": person_id}},
            await self._marks_of(person_id, now),
        )
        return profile | {name: found or profile.get(name) for name, found in kept.items()} | marks

    async def erase(self, person_id: int, now: dt.datetime, deed: str = "") -> bool:
        """Erase everything; tell whether anything was kept, else the audit log has no entry of it.

        The audit log keeps its entries but loses the link to the person. What was imposed on the
        person outlives it by marks that lead to nobody (`bot/access/marks.py`; for invitations,
        `mark_of`). The intent `deed` goes with the last of it. Raises LastAdminError or
        ConfiguredAdminError before anything is erased.
        """
        async with self._database.session() as session:
            await self._people.check_may_leave(session, person_id)
        kept = any((await self._kept(person_id, deed)).values())
        event = await self._noted(AuditAction.FORGET, person_id, now) if kept else None
        for store in self._stores:
            await store.erase(person_id)
        async with self._database.transaction() as session:
            await self._people.check_may_leave(session, person_id)
            await leave_mark(session, self._marks, person_id, now)
            if event is not None:
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
        return kept

    async def _noted(
        self, action: AuditAction, person_id: int, now: dt.datetime
    ) -> AuditEvent | None:
        """Return the entry for what a person did with their data, if it is to be noted."""
        person = await self._people.get(person_id)
        stranger = person is None or not person.role.is_admitted
        repeats = self._repeats.noted((action, person_id), now, of_stranger=stranger)
        return None if repeats is None else AuditEvent(action, subject=person_id, details=repeats)

    async def _kept(self, person_id: int, erasure: str = "") -> dict[str, Exported]:
        """Return all that an erasure would erase; all values are empty where nothing is kept.

        The intent to erase, `erasure`, is not counted.
        """
        own = await self._own(person_id, erasure)
        return own | {store.title: await store.export(person_id) for store in self._stores}

    async def _marks_of(self, person_id: int, now: dt.datetime) -> dict[str, Exported]:
        async with self._database.session() as session:
            held = await self._marks.held_by(session, person_id, now)
        return {
            "Dấu không ghi tên (còn lại sau khi xóa dữ liệu)": [
                {
                    "Về": texts.MARKS[MarkKind(mark.kind)],
                    "Số lượt": mark.amount,
                    "Hết hạn": None if mark.until is None else iso(mark.until),
                }
                for mark in held
            ]
        }

    async def _own(self, person_id: int, erasure: str = "") -> dict[str, Exported]:
        person = await self._people.get(person_id)
        used, made = InvitationUseRow.person_id, InvitationRow.created_by
        async with self._database.session() as session:
            request = await session.get(JoinRequestRow, person_id)
            uses = await rows_of(session, InvitationUseRow, used == person_id)
            invitations = await rows_of(session, InvitationRow, made == person_id)
            deeds = await rows_of(session, DeedRow, DeedRow.person_id == person_id)
            deeds = [row for row in deeds if row.id != erasure]
        entries = await self._audit.about(person_id)
        return {
            _PROFILE: None
            if person is None
            else {
                "Số Telegram": person.id,
                "Tên": person.name,
                "Tên người dùng": person.username,
                "Họ tên đã xác nhận": person.official_name,
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
