"""Drafted questions and what became of them, and the questions that are out of use."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from bot.access.audit import write_note
from bot.access.tables import PersonRow
from bot.database.statements import insert_or_ignore
from bot.features.quizzes.question_errors import DecidedDraftError, NoTopicError, UnknownDraftError
from bot.features.quizzes.tables import (
    REASON_CHARACTERS,
    DraftState,
    OutOfUse,
    QuestionDraftRow,
    QuestionStateRow,
)
from knowledge.quiz.question import Difficulty, QuizQuestion

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.audit import AuditNote
    from bot.database import Database
    from knowledge.quiz.drafting import Draft, DraftKind


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it is kept; the question's id is the one that it has once approved."""

    draft_id: int
    kind: DraftKind
    question: QuizQuestion
    chunk_id: str


def question_id_of(draft_id: int) -> str:
    """Return the id of the question that a draft becomes."""
    return f"d{draft_id}"


class QuestionStore:
    """Keeps drafts and states; every method is a transaction of its own, or raises DatabaseError.

    A `note` for the audit log is written with the change that it is about, or not at all.
    The first decision on a draft counts: whoever comes second gets DecidedDraftError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, drafts: Iterable[Draft], now: dt.datetime) -> int:
        """Store drafts that are new by their fingerprint, and return how many those were."""
        added = 0
        async with self._database.transaction() as session:
            for draft in drafts:
                statement = insert_or_ignore(
                    session,
                    QuestionDraftRow,
                    fingerprint=draft.fingerprint,
                    kind=draft.kind,
                    state=DraftState.DRAFT,
                    question=_fields(draft.question),
                    chunk_id=draft.chunk_id,
                    made_at=now,
                ).returning(QuestionDraftRow.id)
                added += (await session.scalar(statement)) is not None
        return added

    async def known(self) -> list[str | QuizQuestion]:
        """Return what need not be drafted again: every fingerprint and every approved question."""
        async with self._database.session() as session:
            marks = await session.scalars(select(QuestionDraftRow.fingerprint))
            return [*marks, *await _approved(session)]

    async def waiting(self) -> int:
        """Return how many drafts wait for an editor."""
        query = select(func.count()).where(QuestionDraftRow.state == DraftState.DRAFT)
        async with self._database.session() as session:
            return await session.scalar(query) or 0

    async def next_draft(self, after: int = 0) -> StoredDraft | None:
        """Return the waiting draft that follows number `after`, from the beginning at the end."""
        query = (
            select(QuestionDraftRow)
            .where(QuestionDraftRow.state == DraftState.DRAFT)
            .order_by(QuestionDraftRow.id <= after, QuestionDraftRow.id)
            .limit(1)
        )
        async with self._database.session() as session:
            row = await session.scalar(query)
            return None if row is None else _stored(row)

    async def waiting_draft(self, draft_id: int) -> StoredDraft:
        """Return a draft that waits; raises UnknownDraftError or DecidedDraftError."""
        async with self._database.session() as session:
            row = await session.get(QuestionDraftRow, draft_id)
            if row is None or row.state is not DraftState.DRAFT:
                raise await _why_not(session, draft_id)
            return _stored(row)

    async def change(
        self, draft_id: int, question: QuizQuestion, note: AuditNote | None = None
    ) -> StoredDraft:
        """Replace a waiting draft's question and return the draft.

        Raises QuizQuestionError for a question that breaks a rule, UnknownDraftError,
        DecidedDraftError.
        """
        question.require_sound()
        async with self._database.transaction() as session:
            row = await _locked(session, draft_id)
            row.question = _fields(question)
            await write_note(session, note)
            return _stored(row)

    async def approve(
        self,
        draft_id: int,
        by: int | None,
        now: dt.datetime,
        question: QuizQuestion,
        note: AuditNote | None = None,
    ) -> QuizQuestion:
        """Approve a draft with `question` as it was edited, and return that under its own id.

        Raises NoTopicError, QuizQuestionError, UnknownDraftError, DecidedDraftError.
        """
        approved = replace(question, question_id=question_id_of(draft_id))
        async with self._database.transaction() as session:
            row = await _locked(session, draft_id)
            approved.require_sound()
            if not approved.topic:
                raise NoTopicError(draft_id)
            row.question = _fields(approved)
            row.state, row.decided_at, row.decided_by = DraftState.APPROVED, now, by
            await write_note(session, note)
            return approved

    async def reject(
        self, draft_id: int, by: int | None, now: dt.datetime, note: AuditNote | None = None
    ) -> None:
        """Reject a draft; raises UnknownDraftError or DecidedDraftError."""
        async with self._database.transaction() as session:
            row = await _locked(session, draft_id)
            row.state, row.decided_at, row.decided_by = DraftState.REJECTED, now, by
            await write_note(session, note)

    async def approved(self) -> list[QuizQuestion]:
        """Return the approved questions, oldest first, also those out of use."""
        async with self._database.session() as session:
            return await _approved(session)

    async def suspend(self, question_id: str, reason: str, now: dt.datetime) -> bool:
        """Take a question out of use whose passage changed; False if it was out of use already."""
        return await self._take_out(question_id, OutOfUse.SUSPENDED, reason, since=now, by=None)

    async def retire(
        self,
        question_id: str,
        reason: str,
        now: dt.datetime,
        by: int | None = None,
        note: AuditNote | None = None,
    ) -> bool:
        """Take a question out of use for good; False if it was retired already."""
        state = OutOfUse.RETIRED
        return await self._take_out(question_id, state, reason, note, since=now, by=by)

    async def restore(
        self, question_id: str, only: OutOfUse, note: AuditNote | None = None
    ) -> bool:
        """Bring a question back, if it is out of use for the reason `only`; False if it isn't."""
        statement = delete(QuestionStateRow).where(
            QuestionStateRow.question_id == question_id, QuestionStateRow.state == only
        )
        async with self._database.transaction() as session:
            gone = await session.scalar(statement.returning(QuestionStateRow.question_id))
            if gone is None:
                return False
            await write_note(session, note)
            return True

    async def stamp(self) -> tuple[object, ...]:
        """Return what changes whenever a draft is approved, or a question goes out of use or back.

        Two such changes at the very same moment that leave the counts alone go unseen.
        """
        approved = select(func.count(), func.max(QuestionDraftRow.decided_at)).where(
            QuestionDraftRow.state == DraftState.APPROVED
        )
        out_of_use = select(func.count(), func.max(QuestionStateRow.since))
        async with self._database.session() as session:
            drafts = (await session.execute(approved)).one()
            states = (await session.execute(out_of_use)).one()
            return (*drafts, *states)

    async def states(self) -> dict[str, OutOfUse]:
        """Return why each question that is out of use is so, by its id."""
        query = select(QuestionStateRow.question_id, QuestionStateRow.state)
        async with self._database.session() as session:
            return {row.question_id: row.state for row in await session.execute(query)}

    async def _take_out(
        self,
        question_id: str,
        state: OutOfUse,
        reason: str,
        note: AuditNote | None = None,
        **values: object,
    ) -> bool:
        values |= {"state": state, "reason": reason[:REASON_CHARACTERS]}
        async with self._database.transaction() as session:
            new = insert_or_ignore(session, QuestionStateRow, question_id=question_id, **values)
            if await session.scalar(new.returning(QuestionStateRow.question_id)) is not None:
                await write_note(session, note)
                return True
            if state is OutOfUse.SUSPENDED:
                return False  # suspended or retired already: a retired question stays so
            changed = await session.scalar(
                update(QuestionStateRow)
                .where(QuestionStateRow.question_id == question_id, QuestionStateRow.state != state)
                .values(**values)
                .returning(QuestionStateRow.question_id)
            )
            if changed is None:
                return False
            await write_note(session, note)
            return True


