"""What is put before the editors, in the database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from bot.access.audit import write_note
from bot.access.marks import MarkKind
from bot.database.statements import insert_or_ignore
from bot.features.answer_log import AnswerRow, ChatKind, PassageRow, storable
from bot.features.forwarded_questions.entry import (
    MESSAGE_CHARACTERS,
    REPLY_CHARACTERS,
    TOLD_CHARACTERS,
    Entry,
    EntryKind,
)
from bot.features.forwarded_questions.errors import (
    AlreadyForwardedError,
    MessageLengthError,
    NotOpenError,
    TooManyOpenError,
)
from bot.features.forwarded_questions.tables import ForwardedQuestionRow
from bot.telegram.formatting import utf16_units
from embeddings.vietnamese import fold, syllables

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.audit import AuditNote
    from bot.access.marks import Marks
    from bot.access.person import Identity
    from bot.database import Database
    from bot.features.answer_log import Reason

MOST_OPEN = 3
"""Questions of one person that may wait for an answer."""
MOST_OPEN_FEEDBACK = 20
"""Feedback of one person that may be open; of more, the votes count, but nobody reads why."""
MARKS = {
    EntryKind.QUESTION: MarkKind.FORWARDED_QUESTION,
    EntryKind.FEEDBACK: MarkKind.FORWARDED_FEEDBACK,
}

Row = ForwardedQuestionRow
_OPEN = Row.closed_at.is_(None)


class Inbox:
    """The open questions and feedback, and how they were closed; methods raise DatabaseError."""

    def __init__(self, database: Database, marks: Marks) -> None:
        self._database = database
        self._marks = marks

    async def question(self, answer_id: str, person_id: int) -> str | None:
        """Return what a person asked; None unless it was them, and it is still kept."""
        query = select(AnswerRow.question).where(
            AnswerRow.id == answer_id, AnswerRow.person_id == person_id
        )
        async with self._database.session() as session:
            return await session.scalar(query) or None

    async def last_answer_id(self, person_id: int) -> str | None:
        """Return the id of the answer that a person got last in private, None without any."""
        query = (
            select(AnswerRow.id)
            .where(AnswerRow.person_id == person_id, AnswerRow.chat_kind == ChatKind.PRIVATE)
            .order_by(AnswerRow.shown_at.desc(), AnswerRow.id.desc())
            .limit(1)
        )
        async with self._database.session() as session:
            return await session.scalar(query)

    async def send(self, person: Identity, question: str, now: dt.datetime) -> Entry:
        """Put a person's question before the editors.

        Raises MessageLengthError, AlreadyForwardedError and TooManyOpenError.
        """
        question = _checked(question, MESSAGE_CHARACTERS)
        words = " ".join(map(fold, syllables(question))) or question
        key = hashlib.sha256(words.encode()).hexdigest()
        async with self._database.transaction() as session:
            if await _find(session, person.id, EntryKind.QUESTION, key) is not None:
                raise AlreadyForwardedError
            if await self._open_of(session, person.id, EntryKind.QUESTION, now) >= MOST_OPEN:
                raise TooManyOpenError(MOST_OPEN)
            row = await _add(
                session,
                kind=EntryKind.QUESTION,
                key=key,
                person_id=person.id,
                name=storable(person.short_name),
                question=question,
                told="",
                sent_at=now,
            )
            return row.as_value(Entry)

    async def take_feedback(
        self, answer_id: str, person_id: int, reason: Reason | None, now: dt.datetime
    ) -> None:
        """Put before the editors why somebody marked an answer down.

        Another reason takes the place of the one before; None takes it back.
        """
        async with self._database.transaction() as session:
            row = await _find(session, person_id, EntryKind.FEEDBACK, answer_id)
            if row is not None and reason is None:
                await session.delete(row)
            elif row is not None:
                row.reason = reason
            elif reason is not None:
                opened = await self._open_of(session, person_id, EntryKind.FEEDBACK, now)
                if opened < MOST_OPEN_FEEDBACK:
                    await _add_feedback(session, answer_id, person_id, reason, now)

    async def count(self) -> int:
        """Return how many are open."""
        async with self._database.session() as session:
            return await session.scalar(select(func.count()).select_from(Row).where(_OPEN)) or 0

    async def page(self, offset: int, size: int) -> list[Entry]:
        """Return `size` open ones after the first `offset`: questions first, the oldest first."""
        order = (Row.kind.desc(), Row.sent_at, Row.id)
        query = select(Row).where(_OPEN).order_by(*order).offset(offset).limit(size)
        async with self._database.session() as session:
            return [row.as_value(Entry) for row in await session.scalars(query)]

    async def get(self, entry_id: int) -> Entry:
        """Return an open one; raises NotOpenError."""
        async with self._database.session() as session:
            return (await _open(session, entry_id)).as_value(Entry)

    async def closed_by(self, entry_id: int, editor_id: int) -> Entry | None:
        """Return one that this editor closed, None if nobody did or somebody else."""
        async with self._database.session() as session:
            row = await session.get(Row, entry_id)
            return row.as_value(Entry) if row is not None and row.closed_by == editor_id else None

    async def close(
        self,
        entry_id: int,
        editor_id: int,
        now: dt.datetime,
        *,
        reply: str | None = None,
        note: AuditNote | None = None,
    ) -> Entry:
        """Close one with an editor's answer, or as done; of two who try, one succeeds.

        Raises NotOpenError and MessageLengthError.
        """
        reply = None if reply is None else _checked_lines(reply, REPLY_CHARACTERS)
        async with self._database.transaction() as session:
            row = await _open(session, entry_id, lock=True)
            row.closed_at, row.closed_by, row.reply = now, editor_id, reply
            await session.flush()
            await write_note(session, note)
            return row.as_value(Entry)

    async def _open_of(
        self, session: AsyncSession, person_id: int, kind: EntryKind, now: dt.datetime
    ) -> int:
        """Return how many of a person's are open, those that they had erased a while ago too."""
        erased = await self._marks.amount(session, MARKS[kind], person_id, now)
        return await open_of(session, person_id, kind) + erased

    async def purge(self, before: dt.datetime) -> int:
        """Delete what was sent before a moment, open or not; return how many."""
        async with self._database.transaction() as session:
            over = select(Row.id).where(Row.sent_at < before)
            found = list(await session.scalars(over))
            if found:
                await session.execute(delete(Row).where(Row.id.in_(found)))
            return len(found)


