"""What is kept of a person's forwarded questions, for /mydata and /forgetme."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bot.database.statements import cut_off, deleted, rows_of
from bot.features.forwarded_questions import texts
from bot.features.forwarded_questions.entry import EntryKind
from bot.features.forwarded_questions.inbox import MARKS, open_of
from bot.features.forwarded_questions.tables import ForwardedQuestionRow
from bot.office_time import iso
from bot.personal_data import PersonalTables

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Delete, Update
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.marks import Marks
    from bot.database import Database
    from bot.database.statements import PersonColumn

Row = ForwardedQuestionRow
MARKED = dt.timedelta(days=1)
"""How long what was open when a person was erased counts as open."""


class ForwardedQuestionsOfPerson(PersonalTables):
    """What a person sent to the editors, and what they answered as an editor."""

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database, marks: Marks, now: Callable[[], dt.datetime]) -> None:
        super().__init__(database)
        self._marks = marks
        self._now = now

    async def kept(self, session: AsyncSession, person_id: int) -> dict[str, Any]:
        """Return what the person sent and closed, oldest first."""
        return {
            "Đã gửi": await _told(session, Row.person_id, person_id, own=True),
            "Đã trả lời hoặc đánh dấu xong": await _told(
                session, Row.closed_by, person_id, own=False
            ),
        }

    async def leave_marks(self, session: AsyncSession, person_id: int) -> None:
        """Leave how many were open: for a day the person may send only as many fewer."""
        now = self._now()
        for kind in EntryKind:
            amount = await open_of(session, person_id, kind)
            if amount:
                await self._marks.leave(
                    session, MARKS[kind], person_id, now, until=now + MARKED, amount=amount
                )

    def erasing(self, person_id: int) -> tuple[Update | Delete, ...]:
        """Return the statements that delete what the person sent, and the link to what they did."""
        return deleted(Row.person_id, person_id), cut_off(Row.closed_by, person_id)


async def _told(
    session: AsyncSession, column: PersonColumn, person_id: int, *, own: bool
) -> list[dict[str, Any]]:
    """Return entries; of others' only what the person did with them."""
    rows = await rows_of(session, Row, column == person_id, Row.sent_at, Row.id)
    return [
        {
            "Số": row.id,
            "Loại": texts.KINDS[row.kind],
            "Lúc": iso(row.sent_at),
            **({"Tên": row.name, "Nội dung": row.question} if own else {}),
            "Lý do": None if row.reason is None else texts.REASONS[row.reason],
            "Xong lúc": None if row.closed_at is None else iso(row.closed_at),
            "Trả lời": row.reply,
        }
        for row in rows
    ]
