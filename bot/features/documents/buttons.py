"""The buttons of drafts and of the list of documents."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.documents import texts
from bot.telegram.callbacks import Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.documents.stored_document import StoredDocument

PAGE_SIZE = 8


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


class DraftPress(Press, kind="du"):
    """A button under a draft."""

    token: str
    action: DraftAction


class ListPress(Press, kind="dd"):
    """A button of the list or of a document; for a page of the list, `document_id` is empty.

    Pages count from 1.
    """

    owner: int
    action: ListAction
    document_id: str
    page: int

    def __post_init__(self) -> None:
        """Raise ValueError where a document is missing or too many."""
        if (self.document_id == "") != (self.action is ListAction.PAGE):
            raise ValueError(f"a page must have no document, all else must have one, got {self!r}")


def draft_keyboard(token: str) -> InlineKeyboardMarkup:
    """Return the buttons under a draft."""
    return InlineKeyboardMarkup(
        [
            [
                DraftPress(token, DraftAction.TITLE).button(texts.BUTTON_TITLE),
                DraftPress(token, DraftAction.SOURCE).button(texts.BUTTON_SOURCE),
                DraftPress(token, DraftAction.PUBLISHED).button(texts.BUTTON_PUBLISHED),
            ],
            [
                DraftPress(token, DraftAction.KEEP).button(texts.BUTTON_KEEP),
                DraftPress(token, DraftAction.DROP).button(texts.BUTTON_DROP),
            ],
        ]
    )


def back_keyboard(token: str) -> InlineKeyboardMarkup:
    """Return the button that takes a question about a detail back."""
    back = DraftPress(token, DraftAction.BACK).button(texts.BUTTON_BACK)
    return InlineKeyboardMarkup.from_button(back)


def list_keyboard(
    documents: Sequence[StoredDocument], page: int, pages: int, owner: int
) -> InlineKeyboardMarkup:
    """Return a button a document of the page, and those that turn the page (counted from 1)."""
    rows = [
        [ListPress(owner, ListAction.VIEW, document.document_id, page).button(_label(document))]
        for document in documents
    ]
    turning = [
        ListPress(owner, ListAction.PAGE, "", number).button(label)
        for label, number in ((texts.BUTTON_PREVIOUS, page - 1), (texts.BUTTON_NEXT, page + 1))
        if 1 <= number <= pages
    ]
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
            [ListPress(owner, action, name, page).button(label) for label, action in change],
            [
                ListPress(owner, ListAction.DOWNLOAD, name, page).button(texts.BUTTON_DOWNLOAD),
                ListPress(owner, ListAction.PAGE, "", page).button(texts.BUTTON_LIST),
            ],
        ]
    )


def _label(document: StoredDocument) -> str:
    mark = "" if document.is_active else f"{texts.RETIRED_MARK} "
    return f"{mark}{document.document_id} · {document.details.title}"