async def _find(
    session: AsyncSession, person_id: int, kind: EntryKind, key: str
) -> ForwardedQuestionRow | None:
    return await session.scalar(
        select(Row).where(_OPEN, Row.person_id == person_id, Row.kind == kind, Row.key == key)
    )


async def open_of(session: AsyncSession, person_id: int, kind: EntryKind) -> int:
    """Return how many of a person's wait for the editors."""
    theirs = (_OPEN, Row.person_id == person_id, Row.kind == kind)
    return await session.scalar(select(func.count()).select_from(Row).where(*theirs)) or 0


async def _add(session: AsyncSession, **columns: object) -> ForwardedQuestionRow:
    """Add a row and return it; raises AlreadyForwardedError when another press was quicker."""
    added = insert_or_ignore(session, Row, **columns).returning(Row.id)
    number = await session.scalar(added)
    row = None if number is None else await session.get(Row, number)
    if row is None:
        raise AlreadyForwardedError
    return row


async def _add_feedback(
    session: AsyncSession, answer_id: str, person_id: int, reason: Reason, now: dt.datetime
) -> None:
    answer = await session.get(AnswerRow, answer_id)
    if answer is None:
        return
    quotes = await session.scalars(
        select(PassageRow.quote)
        .where(PassageRow.answer_id == answer_id)
        .order_by(PassageRow.ordinal)
    )
    await session.execute(
        insert_or_ignore(
            session,
            Row,
            kind=EntryKind.FEEDBACK,
            key=answer_id,
            person_id=person_id,
            question=answer.question,
            told=(answer.written or " ".join(quotes))[:TOLD_CHARACTERS],
            reason=reason,
            sent_at=now,
        )
    )


async def _open(
    session: AsyncSession, entry_id: int, *, lock: bool = False
) -> ForwardedQuestionRow:
    row = await session.get(Row, entry_id, with_for_update=lock)
    if row is None or row.closed_at is not None:
        raise NotOpenError
    return row


def _checked(text: str, most: int) -> str:
    """Return a text as one line that both databases take; raises MessageLengthError."""
    cleaned = storable(text)
    if not 1 <= len(cleaned) <= most:
        raise MessageLengthError(len(cleaned), most)
    return cleaned


def _checked_lines(text: str, most: int) -> str:
    """Return a text likewise, with its lines; raises MessageLengthError."""
    lines = "\n".join(storable(line) for line in text.splitlines()).strip()
    length = utf16_units(lines)  # it must fit in a message
    if not 1 <= length <= most:
        raise MessageLengthError(length, most)
    return lines
