"""A newcomer's way through the whole bot, on both databases: from the invitation to the end."""

import re
from typing import Any

from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona
from bot.sandbox.seen_message import SeenMessage
from bot.texts import learning as texts
from bot.texts import people as people_texts
from knowledge.learning.bank_reading import read_bank
from tests.bot.conftest import SHIPPED_QUIZZES
from tests.bot.conversations.test_admin_day import invite

BANK = read_bank(SHIPPED_QUIZZES).bank


def right_places(poll: dict[str, Any]) -> list[int]:
    """The places of the right options, by the bank."""
    text = re.sub(r"^Câu \d+/\d+\. ", "", poll["question"])
    question = next(q for q in BANK.questions.values() if q.text == text)
    right = {question.options[index] for index in question.correct}
    return [place for place, option in enumerate(poll["options"]) if option["text"] in right]


def wrong_place(poll: dict[str, Any]) -> int:
    right = right_places(poll)
    return next(place for place in range(len(poll["options"])) if place not in right)


async def take_quiz(person: Persona, *, wrong: int = 0) -> SeenMessage:
    """Answer a quiz to its end, the first `wrong` questions wrong; return the result."""
    while True:
        message = await person.receives()
        if "poll" not in message.data:
            if "❌" in message.text or "➗" in message.text:
                continue
            return message
        if wrong:
            wrong -= 1
            await message.vote(wrong_place(message.poll))
        else:
            await message.vote(*right_places(message.poll))


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
            failed = await take_quiz(newcomer, wrong=3)
            assert "Nên đọc lại" in failed.text
            await failed.press(texts.AGAIN_BUTTON)
        home = await take_quiz(newcomer)
        assert "Đạt!" in home.text
    done = await newcomer.receives()
    assert "hoàn thành chặng làm quen" in done.text
