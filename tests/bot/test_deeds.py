"""What editors do is done whole or not at all, wherever the bot is killed in between.

The whole bot works on small articles; a kill is an error that nothing catches, and the bot is put
together anew on what is left on disk, in the database and in the index.
"""

import asyncio
import functools
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from telegram.ext import ExtBot

from bot.access.audit import AuditLog
from bot.access.deeds import Deeds
from bot.access.marks import Marks
from bot.access.person import CLI, Identity
from bot.access.registry import People
from bot.access.roles import Role
from bot.access.tables import DeedRow
from bot.database import Database
from bot.database.errors import DatabaseBusyError
from bot.database.url import parse_url
from bot.features.documents import texts
from bot.features.documents.feature import DocumentsFeature
from bot.features.documents.pending_uploads import Draft, PendingUploads
from bot.features.documents.personal_data import DocumentsOfPerson
from bot.features.documents.queued_uploads import Upload
from bot.features.documents.upload_inspection import InspectionOrder, inspect_upload
from bot.features.documents.upload_reader import UploadReader
from bot.features.forwarded_questions import Inbox
from bot.features.forwarded_questions import texts as forwarding_texts
from bot.features.knowledge_versions import texts as version_texts
from bot.features.knowledge_versions.feature import KnowledgeVersionsFeature
from bot.features.people import texts as people_texts
from bot.features.quizzes.personal_data import LearningOfPerson
from bot.knowledge_worker import KnowledgeWorker
from bot.settings import Settings
from embeddings import Encoder
from knowledge import KnowledgeBase
from knowledge.documents.details import DocumentDetails
from knowledge.documents.reader import read_document
from knowledge.documents.store import SOMEBODY, DocumentStore, NewDocument
from knowledge.index.directory import IndexDirectory
from tests.bot.conftest import STAFF, TOKEN, Telegram
from tests.bot.features.documents.document_chat import OTHER, without_a_fence
from tests.bot.offline_request import BOT, DATE, Call, OfflineRequest
from tests.bot.whole_bot import MORNING, HandClock, WholeBot, whole_bot
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    PARKING_QUESTION,
    write,
    write_small_articles,
)

ROOF = "# Mái che\n\nBãi xe của Văn phòng có mái che từ năm 2019.\n"


class Killed(BaseException):
    """The process ends here."""


