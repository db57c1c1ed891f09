"""What follows a wrong answer: the right one, and the passage that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.quizzes import texts
from bot.features.sources import source_button
from bot.telegram.formatting import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.features.quizzes.question_pool import QuestionPassage
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.scoring import Score

_QUOTE_UNITS = 1500
_TITLE_UNITS = 200


def failed_question(
    question: QuizQuestion, right: Sequence[int], score: Score, passage: QuestionPassage | None
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return what is said after a wrong or incomplete answer, with the source one tap away."""
    answer = "; ".join(question.options[index] for index in right if index < len(question.options))
    head = (texts.PARTLY if score.share else texts.WRONG).format(answer=escape(answer))
    if passage is None:
        return head, None
    body = texts.PASSAGE.format(
        quote=escape(question.quote, _QUOTE_UNITS),
        title=escape(passage.title, _TITLE_UNITS),
    )
    keyboard = InlineKeyboardMarkup([[source_button([passage.chunk_id])]])
    return f"{head}\n{body}", keyboard