async def _locked(session: AsyncSession, draft_id: int) -> QuestionDraftRow:
    """Return a waiting draft that nobody else can decide meanwhile."""
    row = await session.get(QuestionDraftRow, draft_id, with_for_update=True)
    if row is None or row.state is not DraftState.DRAFT:
        raise await _why_not(session, draft_id)
    return row


async def _why_not(session: AsyncSession, draft_id: int) -> UnknownDraftError | DecidedDraftError:
    row = await session.get(QuestionDraftRow, draft_id)
    if row is None:
        return UnknownDraftError(draft_id)
    person = None if row.decided_by is None else await session.get(PersonRow, row.decided_by)
    who = None if person is None else person.name
    return DecidedDraftError(draft_id, row.state, row.decided_at, who)


async def _approved(session: AsyncSession) -> list[QuizQuestion]:
    rows = await session.scalars(
        select(QuestionDraftRow)
        .where(QuestionDraftRow.state == DraftState.APPROVED)
        .order_by(QuestionDraftRow.id)
    )
    return [_stored(row).question for row in rows]


def _stored(row: QuestionDraftRow) -> StoredDraft:
    return StoredDraft(
        row.id,
        row.kind,
        _question(question_id_of(row.id), row.question),
        row.chunk_id,
    )


def _fields(question: QuizQuestion) -> dict[str, Any]:
    """Return the question as a JSON column keeps it: without its id, which its row gives."""
    fields = asdict(question)
    del fields["question_id"]
    return fields


def _question(question_id: str, fields: Mapping[str, Any]) -> QuizQuestion:
    """Return the question of what `_fields` gave."""
    lists = {name: tuple(fields[name]) for name in ("options", "correct", "tags")}
    difficulty = Difficulty(fields["difficulty"])
    return QuizQuestion(question_id, **{**fields, **lists, "difficulty": difficulty})