class Office:
    """A bot over small articles; each `running` is a process of its own."""

    def __init__(self, base: KnowledgeBase, database: Database, settings: Settings) -> None:
        self.base, self.database, self.settings = base, database, settings
        self.store = DocumentStore(settings.data_dir)
        self.request = OfflineRequest()
        self.bot: WholeBot
        self.editor: Telegram
        self.clock = HandClock()
        self._ids = itertools.count()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Telegram]:
        """Start the bot, let it catch up, and stop it; after a kill it just goes."""
        self.bot = whole_bot(
            self.settings, self.database, self.base, clock=self.clock, request=self.request
        )
        versions = self.bot.feature(KnowledgeVersionsFeature)
        documents = self.bot.feature(DocumentsFeature)
        unfinished = self.bot.unfinished
        await unfinished.start(self.bot.application.bot)
        async with self.bot.application:
            await documents.start(self.bot.application.bot)
            await versions.start(self.bot.application.bot)
            assert versions.caught_up is not None
            await versions.caught_up
            self.editor = Telegram(self.bot.application, self.request)
            try:
                yield self.editor
            finally:
                await versions.close()
                await documents.close()
                await unfinished.close()
                await self.bot.close()

    def put_in(self, text: str, name: str = "a.md", by: int = STAFF["id"]) -> str:
        """A document of the store that is indexed, too."""
        data = text.encode()
        title = text.partition("\n")[0].removeprefix("# ")
        new = NewDocument.of(data, name, read_document(data, name), DocumentDetails(title))
        stored = self.store.add(new, by=str(by), now=MORNING)
        self.base.reload(self.settings.articles_dir)
        return stored.document_id

    async def audit(self) -> list[tuple[str, str | None]]:
        entries = await AuditLog(self.database).page(0, 50)
        return [
            (entry.action, entry.target)
            for entry in reversed(entries)
            if entry.action.startswith(("document.", "knowledge."))
        ]

    async def intended(self) -> int:
        async with self.database.session() as session:
            return await session.scalar(select(func.count()).select_from(DeedRow)) or 0

    async def says(self, question: str) -> str:
        return (await self.bot.core.worker.answer(question)).text

    async def list_button(self, document_id: str) -> str:
        (listed,) = await self.editor.sends("/docs")
        return next(data for label, data in listed.buttons.items() if f"{document_id} ·" in label)

    async def presses_in_card(self, document_id: str, label: str) -> list[Call]:
        shown, _ = await self.editor.presses(await self.list_button(document_id))
        return await self.editor.presses(shown.buttons[label])

    async def uploads(self, text: str, name: str = "a.md") -> Call:
        """Send a file; return the card with the buttons to decide."""
        data = text.encode()
        file_id = f"file{next(self._ids)}"
        self.request.files[file_id] = data
        document = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(data),
        }
        before = len(self.request.calls)
        await self.editor.sends(document=document)
        await self.bot.feature(DocumentsFeature).service.queue.join()
        calls = self.request.calls[before:]
        return next(call for call in reversed(calls) if texts.BUTTON_KEEP in call.buttons)

    async def keeps(self, text: str, name: str = "a.md") -> list[Call]:
        card = await self.uploads(text, name)
        return await self.editor.presses(card.buttons[texts.BUTTON_KEEP])


@pytest.fixture(autouse=True)
def _read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    without_a_fence(monkeypatch)

    async def read(reader: UploadReader, upload: Upload, _compare: Callable[[], None]) -> Draft:
        places = reader._data_dir, reader._articles_dir
        order = InspectionOrder(upload, *places, reader._now().isoformat())
        return await asyncio.to_thread(inspect_upload, order, lambda: None)

    monkeypatch.setattr(UploadReader, "read", read)


@pytest.fixture
async def office(tmp_path: Path, sqlite_url: str, encoder: Encoder) -> AsyncIterator[Office]:
    articles = write_small_articles(tmp_path / "articles")
    write(articles, "golden.yaml", f"answered:\n  - ask: {DATE_QUESTION}\n    contains: 28/8\n")
    settings = Settings(
        telegram_bot_token=TOKEN,
        data_dir=tmp_path / "data",
        articles_dir=articles,
        admin_ids=frozenset({STAFF["id"]}),
        _env_file=None,
    )
    database = Database(parse_url(sqlite_url))
    await database.connect()
    await People(database, settings.admin_ids).ensure_configured_admins(MORNING)
    with KnowledgeBase(settings.data_dir, encoder) as base:
        base.reload(articles)
        yield Office(base, database, settings)
    await database.close()


def dying(place: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    """A function that ends the process, before its work or after it."""
    if asyncio.iscoroutinefunction(place):

        @functools.wraps(place)
        async def patched(*args: Any, **others: Any) -> Any:
            if after:
                await place(*args, **others)
            raise Killed

        return patched

    @functools.wraps(place)
    def killed(*args: Any, **others: Any) -> Any:
        if after:
            place(*args, **others)
        raise Killed

    return killed


Point = tuple[type, str, bool]
DEED_POINTS: list[Point] = [
    (Deeds, "begin", True),
    (DocumentStore, "_record", False),
    (DocumentStore, "_record", True),
    (KnowledgeBase, "take_up", False),
    (Deeds, "note", False),
    (Deeds, "note", True),
    (KnowledgeBase, "reload_examined", False),
    (IndexDirectory, "write_manifest", True),
    (IndexDirectory, "activate", True),
    (KnowledgeWorker, "swap", False),
]


def point_id(point: object) -> str | None:
    return point.__name__ if isinstance(point, type) else None


async def killed_at(
    point: Point, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Awaitable[Any]]
) -> None:
    owner, name, after = point
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, dying(getattr(owner, name), after=after))
        with pytest.raises(Killed):
            await act()


