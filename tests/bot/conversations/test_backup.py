"""A backup while people are at work, and the bot on what was restored, on both databases."""

import asyncio
import datetime as dt
import random
import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.access.marks import Marks
from bot.backup.restoring import restore
from bot.backup.saving import save
from bot.database import Database
from bot.database.update_tables import UpdateRow
from bot.features.certificates.certificate_code import shown_code
from bot.features.certificates.register import CertificateRegister, key_beside
from bot.features.documents import texts as document_texts
from bot.features.onboarding import texts as onboarding
from bot.sandbox import Sandbox
from bot.serving import running_bot
from bot.settings import Settings
from bot.telegram.texts import ROLES
from embeddings import Encoder
from tests.bot.conversations.test_admin_day import (
    SHUTTLE,
    SHUTTLE_QUESTION,
    command,
    finished_reload,
    invite,
    upload,
)
from tests.bot.conversations.test_newcomer import BANK, study
from tests.bot.conversations.test_questions import answer
from tests.bot.features.quizzes.quiz_people import take_quiz

NOW = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def elsewhere(
    whole: Settings, tmp_path: Path, models_dir: Path, request: pytest.FixtureRequest
) -> Settings:
    """Another machine: an empty data directory and database, and none of the office's articles."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    place.joinpath("models").symlink_to(models_dir, target_is_directory=True)
    url = None
    if request.node.callspec.params["database_url"] == "postgresql":
        url = SecretStr(request.getfixturevalue("empty_postgresql_url"))
    articles = tmp_path / "none"
    return whole.model_copy(
        update={"data_dir": place, "database_url": url, "articles_dir": articles}
    )


async def certificate(settings: Settings) -> str:
    database = Database.of(settings)
    await database.connect()
    register = CertificateRegister(
        database,
        key_beside(settings.data_dir),
        Marks.beside(settings.data_dir),
        rng=random.Random(5),  # noqa: S311
    )
    issued = await register.issue(7, "Nguyễn Thị Lan", 0.9, ("Ngày truyền thống",), NOW)
    await database.close()
    return shown_code(issued.code)


async def updates(settings: Settings) -> int:
    database = Database.of(settings)
    await database.connect()
    async with database.session() as session:
        count = await session.scalar(select(func.count()).select_from(UpdateRow))
    await database.close()
    return count or 0


async def test_the_bot_goes_on_where_the_backup_was_made(
    sandbox: Sandbox, whole: Settings, elsewhere: Settings, encoder: Encoder, tmp_path: Path
) -> None:
    admin, newcomer, staff = (sandbox.persona(key) for key in ("admin", "stranger", "staff"))
    file = tmp_path / "office.backup"
    code = await certificate(whole)
    async with running_bot(whole, encoder):
        await admin.starts()
        await admin.receives()
        card = await upload(admin, "xe-dua-don.txt", SHUTTLE.encode())
        await card.press(document_texts.BUTTON_KEEP)
        await finished_reload(admin)
        await newcomer.starts(await invite(admin, ROLES["newcomer"]))
        await (await newcomer.receives()).press(onboarding.START_BUTTON)
        await study(newcomer, await newcomer.receives(), BANK.topics[0])
        assert "Đạt!" in (await take_quiz(BANK, newcomer)).text
        saved = asyncio.create_task(asyncio.to_thread(save, whole, file, NOW))
        while not saved.done():
            assert "thạo nghề" in (await answer(staff, "2 thạo là gì")).text
        made = await saved
        assert made.missing == ()
    shutil.rmtree(whole.data_dir)  # the old machine is gone
    shutil.rmtree(whole.articles_dir)
    done = await asyncio.to_thread(restore, elsewhere, file)
    articles = elsewhere.data_dir / "articles"
    assert done.settings == {"ARTICLES_DIR": articles}
    assert await updates(elsewhere) == 0  # what waited at that moment was answered there
    restored = elsewhere.model_copy(update={"articles_dir": articles})
    async with running_bot(restored, encoder):
        assert "6 giờ 45 phút" in (await answer(staff, SHUTTLE_QUESTION)).text
        await newcomer.sends("/learn")  # the result may be told again: it was, moments before
        await newcomer.receives(where=lambda m: f"1/{len(BANK.topics)} chủ đề" in m.text)
        assert "✅" in (await command(staff, f"/verify {code}")).text
        assert "1 đang dùng" in (await command(admin, "/docs")).text
