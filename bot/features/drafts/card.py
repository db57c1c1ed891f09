"""A drafted question as a message with its buttons."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.drafts import texts
from bot.features.drafts.draft_text import draft_text
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import escape
from knowledge.articles.chunk import chunks_of_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.features.quizzes import StoredDraft
    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.topic import QuizTopic

_PASSAGE_UNITS = 1400
_TITLE_UNITS = 300


class DraftAction(StrEnum):
    """What a button of a draft does."""

    APPROVE = "a"
    EDIT = "e"
    REJECT = "r"
    LATER = "l"
    MORE = "m"
    TOPIC = "t"
    BACK = "b"


class DraftPress(PersonalPress, kind="qd"):
    """A button of a draft; `topic_id` is the topic chosen for it."""

    action: DraftAction
    draft_id: int
    topic_id: str | None = None


def draft_card(
    draft: StoredDraft, waiting: int, bank: QuestionBank, passages: Iterable[Chunk]
) -> str:
    """Return what an editor needs to decide: the question, its options and its passage."""
    question = draft.question
    number = texts.NUMBER.format(
        number=draft.draft_id, kind=texts.KINDS[draft.kind], difficulty=question.difficulty.value
    )
    marks = ["✅" if i in question.correct else "▫️" for i in range(len(question.options))]
    options = [f"{mark} {_plain(o)}" for mark, o in zip(marks, question.options, strict=True)]
    explanation = texts.EXPLANATION.format(text=_plain(question.explanation))
    return "\n".join(
        [
            texts.HEAD.format(waiting=waiting),
            f"<i>{number}</i>",
            "",
            f"<b>{_plain(question.text)}</b>",
            *options,
            "",
            explanation,
            texts.TOPIC.format(topic=_plain(topic_name(question.topic, bank))),
            "",
            *_passage(draft, passages),
        ]
    )


def topic_name(topic_id: str, bank: QuestionBank) -> str:
    """Return a topic's title, or what is wrong with the topic."""
    if not topic_id:
        return texts.NO_TOPIC
    topic = bank.topic_of.get(topic_id)
    return texts.UNKNOWN_TOPIC.format(topic=topic_id) if topic is None else topic.title


def edit_message(draft: StoredDraft) -> str:
    """Return the message that an editor answers with the changed question."""
    title = texts.EDIT_TITLE.format(number=draft.draft_id)
    text = escape(draft_text(draft.question))
    return f"<b>{title}</b>\n{texts.EDIT_HOW}\n<pre>{text}</pre>"


def draft_keyboard(draft: StoredDraft, owner: int) -> InlineKeyboardMarkup:
    """Return the buttons under a draft."""
    rows = (
        (
            (texts.BUTTON_APPROVE, DraftAction.APPROVE),
            (texts.BUTTON_EDIT, DraftAction.EDIT),
        ),
        (
            (texts.BUTTON_REJECT, DraftAction.REJECT),
            (texts.BUTTON_LATER, DraftAction.LATER),
        ),
        ((texts.BUTTON_MORE, DraftAction.MORE),),
    )
    return InlineKeyboardMarkup(
        [
            [DraftPress(owner, action, draft.draft_id).button(label) for label, action in row]
            for row in rows
        ]
    )


def more_keyboard(owner: int) -> InlineKeyboardMarkup:
    """Return the button under the message that nothing waits."""
    more = DraftPress(owner, DraftAction.MORE, 0).button(texts.BUTTON_MORE)
    return InlineKeyboardMarkup.from_button(more)


def topics_keyboard(
    draft: StoredDraft, topics: Sequence[QuizTopic], owner: int
) -> InlineKeyboardMarkup:
    """Return a button for each topic, and one back to the draft."""
    buttons = [
        DraftPress(owner, DraftAction.TOPIC, draft.draft_id, topic.topic_id).button(topic.title)
        for topic in topics
    ]
    back = DraftPress(owner, DraftAction.BACK, draft.draft_id).button(texts.BUTTON_BACK)
    return InlineKeyboardMarkup.from_column([*buttons, back])


def _passage(draft: StoredDraft, passages: Iterable[Chunk]) -> list[str]:
    """Return the passage under its title, the quoted words in bold, or the quote if it is gone."""
    quote = draft.question.quote
    there = chunks_of_article(passages, draft.question.article)
    chunk = next((c for c in there if c.chunk_id == draft.chunk_id), None)
    if chunk is None or quote not in chunk.text:
        return [texts.PASSAGE_GONE, f"<blockquote>{_plain(quote, _PASSAGE_UNITS)}</blockquote>"]
    title = chunk.title if not chunk.heading else f"{chunk.title} › {chunk.heading}"
    before, _, after = chunk.text.partition(quote)
    if len(chunk.text) > _PASSAGE_UNITS:
        before, after = before[-200:], after[:200]
    text = f"{_plain(before)}<b>{_plain(quote, _PASSAGE_UNITS)}</b>{_plain(after)}"
    return [f"📄 {_plain(title, _TITLE_UNITS)}", f"<blockquote expandable>{text}</blockquote>"]


def _plain(text: str, units: int = 1000) -> str:
    return escape(text, units)
