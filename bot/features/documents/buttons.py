"""The buttons of drafts and of the list of documents, and what their callback data means.

`du:<token>:<action>` acts on a draft; `dd:<owner>:<action>:<document>:<page>` on the store, where
the owner is the Telegram id of whoever asked for the list, in base 36.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.documents import texts
from bot.limits import BUTTON_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.documents.stored_document import StoredDocument

DRAFT_PREFIX = "du:"
LIST_PREFIX = "dd:"
PAGE_SIZE = 8
_DRAFT = re.compile(r"du:([0-9a-f]{12}):([a-z])")
_LIST = re.compile(r"dd:([0-9a-z]{1,13}):([a-z]):(D\d{1,6})?:(\d{1,6})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class DraftAction(StrEnum):
    """What a button under a draft does."""

    TITLE = "t"
    SOURCE = "s"
    PUBLISHED = "d"
    KEEP = "k"
    DROP = "x"
    BACK = "b"


class ListAction(StrEnum):
    """What a button of the list or of a document does."""

    PAGE = "l"
    VIEW = "v"
    REPLACE = "p"
    RETIRE = "r"
    RESTORE = "u"
    DOWNLOAD = "g"


@dataclass(frozen=True, slots=True)
class DraftPress:
    """A button under a draft was pressed."""

    token: str
    action: DraftAction


@dataclass(frozen=True, slots=True)
class ListPress:
    """A button of the list was pressed; `document_id` is "" for a page of the list."""

    owner: int
    action: ListAction
    document_id: str
    page: int


def draft_press(data: str) -> DraftPress | None:
    """Read the callback data of a draft's button; None when it is none of ours."""
    match = _DRAFT.fullmatch(data)
    if match is None or match.group(2) not in set(DraftAction):
        return None
    return DraftPress(match.group(1), DraftAction(match.group(2)))


def list_press(data: str) -> ListPress | None:
    """Read the callback data of a list's button; None when it is none of ours."""
    match = _LIST.fullmatch(data)
    if match is None or match.group(2) not in set(ListAction):
        return None
    owner, action, document_id, page = match.groups()
    if (document_id is None) != (action == ListAction.PAGE):
        return None
    return ListPress(int(owner, 36), ListAction(action), document_id or "", int(page))


def draft_keyboard(token: str) -> InlineKeyboardMarkup:
    """Return the buttons under a draft."""
    return InlineKeyboardMarkup(
        [
            [
                _draft_button(texts.BUTTON_TITLE, token, DraftAction.TITLE),
                _draft_button(texts.BUTTON_SOURCE, token, DraftAction.SOURCE),
                _draft_button(texts.BUTTON_PUBLISHED, token, DraftAction.PUBLISHED),
            ],
            [
                _draft_button(texts.BUTTON_KEEP, token, DraftAction.KEEP),
                _draft_button(texts.BUTTON_DROP, token, DraftAction.DROP),
            ],
        ]
    )


def back_keyboard(token: str) -> InlineKeyboardMarkup:
    """Return the button that takes a question about a detail back."""
    return InlineKeyboardMarkup([[_draft_button(texts.BUTTON_BACK, token, DraftAction.BACK)]])


def list_keyboard(
    documents: Sequence[StoredDocument], page: int, pages: int, owner: int
) -> InlineKeyboardMarkup:
    """Return a button a document of the page, and those that turn the page (counted from 1)."""
    rows = [
        [
            _list_button(
                _label(document), owner, ListAction.VIEW, page, document_id=document.document_id
            )
        ]
        for document in documents
    ]
    turning = []
    if page > 1:
        turning.append(_list_button(texts.BUTTON_PREVIOUS, owner, ListAction.PAGE, page - 1))
    if page < pages:
        turning.append(_list_button(texts.BUTTON_NEXT, owner, ListAction.PAGE, page + 1))
    return InlineKeyboardMarkup([*rows, turning] if turning else rows)


def document_keyboard(document: StoredDocument, page: int, owner: int) -> InlineKeyboardMarkup:
    """Return the buttons under a document; `page` is the one that it was opened from."""
    name = document.document_id
    change = (
        [(texts.BUTTON_REPLACE, ListAction.REPLACE), (texts.BUTTON_RETIRE, ListAction.RETIRE)]
        if document.is_active
        else [(texts.BUTTON_RESTORE, ListAction.RESTORE)]
    )
    return InlineKeyboardMarkup(
        [
            [
                _list_button(label, owner, action, page, document_id=name)
                for label, action in change
            ],
            [
                _list_button(
                    texts.BUTTON_DOWNLOAD, owner, ListAction.DOWNLOAD, page, document_id=name
                ),
                _list_button(texts.BUTTON_LIST, owner, ListAction.PAGE, page),
            ],
        ]
    )


def _draft_button(label: str, token: str, action: DraftAction) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"{DRAFT_PREFIX}{token}:{action}")


def _list_button(
    label: str, owner: int, action: ListAction, page: int, *, document_id: str = ""
) -> InlineKeyboardButton:
    data = f"{LIST_PREFIX}{_base36(owner)}:{action}:{document_id}:{page}"
    return InlineKeyboardButton(label, callback_data=data)


def _label(document: StoredDocument) -> str:
    mark = "" if document.is_active else f"{texts.RETIRED_MARK} "
    label = f"{mark}{document.document_id} · {document.details.title}"
    return label if len(label) <= BUTTON_CHARACTERS else label[: BUTTON_CHARACTERS - 1] + "…"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
