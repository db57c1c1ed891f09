"""What editors are told when questions are suspended or resumed, or files are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.quizzes import texts
from bot.telegram.formatting import HtmlBlock, clip, escape, pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.features.quizzes.question_pool import PoolNews
    from knowledge.quiz.bank.bank import QuestionBank

MOST_LINES = 15
_QUESTION_UNITS = 120
_REASON_UNITS = 300


def news_messages(news: PoolNews, bank: QuestionBank) -> list[str]:
    """Return the messages in HTML; none when nothing changed."""
    return pack([*_suspended(news, bank), *_resumed(news), *_problems(news)])


def _suspended(news: PoolNews, bank: QuestionBank) -> Iterator[HtmlBlock]:
    if not news.suspended:
        return
    yield HtmlBlock.of(texts.SUSPENDED)
    for question_id, reason in list(news.suspended.items())[:MOST_LINES]:
        question = bank.questions.get(question_id)
        yield HtmlBlock.of(
            texts.SUSPENDED_LINE.format(
                id=escape(question_id),
                question=escape("" if question is None else question.text, _QUESTION_UNITS),
                reason=escape(reason, _REASON_UNITS),
            )
        )
    yield from _more(len(news.suspended))


def _resumed(news: PoolNews) -> Iterator[HtmlBlock]:
    if news.resumed:
        ids = ", ".join(news.resumed[:MOST_LINES])
        yield HtmlBlock.plain(texts.RESUMED.format(ids=ids))
        yield from _more(len(news.resumed))


def _problems(news: PoolNews) -> Iterator[HtmlBlock]:
    if not news.problems:
        return
    yield HtmlBlock.of(texts.BANK_PROBLEMS)
    for problem in news.problems[:MOST_LINES]:
        yield HtmlBlock.plain(f"• {clip(str(problem), _REASON_UNITS)}")
    yield from _more(len(news.problems))


def _more(count: int) -> Iterator[HtmlBlock]:
    if count > MOST_LINES:
        yield HtmlBlock.plain(texts.SUSPENDED_MORE.format(count=count - MOST_LINES))
