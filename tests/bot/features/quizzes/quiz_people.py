"""How tests answer quizzes: as people who know the bank."""

import re
from typing import Any

from bot.sandbox.persona import Persona, SeenMessage
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.question import QuizQuestion

_NUMBER = re.compile(r"^Câu \d+/\d+\. ")


def asked(bank: QuestionBank, poll: dict[str, Any]) -> QuizQuestion:
    """The bank's question behind a poll."""
    text = _NUMBER.sub("", poll["question"])
    return next(question for question in bank.questions.values() if question.text == text)


def right_places(bank: QuestionBank, poll: dict[str, Any]) -> list[int]:
    """The places of the right options in a poll."""
    question = asked(bank, poll)
    right = {question.options[index] for index in question.correct}
    return [place for place, option in enumerate(poll["options"]) if option["text"] in right]


def wrong_place(bank: QuestionBank, poll: dict[str, Any]) -> int:
    """The place of an option that is not right."""
    right = right_places(bank, poll)
    return next(place for place in range(len(poll["options"])) if place not in right)


async def next_poll(person: Persona) -> SeenMessage:
    """The next question; what is said between is passed over."""
    return await person.receives(where=lambda message: "poll" in message.data)


async def take_quiz(
    bank: QuestionBank, person: Persona, *, wrong: int = 0, first: SeenMessage | None = None
) -> SeenMessage:
    """Answer a quiz to its end, the first `wrong` questions wrong; return the result.

    `first` is a question that was received already.
    """
    while True:
        message, first = first or await person.receives(), None
        if "poll" not in message.data:
            if message.text.startswith(("❌", "➗")):
                continue
            return message
        if wrong:
            wrong -= 1
            await message.vote(wrong_place(bank, message.poll))
        else:
            await message.vote(*right_places(bank, message.poll))
