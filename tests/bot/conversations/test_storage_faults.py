"""Disks that fill up or fail while people are at work: they are told, and nothing is lost."""

import asyncio
import contextlib
import shutil
import sqlite3

import pytest
from chromadb.errors import InternalError
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import App
from bot.database import Database
from bot.features.answer_log.tables import AnswerRow
from bot.features.documents import texts as document_texts
from bot.features.onboarding import texts as onboarding
from bot.features.quizzes.tables import AttemptRow, AttemptState
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.texts import ROLES
from knowledge import KnowledgeBase
from tests.bot.conversations.conftest import Serve
from tests.bot.conversations.test_admin_day import SHUTTLE, invite
from tests.bot.conversations.test_newcomer import BANK, study
from tests.bot.conversations.test_questions import answer
from tests.bot.features.quizzes.quiz_people import next_poll, right_places
from tests.small_disk import SmallDisk


@pytest.fixture
def on_small_disk(settings: Settings, sqlite_url: str, small_disk: SmallDisk) -> Settings:
    file = small_disk.path / "vanphong.db"
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), file)
    return settings.model_copy(
        update={"database_url": SecretStr(f"sqlite:///{file}"), "data_dir": small_disk.path}
    )


async def answers_kept(settings: Settings) -> int:
    database = Database.of(settings)
    await database.connect()
    async with database.session() as session:
        count = await session.scalar(select(func.count()).select_from(AnswerRow))
    await database.close()
    return int(count or 0)


async def is_asked(settings: Settings) -> None:
    """Wait until it is stored that the question, which was received already, was sent."""
    database = Database.of(settings)
    await database.connect()
    state = None
    async with asyncio.timeout(20):
        while state is not AttemptState.ASKED:
            async with database.session() as session:
                state = await session.scalar(select(AttemptRow.state))
    await database.close()


async def test_what_is_asked_over_a_full_disk_is_answered_and_recorded_when_there_is_room(
    on_small_disk: Settings, serve: Serve, sandbox: Sandbox, small_disk: SmallDisk
) -> None:
    staff = sandbox.persona("staff")
    async with serve(on_small_disk):
        assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
        small_disk.fill()
        await staff.sends("3 đúng là gì")  # Telegram keeps it while it can't be stored
        small_disk.make_room()
        assert "đúng thẩm quyền" in (await staff.receives()).text
        assert "không né tránh" in (await answer(staff, "3 không là gì")).text
    async with serve(on_small_disk):  # maybe the first was still being recorded: taken up again
        assert "thạo nghề" in (await answer(staff, "2 thạo gồm gì")).text
    assert await answers_kept(on_small_disk) == 4


async def test_a_quiz_answer_over_a_full_disk_counts_later(
    on_small_disk: Settings, serve: Serve, sandbox: Sandbox, small_disk: SmallDisk
) -> None:
    admin, newcomer = sandbox.persona("admin"), sandbox.persona("stranger")
    async with serve(on_small_disk):
        await admin.starts()
        await admin.receives()
        await newcomer.starts(await invite(admin, ROLES["newcomer"]))
        await (await newcomer.receives()).press(onboarding.START_BUTTON)
        await study(newcomer, await newcomer.receives(), BANK.topics[0])
        poll = await next_poll(newcomer)
        await is_asked(on_small_disk)
        small_disk.fill()
        await poll.vote(*right_places(BANK, poll.poll))
        small_disk.make_room()
        second = await next_poll(newcomer)
        assert second.poll["question"].startswith("Câu 2/")


async def test_an_upload_over_a_full_disk_can_be_sent_again(
    on_small_disk: Settings, serve: Serve, sandbox: Sandbox, small_disk: SmallDisk
) -> None:
    admin = sandbox.persona("admin")
    async with serve(on_small_disk):
        await admin.starts()
        await admin.receives()
        small_disk.fill()
        await admin.sends_files(("xe-dua-don.txt", SHUTTLE.encode()))
        small_disk.make_room()
        status = await admin.receives()
        await admin.sees_change(
            status, where=lambda message: document_texts.BUTTON_KEEP in message.buttons
        )


async def test_another_process_that_writes_for_a_while(
    settings: Settings,
    serve: Serve,
    sandbox: Sandbox,
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.database.database.BUSY_SECONDS", 0.05)
    admin = sandbox.persona("admin")
    async with serve(settings):
        await admin.starts()
        await admin.receives()
        file = sqlite_url.removeprefix("sqlite:///")
        with contextlib.closing(
            sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        ) as other:
            await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")  # once the bot has written
            await admin.sends("/mydata")
        assert texts.FAULT_BUSY not in (await admin.receives()).text


@pytest.mark.parametrize(
    "reason",
    [
        "error returned from database: (code: 1032) attempt to write a readonly database",
        "Error executing plan: Internal error: Error finding id",
    ],
)
async def test_a_vector_store_that_fails_while_the_bot_runs(
    bot: App,
    sandbox: Sandbox,
    shipped_base: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
) -> None:
    def fail(_: str) -> None:
        raise InternalError(reason)

    staff = sandbox.persona("staff")
    with monkeypatch.context() as patch:
        patch.setattr(shipped_base._store, "_collection", fail)
        told = await answer(staff, "2 thạo là gì")
        assert texts.FAULT_DOCUMENTS in told.text
        assert len(told.marked("code")[0]) == 8
    assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
