"""A newcomer's way through the whole bot, on both databases: from the invitation to the end."""

import datetime as dt
import re

from sqlalchemy import update

from bot.database import Database
from bot.features.certificates import texts as certificates
from bot.features.onboarding import texts as onboarding
from bot.features.quizzes import texts
from bot.features.quizzes.tables import ReviewCardRow
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, SeenMessage
from bot.serving import running_bot
from bot.settings import Settings
from bot.telegram.texts import ROLES
from embeddings import Encoder
from knowledge.quiz.bank.reading import read_bank
from knowledge.quiz.topic import QuizTopic
from tests.bot.conftest import SHIPPED_QUIZZES
from tests.bot.conversations.test_admin_day import command, invite
from tests.bot.features.quizzes.quiz_people import next_poll, right_places, take_quiz
from tests.databases import on_sqlite

BANK = read_bank(SHIPPED_QUIZZES).bank


async def study(newcomer: Persona, offer: SeenMessage, topic: QuizTopic) -> None:
    """From the offer of a topic through its lesson to its quiz."""
    await offer.press(next(label for label in offer.buttons if label.startswith(("▶️", "➡️"))))
    lesson = await newcomer.receives(where=lambda message: message.text.startswith("📖"))
    assert topic.title in lesson.text
    await lesson.press(next(label for label in lesson.buttons if label.startswith("📝")))


async def days_pass(settings: Settings) -> None:
    """Let every review card fall due."""
    database = Database.of(settings)
    await database.connect()
    async with database.transaction() as session:
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        await session.execute(update(ReviewCardRow).values(due=long_ago))
    await database.close()


async def certificate_holds(newcomer: Persona, admin: Persona, staff: Persona) -> None:
    """Once an admin confirmed the name, it comes as a picture and a PDF that others can verify."""
    offer = await newcomer.receives(where=lambda message: "xin xác nhận" in message.text)
    await offer.press(certificates.NAME_SEND)
    asked = await admin.receives(where=lambda message: "trên chứng nhận" in message.text)
    await asked.press(certificates.NAME_CONFIRM)
    photo = await newcomer.receives(where=lambda message: "photo" in message.data)
    code = re.search(r"LC-[0-9A-Z-]{14}", photo.text)
    assert code is not None
    document = await newcomer.receives(where=lambda message: "document" in message.data)
    assert (await document.download()).startswith(b"%PDF")
    assert "✅" in (await command(staff, f"/verify {code[0].lower()}")).text
    assert "✅" not in (await command(staff, "/verify LC-0000-0000-0000")).text


@on_sqlite
async def test_from_an_invitation_to_a_verified_certificate_across_a_restart(
    sandbox: Sandbox, whole: Settings, encoder: Encoder
) -> None:
    admin, newcomer = sandbox.persona("admin"), sandbox.persona("stranger")
    first, second, *others = BANK.topics
    async with running_bot(whole, encoder):
        await admin.starts()
        await admin.receives()
        token = await invite(admin, ROLES["newcomer"])
        await newcomer.starts(token)
        welcome = await newcomer.receives()
        assert "chặng làm quen" in welcome.text
        await welcome.press(onboarding.START_BUTTON)
        home = await newcomer.receives()
        assert f"0/{len(BANK.topics)} chủ đề" in home.text
        await study(newcomer, home, first)
        failed = await take_quiz(BANK, newcomer, wrong=3)
        assert "Nên đọc lại" in failed.text
        await failed.press(texts.AGAIN_BUTTON)
        passed = await take_quiz(BANK, newcomer)
        assert "Đạt!" in passed.text
        await study(newcomer, passed, second)
        for _ in range(3):
            poll = await next_poll(newcomer)
            await poll.vote(*right_places(BANK, poll.poll))
        poll = await next_poll(newcomer)
    # the bot is away: what is answered meanwhile counts, and the quiz goes on
    await poll.vote(*right_places(BANK, poll.poll))
    await days_pass(whole)
    async with running_bot(whole, encoder):
        fifth = await next_poll(newcomer)
        assert fifth.poll["question"].startswith("Câu 5/7")
        passed = await take_quiz(BANK, newcomer, first=fifth)
        assert "đúng 7/7" in passed.text
        review = await command(newcomer, "/review")
        assert "poll" in review.data
        reviewed = await take_quiz(BANK, newcomer, first=review)
        assert "Ôn xong" in reviewed.text
        cohort = await command(admin, "/cohort")
        assert cohort.data["photo"]
        assert f"2/{len(BANK.topics)}" in cohort.text
        home = await command(newcomer, "/learn")
        for topic in others:
            await study(newcomer, home, topic)
            home = await take_quiz(BANK, newcomer)
            assert "Đạt!" in home.text
        assert "hoàn thành chặng làm quen" in (await newcomer.receives()).text
        await certificate_holds(newcomer, admin, sandbox.persona("staff"))
        progress = await command(newcomer, "/progress")
        assert progress.data["photo"]
        assert f"{len(BANK.topics)}/{len(BANK.topics)}" in progress.text
        cohort = await command(admin, "/cohort")
        assert "1 hoàn thành" in cohort.text