@pytest.mark.parametrize(
    ("owner", "name", "after"), [*DEED_POINTS, (PendingUploads, "drop", True)], ids=point_id
)
async def test_an_upload_that_was_kept_is_stored_noted_and_answered_from(
    office: Office, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, *, after: bool
) -> None:
    async with office.running():
        card = await office.uploads(PARKING)
        keep = card.buttons[texts.BUTTON_KEEP]
        await killed_at((owner, name, after), monkeypatch, lambda: office.editor.presses(keep))
    async with office.running():
        (stored,) = office.store.documents()
        assert stored.is_active
        assert "6 giờ 30" in await office.says(PARKING_QUESTION)
        # the press is delivered again, as after a kill: it changes nothing
        await office.editor.presses(keep)
    assert len(office.store.documents()) == 1
    assert (await office.audit()).count(("document.store", "D1")) == 1
    assert await office.intended() == 0


@pytest.mark.parametrize(("owner", "name", "after"), DEED_POINTS, ids=point_id)
async def test_a_document_that_was_retired_is_noted_and_no_more_answered_from(
    office: Office, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, *, after: bool
) -> None:
    office.put_in(PARKING)
    async with office.running():
        shown, _ = await office.editor.presses(await office.list_button("D1"))
        retire = shown.buttons[texts.BUTTON_RETIRE]
        await killed_at((owner, name, after), monkeypatch, lambda: office.editor.presses(retire))
    async with office.running():
        assert not office.store.get("D1").is_active
        assert "6 giờ 30" not in await office.says(PARKING_QUESTION)
        await office.editor.presses(retire)
    assert (await office.audit()).count(("document.retire", "D1")) == 1
    assert await office.intended() == 0


VERSION_POINTS: list[Point] = [
    (Deeds, "begin", True),
    (IndexDirectory, "write_set_aside", True),
    (IndexDirectory, "activate", False),
    (IndexDirectory, "activate", True),
    (KnowledgeWorker, "swap", False),
    (Deeds, "note", False),
    (Deeds, "note", True),
]


@pytest.mark.parametrize(("owner", "name", "after"), VERSION_POINTS, ids=point_id)
async def test_a_way_back_is_gone_to_its_end(
    office: Office, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, *, after: bool
) -> None:
    async with office.running():
        await office.keeps(PARKING)
        question = (await office.editor.sends("/rollback"))[-1]
        back = question.buttons[version_texts.CONFIRM_ROLLBACK.format(version="v0001")]
        await killed_at((owner, name, after), monkeypatch, lambda: office.editor.presses(back))
    async with office.running():
        assert office.bot.core.worker.kb_version == office.base.active_version == "v0001"
        await office.editor.presses(back)
    assert (await office.audit()).count(("knowledge.roll_back", "v0001")) == 1
    assert await office.intended() == 0


@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [
        (Deeds, "begin", True),
        (IndexDirectory, "write_set_aside", True),
        (IndexDirectory, "remove_manifest", True),
        (Deeds, "note", False),
    ],
    ids=point_id,
)
async def test_a_version_that_was_discarded_is_gone(
    office: Office, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, *, after: bool
) -> None:
    async with office.running():
        lose_the_day(office)
        report = (await office.editor.sends("/reload"))[-1]
        drop = report.buttons[version_texts.DISCARD_BUTTON]
        await killed_at((owner, name, after), monkeypatch, lambda: office.editor.presses(drop))
    async with office.running():
        assert [info.name for info in office.base.versions()] == ["v0001"]
        assert office.base.standing() == ("v0001", None)
        # what was decided against does not come back with what has nothing to do with it
        await office.keeps(ROOF)
        assert office.bot.core.worker.kb_version == "v0003"
        assert "28/8" in await office.says(DATE_QUESTION)
    assert (await office.audit()).count(("knowledge.discard", "v0002")) == 1


