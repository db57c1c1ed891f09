"""What inline mode offers: answers and passages as results, each a message with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InputTextMessageContent

from bot.features.asking import texts
from bot.features.sources import answer_messages, passage_message, source_names
from bot.limits import MESSAGE_UNITS
from bot.telegram.formatting import HtmlBlock, clip, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge import Answer, Offer

MOST_RESULTS = 10
"""Results that are offered; a phone shows about five, and Telegram takes 50."""
_TITLE_UNITS = 90
_DESCRIPTION_UNITS = 120


def offered_results(offer: Offer, asked: str) -> tuple[InlineQueryResultArticle, ...]:
    """Return the answer, if there is one, and the passages beside it."""
    return tuple(_results(offer, asked))


def question_result(key: str, answer: Answer) -> InlineQueryResultArticle:
    """Return a suggested question, whose message is its answer."""
    return _result(f"q-{key}", answer.question, answer.text, _message(answer, answer.question))


def _results(offer: Offer, asked: str) -> Iterator[InlineQueryResultArticle]:
    answer = offer.answer
    if answer.sentences:
        said = " ".join(sentence.text for sentence in answer.sentences)
        yield _result("a", said, "; ".join(source_names(answer.citations)), _message(answer, asked))
    for passage in offer.passages:
        (name,) = source_names([passage.citation])
        yield _result(passage.citation.chunk_id, passage.text, name, passage_message(passage))


def _result(name: str, title: str, description: str, message: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        name,
        clip(" ".join(title.split()), _TITLE_UNITS),
        InputTextMessageContent(message),
        description=clip(" ".join(description.split()), _DESCRIPTION_UNITS),
    )


def _message(answer: Answer, asked: str) -> str:
    """Return the answer below the question, with its sources, as the one message that it may be."""
    message, *more = answer_messages(answer, asked=asked)
    if not more:
        return message
    below = "\n".join([texts.INLINE_MORE, *source_names(answer.citations)])
    message = f"{message}\n\n<i>{escape(below)}</i>"
    if HtmlBlock.of(message).units > MESSAGE_UNITS:
        return passage_message(answer.sentences[0])
    return message
