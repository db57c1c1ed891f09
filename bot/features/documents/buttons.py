"""The buttons of drafts and of the list of documents."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.documents import texts
from bot.telegram.callbacks import PersonalPress, Press
from bot.telegram.paging import PagePress
from knowledge.documents.details import DetailField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.features.documents.pending_uploads import Draft
    from bot.features.documents.queued_uploads import Upload
    from knowledge import Standing
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
    NUMBER = "n"
    ISSUER = "i"
    SIGNER = "g"
    SUMMARY = "y"
    EDIT = "e"
    EDITED = "c"
    CLEAR = "z"
    OFFERED = "o"
    KEEP_AND_RETIRE = "w"


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


class UploadPress(Press, kind="uq"):
    """Cancels the reading of an upload."""

    token: str


class ReadingPress(PagePress, kind="dv"):
    """A page of a whole text; `name` is a document's id or a draft's token.

    `list_page` is that of the list behind a document; `turned` is 1 under the text itself.
    """

    name: str
    list_page: int = 0
    turned: int = 0


class EditAction(StrEnum):
    """What a button for the details of a stored document does."""

    MENU = "m"
    ASK = "a"
    CLEAR = "z"


class EditPress(PersonalPress, kind="de"):
    """A button for the details of a stored document; `page` is that of the list behind it."""

    action: EditAction
    document_id: str
    page: int
    field: DetailField | None = None


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


_DETAIL_BUTTONS = {
    DetailField.TITLE: (DraftAction.TITLE, texts.BUTTON_TITLE),
    DetailField.SOURCE: (DraftAction.SOURCE, texts.BUTTON_SOURCE),
    DetailField.PUBLISHED: (DraftAction.PUBLISHED, texts.BUTTON_PUBLISHED),
    DetailField.NUMBER: (DraftAction.NUMBER, texts.BUTTON_NUMBER),
    DetailField.ISSUER: (DraftAction.ISSUER, texts.BUTTON_ISSUER),
    DetailField.SIGNER: (DraftAction.SIGNER, texts.BUTTON_SIGNER),
    DetailField.SUMMARY: (DraftAction.SUMMARY, texts.BUTTON_SUMMARY),
}
ASKED_FIELDS = {action: field for field, (action, _) in _DETAIL_BUTTONS.items()}
"""The detail that each action asks for."""
_DETAILS_A_ROW = 2


def upload_keyboard(upload: Upload) -> InlineKeyboardMarkup:
    """Return the button under an upload that waits or is read."""
    return InlineKeyboardMarkup([[UploadPress(upload.token).button(texts.BUTTON_CANCEL)]])


def draft_keyboard(draft: Draft) -> InlineKeyboardMarkup:
    """Return the buttons under a draft."""
    rows = [
        [
            DraftPress(draft.token, DraftAction.EDIT).button(texts.BUTTON_EDIT),
            ReadingPress(draft.user_id, 0, draft.token).button(texts.BUTTON_READ),
        ],
        [
            DraftPress(draft.token, DraftAction.KEEP).button(texts.BUTTON_KEEP),
            DraftPress(draft.token, DraftAction.DROP).button(texts.BUTTON_DROP),
        ],
    ]
    if draft.ends:
        label = texts.BUTTON_KEEP_AND_RETIRE.format(documents=", ".join(draft.ends))
        rows.insert(1, [DraftPress(draft.token, DraftAction.KEEP_AND_RETIRE).button(label)])
    return InlineKeyboardMarkup(rows)


def draft_details_keyboard(draft: Draft) -> InlineKeyboardMarkup:
    """Return the buttons for the details of a draft."""
    buttons = [
        DraftPress(draft.token, action).button(label) for action, label in _DETAIL_BUTTONS.values()
    ]
    rows = _in_rows(buttons)
    if draft.offered:
        rows.append([DraftPress(draft.token, DraftAction.OFFERED).button(texts.BUTTON_OFFERED)])
    rows.append([DraftPress(draft.token, DraftAction.EDITED).button(texts.BUTTON_EDITED)])
    return InlineKeyboardMarkup(rows)


def details_keyboard(document_id: str, page: int, owner: int) -> InlineKeyboardMarkup:
    """Return the buttons for the details of a stored document."""
    buttons = [
        EditPress(owner, EditAction.ASK, document_id, page, field).button(label)
        for field, (_, label) in _DETAIL_BUTTONS.items()
    ]
    done = ListPress(owner, ListAction.VIEW, document_id, page).button(texts.BUTTON_EDITED)
    return InlineKeyboardMarkup([*_in_rows(buttons), [done]])


def back_keyboard(token: str, asked: DetailField | None) -> InlineKeyboardMarkup:
    """Return the buttons that leave a detail of a draft as it is or, but for a title, empty."""
    clear = DraftPress(token, DraftAction.CLEAR).button(texts.BUTTON_CLEAR)
    back = DraftPress(token, DraftAction.BACK).button(texts.BUTTON_BACK)
    return InlineKeyboardMarkup([[back] if asked in {None, DetailField.TITLE} else [clear, back]])


def asked_keyboard(
    document_id: str, page: int, owner: int, asked: DetailField
) -> InlineKeyboardMarkup:
    """Return the buttons that leave a detail of a stored document as it is or empty."""
    clear = EditPress(owner, EditAction.CLEAR, document_id, page, asked).button(texts.BUTTON_CLEAR)
    back = EditPress(owner, EditAction.MENU, document_id, page).button(texts.BUTTON_BACK)
    return InlineKeyboardMarkup([[back] if asked is DetailField.TITLE else [clear, back]])


def reading_keyboard(press: ReadingPress, page: int, pages: int) -> InlineKeyboardMarkup | None:
    """Return the buttons that turn the pages of a whole text, and back to a stored document.

    Pages count from 0.
    """
    turning = [
        replace(press, page=number, turned=1).button(label)
        for label, number, is_there in (
            (texts.BUTTON_FIRST, 0, page > 1),
            (texts.BUTTON_PREVIOUS, page - 1, page > 0),
            (texts.BUTTON_NEXT, page + 1, page < pages - 1),
            (texts.BUTTON_LAST, pages - 1, page < pages - 2),
        )
        if is_there
    ]
    rows = [turning] if turning else []
    if press.list_page:
        back = ListPress(press.owner, ListAction.VIEW, press.name, press.list_page)
        rows.append([back.button(f"« {press.name}")])
    return InlineKeyboardMarkup(rows) if rows else None


def _in_rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    starts = range(0, len(buttons), _DETAILS_A_ROW)
    return [list(buttons[start : start + _DETAILS_A_ROW]) for start in starts]


def list_keyboard(
    documents: Sequence[StoredDocument],
    standings: Mapping[str, Standing],
    page: int,
    pages: int,
    owner: int,
) -> InlineKeyboardMarkup:
    """Return a button a document of the page, and those that turn the page (counted from 1)."""
    rows = [
        [
            ListPress(owner, ListAction.VIEW, document.document_id, page).button(
                _label(document, standings.get(document.document_id))
            )
        ]
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
            [
                EditPress(owner, EditAction.MENU, name, page).button(texts.BUTTON_EDIT),
                ReadingPress(owner, 0, name, page).button(texts.BUTTON_READ),
            ],
            [ListPress(owner, action, name, page).button(label) for label, action in change],
            [
                ListPress(owner, ListAction.DOWNLOAD, name, page).button(texts.BUTTON_DOWNLOAD),
                ListPress(owner, ListAction.PAGE, "", page).button(texts.BUTTON_LIST),
            ],
        ]
    )


def _label(document: StoredDocument, standing: Standing | None) -> str:
    mark = texts.STANDING_MARKS.get(standing) if standing is not None else None
    label = f"{document.document_id} · {document.details.title}"
    return f"{mark} {label}" if mark else label