def lose_the_day(office: Office) -> None:
    file = office.settings.articles_dir / "day.md"
    file.write_text(file.read_text("utf-8").replace("28/8", "ấy"), "utf-8")


async def test_nothing_is_done_that_could_not_be_noted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put_in(PARKING)

    async def busy(*_: object, **__: object) -> None:
        raise DatabaseBusyError("bận")

    async with office.running():
        monkeypatch.setattr(Deeds, "begin", busy)
        await office.presses_in_card("D1", texts.BUTTON_RETIRE)
        assert office.store.get("D1").is_active
        monkeypatch.undo()
        # the log is away only afterwards: done, answered from no more, and noted once it is back
        monkeypatch.setattr(Deeds, "note", busy)
        await office.presses_in_card("D1", texts.BUTTON_RETIRE)
        assert not office.store.get("D1").is_active
        assert "6 giờ 30" not in await office.says(PARKING_QUESTION)
        assert ("document.retire", "D1") not in await office.audit()
        monkeypatch.undo()
        await office.bot.core.deeds.note_the_rest()
    assert (await office.audit()).count(("document.retire", "D1")) == 1


async def state_of(office: Office, document_id: str) -> str:
    shown, _ = await office.editor.presses(await office.list_button(document_id))
    return next(line for line in shown.text.splitlines() if line.startswith(texts.STATE))


BAD = "# Ngày truyền thống\n\nNgày truyền thống Văn phòng là một ngày đẹp trời.\n"


async def discards_a_bad_document(office: Office) -> None:
    """A document for which a golden question is lost, decided against."""
    replaced = office.put_in("# Ngày\n\nNgày truyền thống Văn phòng là ngày 28/8 hằng năm.\n")
    assert replaced == "D1"
    office.settings.articles_dir.joinpath("day.md").unlink()
    office.base.reload(office.settings.articles_dir)
    async with office.running():
        await office.presses_in_card("D1", texts.BUTTON_REPLACE)
        calls = await office.keeps(BAD)
        assert await state_of(office, "D2") == "Trạng thái: chờ quyết định bản mới"
        drop = calls[-1].buttons[version_texts.DISCARD_BUTTON]
        await office.editor.presses(drop)


async def test_a_discarded_document_is_set_aside_and_holds_up_no_other(office: Office) -> None:
    await discards_a_bad_document(office)
    async with office.running():
        assert await state_of(office, "D2") == "Trạng thái: để riêng"
        assert await state_of(office, "D1") == "Trạng thái: đã gỡ, bản đang dùng vẫn còn"
        (listed,) = await office.editor.sends("/docs")
        assert "1 để riêng, 1 đã gỡ, bản đang dùng vẫn còn" in listed.text
        calls = await office.keeps(PARKING)
        assert "Đã chuyển sang bản" in calls[-1].text
        assert await state_of(office, "D3") == "Trạng thái: đang dùng"
        assert await state_of(office, "D2") == "Trạng thái: để riêng"
        assert "28/8" in await office.says(DATE_QUESTION)
        # who wants it after all reloads everything, and is asked again
        report = (await office.editor.sends("/reload"))[-1]
        await office.editor.presses(report.buttons[version_texts.USE_BUTTON])
        assert await state_of(office, "D2") == "Trạng thái: đang dùng"
        assert await state_of(office, "D1") == "Trạng thái: đã gỡ"


async def test_a_change_of_what_was_set_aside_is_a_new_one(office: Office) -> None:
    await discards_a_bad_document(office)
    async with office.running():
        await office.presses_in_card("D1", texts.BUTTON_RESTORE)
        assert await state_of(office, "D1") == "Trạng thái: đang dùng"
        assert await state_of(office, "D2") == "Trạng thái: đã gỡ"
        await office.presses_in_card("D2", texts.BUTTON_RESTORE)  # the very same again
        assert await state_of(office, "D2") == "Trạng thái: chờ quyết định bản mới"


