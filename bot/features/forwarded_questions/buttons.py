"""The buttons that put questions before the editors, and those of the editors' list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.forwarded_questions import texts
from bot.telegram.callbacks import PersonalPress
from bot.telegram.paging import PagePress

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton


class ForwardPress(PersonalPress, kind="fw"):
    """Asks for consent to forward the question of an answer; the last one without an id."""

    answer_id: str | None = None


class SendPress(PersonalPress, kind="fws"):
    """Agrees to it."""

    answer_id: str


class CancelPress(PersonalPress, kind="fwc"):
    """Does not."""


class WritePress(PersonalPress, kind="fww"):
    """Asks for a message to the person in charge."""


class InboxPage(PagePress, kind="inp"):
    """Shows a page of the list."""


class EntryPress(PersonalPress, kind="ine"):
    """Shows an entry; `page` is where it was listed."""

    entry_id: int
    page: int


class AnswerPress(PersonalPress, kind="ina"):
    """Asks the editor for an answer."""

    entry_id: int


class DonePress(PersonalPress, kind="ind"):
    """Marks an entry as done."""

    entry_id: int
    page: int = 0


def forward_button(owner: int, answer_id: str, number: int | None = None) -> InlineKeyboardButton:
    """Return the button under a refusal that puts its question before the editors.

    `number` is that of the refusal, where there are several answers.
    """
    label = texts.FORWARD_BUTTON if number is None else f"{number}. {texts.FORWARD_BUTTON}"
    return ForwardPress(owner, answer_id).button(label)


def person_wanted(owner: int) -> tuple[str, InlineKeyboardMarkup]:
    """Return the ways to the person in charge (HTML) for somebody who asks for one."""
    return texts.PERSON_WANTED, InlineKeyboardMarkup.from_column(
        [
            ForwardPress(owner).button(texts.LAST_BUTTON),
            WritePress(owner).button(texts.WRITE_BUTTON),
        ]
    )


def consent_keyboard(owner: int, answer_id: str) -> InlineKeyboardMarkup:
    """Return the buttons to agree and not to."""
    send = SendPress(owner, answer_id).button(texts.SEND_BUTTON)
    return InlineKeyboardMarkup.from_row([send, CancelPress(owner).button(texts.CANCEL_BUTTON)])


def entry_keyboard(owner: int, entry_id: int, page: int | None = None) -> InlineKeyboardMarkup:
    """Return what an editor can do with an entry; back to the list where it was opened from one."""
    rows = [
        [
            AnswerPress(owner, entry_id).button(texts.ANSWER_BUTTON),
            DonePress(owner, entry_id, page or 0).button(texts.DONE_BUTTON),
        ]
    ]
    if page is not None:
        rows.append([InboxPage(owner, page).button(texts.BACK_BUTTON)])
    return InlineKeyboardMarkup(rows)
