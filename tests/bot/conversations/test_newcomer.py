"""A newcomer's way through the whole bot, on both databases: from the invitation to the end."""

import re

from bot.sandbox import Sandbox
from bot.texts import learning as texts
from bot.texts import people as people_texts
from knowledge.learning.bank_reading import read_bank
from tests.bot.conftest import SHIPPED_QUIZZES
from tests.bot.conversations.test_admin_day import command, invite
from tests.bot.learning.quiz_people import take_quiz

BANK = read_bank(SHIPPED_QUIZZES).bank


async def test_a_newcomer_learns_topic_after_topic(office: Sandbox) -> None:
    admin, newcomer = office.persona("admin"), office.persona("stranger")
    await admin.starts()
    await admin.receives()
    token = await invite(admin, people_texts.ROLES["newcomer"])
    await newcomer.starts(token)
    welcome = await newcomer.receives()
    assert "chặng làm quen" in welcome.text
    await welcome.press(texts.START_BUTTON)
    home = await newcomer.receives()
    assert f"0/{len(BANK.topics)} chủ đề" in home.text
    for number, topic in enumerate(BANK.topics):
        await home.press(next(label for label in home.buttons if label.startswith(("▶️", "➡️"))))
        lesson = await newcomer.receives(where=lambda m: m.buttons != [])
        assert topic.title in lesson.text
        await lesson.press(next(label for label in lesson.buttons if label.startswith("📝")))
        if number == 0:
            failed = await take_quiz(BANK, newcomer, wrong=3)
            assert "Nên đọc lại" in failed.text
            await failed.press(texts.AGAIN_BUTTON)
        home = await take_quiz(BANK, newcomer)
        assert "Đạt!" in home.text
    done = await newcomer.receives()
    assert "hoàn thành chặng làm quen" in done.text
    photo = await newcomer.receives(where=lambda message: "photo" in message.data)
    code = re.search(r"LC-[0-9A-Z-]{14}", photo.text)
    assert code is not None
    document = await newcomer.receives(where=lambda message: "document" in message.data)
    assert (await document.download()).startswith(b"%PDF")
    verified = await command(office.persona("staff"), f"/verify {code[0].lower()}")
    assert "✅" in verified.text
    assert not (await command(office.persona("staff"), "/verify LC-0000-0000-0000")).text.count(
        "✅"
    )