async def test_what_a_way_back_left_stays_left(office: Office) -> None:
    async with office.running():
        await office.keeps(PARKING)
        question = (await office.editor.sends("/rollback"))[-1]
        await office.editor.presses(
            question.buttons[version_texts.CONFIRM_ROLLBACK.format(version="v0001")]
        )
        assert await state_of(office, "D1") == "Trạng thái: để riêng"
    async with office.running():  # a start brings it back no more than another document does
        assert await state_of(office, "D1") == "Trạng thái: để riêng"
        await office.keeps(ROOF)
        assert await state_of(office, "D2") == "Trạng thái: đang dùng"
        assert "6 giờ 30" not in await office.says(PARKING_QUESTION)
        await office.editor.sends("/reload")
        assert "6 giờ 30" in await office.says(PARKING_QUESTION)
        assert await state_of(office, "D1") == "Trạng thái: đang dùng"


async def test_a_folder_that_differs_is_told_and_not_taken_in_unasked(office: Office) -> None:
    write(office.settings.articles_dir, "parking.md", PARKING)
    async with office.running():
        told = [call.text for call in office.request.calls if call.method == "sendMessage"]
        assert told == [version_texts.FOLDER_DIFFERS.format(count=1)]
        assert office.bot.core.worker.kb_version == "v0001"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("owner", "name"),
    [(DocumentsOfPerson, "erase"), (LearningOfPerson, "erase"), (Deeds, "note")],
    ids=point_id,
)
async def test_who_wants_to_be_forgotten_is(
    office: Office, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, *, after: bool
) -> None:
    await People(office.database).set_role(CLI, OTHER["id"], Role.EDITOR, MORNING, name="Minh")
    office.put_in(PARKING, by=OTHER["id"])
    async with office.running():
        other = office.editor.of(OTHER["id"], "Minh")
        asked = (await other.sends("/forgetme"))[-1]
        yes = asked.buttons[people_texts.FORGET_YES]
        await killed_at((owner, name, after), monkeypatch, lambda: other.presses(yes))
    async with office.running():
        assert office.store.get("D1").added_by == SOMEBODY
        assert await People(office.database).get(OTHER["id"]) is None
    entries = await AuditLog(office.database).page(0, 50)
    assert [entry.action for entry in entries].count("people.forget") == 1
    assert await office.intended() == 0


@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [(Deeds, "begin", True), (Inbox, "close", True), (ExtBot, "send_message", False)],
    ids=point_id,
)
async def test_an_answer_to_a_forwarded_question_arrives(
    office: Office, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, *, after: bool
) -> None:
    asker = Identity(OTHER["id"], "Minh")
    entry = await Inbox(office.database, Marks.beside(office.settings.data_dir)).send(
        asker, "Ai giữ chìa khóa?", MORNING
    )
    title = forwarding_texts.ANSWER_TITLE.format(number=entry.id)
    asked = {"message_id": 90, "date": DATE, "from": BOT, "text": f"{title}\n\n…"}
    async with office.running() as editor:
        asked["chat"] = editor.private
        await killed_at(
            (owner, name, after),
            monkeypatch,
            lambda: editor.sends("Cô Hoa", reply_to_message=asked),
        )
    async with office.running() as editor:
        told = [
            call.text
            for call in office.request.calls
            if call.parameters.get("chat_id") == OTHER["id"]
        ]
        assert len(told) == 1
        assert "Cô Hoa" in told[0]
        await editor.sends("Cô Hoa", reply_to_message=asked)  # delivered again
    entries = await AuditLog(office.database).page(0, 50)
    assert [entry.action for entry in entries].count("forwarded.answer") == 1
    assert await office.intended() == 0
