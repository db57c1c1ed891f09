"""A quiz question as a native poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import InputPollOption
from telegram.constants import PollType

from bot.features.quizzes import texts
from knowledge.quiz.question import EXPLANATION_CHARACTERS, QUESTION_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardMarkup, Message, Poll
    from telegram.ext import ExtBot

    from bot.features.quizzes.question_pool import QuestionPassage
    from knowledge.quiz.question import QuizQuestion


@dataclass(frozen=True, slots=True)
class PollContent:
    """What sendPoll needs: `correct` are places among `options` as they are shown, ascending."""

    question: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str
    takes_several: bool

    def is_asked_by(self, poll: Poll) -> bool:
        """Tell whether a poll asks just this: the same question, the same options in order."""
        shown = (poll.question, *(option.text for option in poll.options))
        return shown == (self.question, *self.options)


async def send_quiz_poll(  # noqa: PLR0913 -- what differs between a chat and a group
    bot: ExtBot[Any],
    chat_id: int,
    content: PollContent,
    *,
    seconds: int = 0,
    keyboard: InlineKeyboardMarkup | None = None,
    thread_id: int | None = None,
) -> Message:
    """Send a question as a quiz whose answers the bot gets; `seconds` 0: it stays open.

    Raises TelegramError.
    """
    return await bot.send_poll(  # its texts are plain: no formatting, whatever the default
        chat_id,
        content.question,
        [InputPollOption(option, text_parse_mode=None) for option in content.options],
        is_anonymous=False,
        type=PollType.QUIZ,
        correct_option_ids=content.correct,  # type: ignore[arg-type]  # a Literal
        allows_multiple_answers=content.takes_several,
        explanation=content.explanation,
        question_parse_mode=None,
        explanation_parse_mode=None,
        open_period=seconds or None,
        reply_markup=keyboard,
        message_thread_id=thread_id,
    )


def poll_content(
    question: QuizQuestion,
    option_order: Sequence[int],
    passage: QuestionPassage | None,
    *,
    number: int,
    total: int,
) -> PollContent:
    """Return a question as a poll: numbered, and with its article's title, where they fit."""
    prefix = texts.QUESTION_NUMBER.format(number=number, total=total)
    text = prefix + question.text
    explanation = question.explanation
    if passage is not None:
        sourced = f"{explanation}\n📄 {passage.title}"
        if len(sourced) <= EXPLANATION_CHARACTERS and "\n" not in explanation:
            explanation = sourced
    return PollContent(
        question=text if len(text) <= QUESTION_CHARACTERS else question.text,
        options=tuple(question.options[index] for index in option_order),
        correct=tuple(
            place for place, index in enumerate(option_order) if index in question.correct
        ),
        explanation=explanation,
        takes_several=question.takes_several,
    )
