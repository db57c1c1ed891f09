"""What editors are told when questions are suspended or resumed, or files are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.quizzes import texts
from bot.telegram.formatting import HtmlBlock, clip, escape, pack

if TYPE_CHECKING:
    from bot.features.quizzes.question_pool import PoolNews
    from knowledge.quiz.bank.bank import QuestionBank

MOST_LINES = 15
_QUESTION_UNITS = 120
_REASON_UNITS = 300


def news_messages(news: PoolNews, bank: QuestionBank) -> list[str]:
    """Return the messages in HTML; none when nothing changed."""
    blocks: list[HtmlBlock] = []
    if news.suspended:
        blocks.append(HtmlBlock.of(texts.SUSPENDED))
        suspended = list(news.suspended.items())[:MOST_LINES]
        blocks += [_suspended(bank, question_id, reason) for question_id, reason in suspended]
        blocks += _more(len(news.suspended))
    if news.resumed:
        ids = ", ".join(news.resumed[:MOST_LINES])
        blocks += [HtmlBlock.plain(texts.RESUMED.format(ids=ids)), *_more(len(news.resumed))]
    if news.problems:
        blocks.append(HtmlBlock.of(texts.BANK_PROBLEMS))
        for problem in news.problems[:MOST_LINES]:
            blocks.append(HtmlBlock.plain(f"• {clip(str(problem), _REASON_UNITS)}"))
        blocks += _more(len(news.problems))
    return pack(blocks)


def _suspended(bank: QuestionBank, question_id: str, reason: str) -> HtmlBlock:
    question = bank.questions.get(question_id)
    return HtmlBlock.of(
        texts.SUSPENDED_LINE.format(
            id=escape(question_id),
            question="" if question is None else escape(question.text, _QUESTION_UNITS),
            reason=escape(reason, _REASON_UNITS),
        )
    )


def _more(count: int) -> list[HtmlBlock]:
    if count <= MOST_LINES:
        return []
    return [HtmlBlock.plain(texts.SUSPENDED_MORE.format(count=count - MOST_LINES))]
