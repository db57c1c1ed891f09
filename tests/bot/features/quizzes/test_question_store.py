"""The contract of the store of questions, on SQLite and on PostgreSQL."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.access.audit import AuditAction, AuditEvent, AuditLog, AuditNote
from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.database.errors import DatabaseError
from bot.features.drafts.personal_data import DecisionsOfPerson
from bot.features.quizzes.question_errors import DecidedDraftError, NoTopicError, UnknownDraftError
from bot.features.quizzes.question_store import QuestionStore, StoredDraft
from bot.features.quizzes.tables import OutOfUse, QuestionStateRow
from knowledge.errors import QuizQuestionError
from knowledge.quiz.drafting import Draft, DraftKind
from knowledge.quiz.question import Difficulty, QuizQuestion

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
LAN = 1001
MINH = 2002


def draft(number: int, topic: str = "lich_su") -> Draft:
    mark = f"{number:016x}"
    question = QuizQuestion(
        mark, topic, f"Câu {number}?", ("Có", "Không", "Chưa rõ"), (0, 2), "Theo bài “Bài”.",
        "bai.md", "một câu", Difficulty.HARD, ("thẻ",),
    )  # fmt: skip
    return Draft(mark, DraftKind.LIST, "c" * 16, question)


@pytest.fixture
def store(database: Database) -> QuestionStore:
    return QuestionStore(database)


async def test_drafts_are_stored_once_and_come_in_turn(store: QuestionStore) -> None:
    assert await store.next_draft() is None
    assert await store.add([draft(1), draft(2), draft(1)], NOW) == 2
    assert await store.add([draft(2), draft(3)], NOW) == 1
    assert await store.waiting() == 3
    first = await store.next_draft()
    assert first is not None
    assert first.question == replace(draft(1).question, question_id=f"d{first.draft_id}")
    assert (first.kind, first.chunk_id) == (DraftKind.LIST, "c" * 16)
    texts = []
    after = 0
    for _ in range(4):
        found = await store.next_draft(after)
        assert found is not None
        texts.append(found.question.text)
        after = found.draft_id
    assert texts == ["Câu 1?", "Câu 2?", "Câu 3?", "Câu 1?"]
    assert set(await store.known()) == {f"{n:016x}" for n in (1, 2, 3)}


async def test_approved_with_changes_rejected_and_known(store: QuestionStore) -> None:
    await store.add([draft(1), draft(2)], NOW)
    one, two = [d.draft_id for d in (await _all(store))]
    changed = replace(draft(1).question, text="Câu mới?", difficulty=Difficulty.EASY)
    approved = await store.approve(one, LAN, NOW, changed)
    assert approved == replace(changed, question_id=f"d{one}")
    await store.reject(two, LAN, NOW)
    assert await store.approved() == [approved]
    assert await store.waiting() == 0
    assert await store.next_draft() is None
    assert approved in await store.known()
    assert await store.add([draft(1), draft(2)], NOW) == 0


async def test_a_waiting_draft_is_changed(store: QuestionStore) -> None:
    await store.add([draft(1)], NOW)
    (waiting,) = await _all(store)
    changed = await store.change(waiting.draft_id, replace(waiting.question, text="Khác?"))
    assert changed == await store.waiting_draft(waiting.draft_id)
    assert changed.question.text == "Khác?"
    with pytest.raises(QuizQuestionError, match="câu hỏi để trống"):
        await store.change(waiting.draft_id, replace(waiting.question, text=" "))
    assert await store.waiting_draft(waiting.draft_id) == changed


async def test_no_topic_no_approval(store: QuestionStore) -> None:
    await store.add([draft(1, topic="")], NOW)
    (waiting,) = await _all(store)
    with pytest.raises(NoTopicError, match="chưa có chủ đề"):
        await store.approve(waiting.draft_id, LAN, NOW, waiting.question)
    assert await store.waiting() == 1
    question = replace(waiting.question, topic="lich_su")
    assert (await store.approve(waiting.draft_id, LAN, NOW, question)).topic == "lich_su"


async def test_the_first_decision_counts_and_the_other_hears_of_it(
    database: Database, store: QuestionStore
) -> None:
    for person, name in ((LAN, "Lan"), (MINH, "Minh")):
        await People(database).set_role(CLI, person, Role.EDITOR, NOW, name=name)
    await store.add([draft(n) for n in range(1, 21)], NOW)
    for waiting in await _all(store):
        results = await asyncio.gather(
            store.approve(waiting.draft_id, LAN, NOW, waiting.question),
            store.reject(waiting.draft_id, MINH, NOW),
            return_exceptions=True,
        )
        (error,) = [result for result in results if isinstance(result, BaseException)]
        assert isinstance(error, DecidedDraftError)
        who = "Minh bỏ" if results[0] is error else "Lan duyệt"
        assert str(error) == (f"Câu soạn số {waiting.draft_id} đã được {who} lúc 10:00 24/11/2026.")
        with pytest.raises(DecidedDraftError):
            await store.change(waiting.draft_id, waiting.question)
        with pytest.raises(DecidedDraftError):
            await store.waiting_draft(waiting.draft_id)


async def test_what_cannot_be_noted_is_not_decided(
    database: Database, store: QuestionStore
) -> None:
    await store.add([draft(1)], NOW)
    (waiting,) = await _all(store)
    number, question = waiting.draft_id, waiting.question
    event = AuditEvent(AuditAction.APPROVE_QUESTION, details={"not for JSON": object()})
    refused, accepted = (
        AuditNote(CLI, event, NOW),
        AuditNote(CLI, AuditEvent(AuditAction.RETIRE_QUESTION, target="q"), NOW),
    )
    for doing in (
        store.approve(number, LAN, NOW, question, refused),
        store.reject(number, LAN, NOW, refused),
        store.change(number, replace(question, text="Khác?"), refused),
        store.retire("q", "thử", NOW, LAN, refused),
    ):
        with pytest.raises(DatabaseError):
            await doing
    assert await store.waiting_draft(number) == waiting
    assert await store.states() == {}
    for _ in range(2):
        await store.retire("q", "thử", NOW, LAN, accepted)
    assert await AuditLog(database).count() == 1  # the second time changed nothing


async def test_an_unknown_draft_is_said_to_be_so(store: QuestionStore) -> None:
    for doing in (
        store.approve(9, LAN, NOW, draft(9).question),
        store.reject(9, LAN, NOW),
        store.waiting_draft(9),
    ):
        with pytest.raises(UnknownDraftError, match="Không có câu soạn số 9"):
            await doing


async def test_questions_go_out_of_use_and_come_back(
    database: Database, store: QuestionStore
) -> None:
    later = NOW + dt.timedelta(hours=1)
    assert await store.suspend("a1", "đoạn đã đổi", NOW)
    assert not await store.suspend("a1", "vẫn đổi", later)
    assert await store.retire("a1", "quá dễ", later, LAN)
    assert not await store.retire("a1", "quá dễ", later, MINH)
    assert not await store.suspend("a1", "đoạn đã đổi", later)
    assert await store.suspend("a2", "x" * 400, NOW)
    assert await store.states() == {"a1": OutOfUse.RETIRED, "a2": OutOfUse.SUSPENDED}
    async with database.session() as session:
        rows = list(await session.scalars(select(QuestionStateRow).order_by("question_id")))
    assert [(row.reason, row.since, row.by) for row in rows] == [
        ("quá dễ", later, LAN),
        ("x" * 300, NOW, None),
    ]
    assert not await store.restore("a1", only=OutOfUse.SUSPENDED)
    assert await store.restore("a2", only=OutOfUse.SUSPENDED)
    assert await store.restore("a1", OutOfUse.RETIRED)
    assert not await store.restore("a1", OutOfUse.RETIRED)
    assert await store.states() == {}


async def test_who_is_erased_leaves_only_the_decisions(
    database: Database, store: QuestionStore
) -> None:
    own = DecisionsOfPerson(database)
    assert await own.export(LAN) is None
    await store.add([draft(1), draft(2)], NOW)
    first, second = await _all(store)
    one = first.draft_id
    await store.approve(one, LAN, NOW, first.question)
    await store.reject(second.draft_id, MINH, NOW)
    await store.retire("a1", "quá dễ", NOW, LAN)
    at = "2026-11-24T10:00:00+07:00"
    assert await own.export(LAN) == [
        {"Câu": f"d{one}", "Lúc": at, "Việc": "duyệt câu hỏi"},
        {"Câu": "a1", "Lúc": at, "Việc": "ngừng dùng câu hỏi"},
    ]
    await own.erase(LAN)
    assert await own.export(LAN) is None
    assert await own.export(MINH) is not None
    assert len(await store.approved()) == 1
    async with database.session() as session:
        assert (await session.get_one(QuestionStateRow, "a1")).by is None
    with pytest.raises(DecidedDraftError, match="người khác duyệt"):
        await store.reject(one, MINH, NOW)


async def _all(store: QuestionStore) -> list[StoredDraft]:
    """The waiting drafts in order."""
    found: list[StoredDraft] = []
    after = 0
    while (waiting := await store.next_draft(after)) is not None and waiting not in found:
        found.append(waiting)
        after = waiting.draft_id
    return found
