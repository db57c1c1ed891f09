"""Uploads that wait for their editor's decision, kept on disk so that a restart loses none."""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from pydantic import TypeAdapter

from bot.errors import DraftError
from embeddings.errors import system_reason
from knowledge.articles.reading import DocumentFormat, kept_reading
from knowledge.documents.details import (  # noqa: TC001 -- pydantic reads them
    DetailField,
    DocumentDetails,
)
from knowledge.documents.store import NewDocument
from knowledge.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Container

    from knowledge.articles.reading import Reading

UPLOADS_FOLDER = Path("documents", "pending")
"""Below DATA_DIR: a folder for each upload, named by its token."""
ORIGINAL_FILE, READING_FILE = "original", "reading.json"
DRAFT_AGE = dt.timedelta(hours=24)
ANSWER_AGE = dt.timedelta(minutes=15)
REPLACEMENT_AGE = dt.timedelta(hours=1)
MAX_DRAFTS = 20
"""Drafts of one person: 400 MB at most."""
_TOKEN = re.compile(r"[0-9a-f]{12}")
_EXPECTED = "expected.json"
_EDITS = "edits.json"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """An upload that waits; it belongs to one person in one chat.

    `report` is what was found in the document, as HTML of `report_units` units. `awaited` is the
    detail that the person was asked for at `awaited_at`; times are UTC in ISO 8601. `ends` are the
    ids of documents in use that have no force any more as it says, `offered` the details of the one
    that it replaces which people had typed, `format` and `origin`, the message
    that brought it, None in drafts of earlier releases.
    """

    token: str
    chat_id: int
    user_id: int
    name: str
    details: DocumentDetails
    report: str
    report_units: int
    created_at: str
    replaces: str | None = None
    awaited: DetailField | None = None
    awaited_at: str = ""
    message_id: int | None = None
    ends: tuple[str, ...] = ()
    offered: dict[DetailField, str] = field(default_factory=dict)
    format: DocumentFormat | None = None
    origin: str | None = None

    def awaits(self, now: dt.datetime) -> bool:
        """Tell whether the next text of its person is the answer to a question."""
        return self.awaited is not None and now - _time(self.awaited_at) < ANSWER_AGE

    def is_over(self, now: dt.datetime) -> bool:
        """Tell whether the draft is older than a day."""
        return now - _time(self.created_at) >= DRAFT_AGE


@dataclass(frozen=True, slots=True)
class AskedEdit:
    """A detail of a stored document that its editor was asked for at `at` (UTC in ISO 8601).

    `page` is that of the list from which the document was opened.
    """

    document_id: str
    field: DetailField
    page: int
    at: str


DRAFT = TypeAdapter(Draft)
"""Reads and writes drafts as JSON."""
_ASKED_EDITS = TypeAdapter(dict[str, AskedEdit])


class PendingUploads:
    """`DATA_DIR/documents/pending/<token>`: `original`, `reading.json` and `draft.json`.

    The first two are written by who reads the upload.

    `load` must be called once before the rest. Raises StorageError when the disk fails.
    """

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / UPLOADS_FOLDER
        self._drafts: dict[str, Draft] = {}
        self._expected: dict[str, tuple[str, str]] = {}
        self._edits: dict[str, AskedEdit] = {}

    def load(self, now: dt.datetime, queued: Container[str] = ()) -> None:
        """Read the drafts of earlier runs and delete those that are over or broken.

        What is `queued` is no draft yet, or was not shown yet.
        """
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            for folder in self._root.iterdir():
                if not folder.is_dir():
                    continue
                draft = _read_draft(folder)
                if folder.name in queued:
                    if draft is not None:
                        self._drafts[draft.token] = draft
                elif draft is None or draft.is_over(now):
                    _log.info("draft_deleted", token=folder.name, broken=draft is None)
                    shutil.rmtree(folder, ignore_errors=True)
                else:
                    self._drafts[draft.token] = draft
            self._expected = self._read_expected()
            self._edits = self._read_edits()
        except OSError as error:
            raise self._failed(error) from error

    def count(self, user_id: int, now: dt.datetime) -> int:
        """Return how many drafts a person has; those that are over are deleted first."""
        for draft in list(self._drafts.values()):
            if draft.is_over(now):
                self.drop(draft.token)
        return sum(draft.user_id == user_id for draft in self._drafts.values())

    def find(self, token: str) -> Draft | None:
        """Return a draft, however old; None if there is none."""
        return self._drafts.get(token)

    def of_message(self, origin: str) -> Draft | None:
        """Return the draft that a message brought; None if there is none."""
        return next((draft for draft in self._drafts.values() if draft.origin == origin), None)

    def of(self, user_id: int) -> list[Draft]:
        """Return a person's drafts, those that are over too."""
        return [draft for draft in self._drafts.values() if draft.user_id == user_id]

    def get(self, token: str, now: dt.datetime) -> Draft:
        """Return a draft; raises DraftError when it is gone."""
        draft = self._drafts.get(token)
        if draft is None or draft.is_over(now):
            raise DraftError
        return draft

    def update(self, draft: Draft) -> Draft:
        """Keep a changed draft and return it."""
        self._write(self._root / draft.token / "draft.json", DRAFT.dump_json(draft))
        self._drafts[draft.token] = draft
        return draft

    def awaiting(self, chat_id: int, user_id: int, now: dt.datetime) -> Draft | None:
        """Return the draft for which a text of this person in this chat is an answer."""
        owner = (chat_id, user_id)
        asked = [
            draft
            for draft in self._drafts.values()
            if (draft.chat_id, draft.user_id) == owner and draft.awaits(now)
        ]
        return max(asked, key=lambda draft: draft.awaited_at, default=None)

    def take(self, token: str, now: dt.datetime) -> Draft:
        """Return a draft and let nobody else have it; raises DraftError when it is gone.

        Two presses of one button arrive at once: only the first gets the draft. `update` puts it
        back, `drop` deletes its files.
        """
        draft = self.get(token, now)
        if self._drafts.pop(token, None) is None:
            raise DraftError
        return draft

    def content(self, draft: Draft) -> NewDocument:
        """Return what is to be stored of a draft; raises ArticleError if it is broken."""
        folder = self._root / draft.token
        try:
            data = folder.joinpath(ORIGINAL_FILE).read_bytes()
            reading = folder.joinpath(READING_FILE).read_bytes()
        except OSError as error:
            raise self._failed(error) from error
        format_ = draft.format or self.reading(draft).format
        return NewDocument(data, draft.name, format_, reading, draft.details)

    def reading(self, draft: Draft) -> Reading:
        """Return what was read of an upload; raises ArticleError if it is broken."""
        return kept_reading(self._root / draft.token / READING_FILE)

    def drop(self, token: str) -> None:
        """Forget an upload and delete its files."""
        self._drafts.pop(token, None)
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self._root / token, ignore_errors=True)

    def expect_replacement(
        self, chat_id: int, user_id: int, document_id: str, now: dt.datetime
    ) -> None:
        """Remember that the next file of this person replaces `document_id`."""
        self._expected[_owner(chat_id, user_id)] = (document_id, now.isoformat())
        self.keep_expected()

    def replacement_expected(self, chat_id: int, user_id: int, now: dt.datetime) -> str | None:
        """Return, once, the document that this person's file is to replace.

        That it was asked for is kept by `keep_expected`, after the file's upload is.
        """
        document_id, since = self._expected.pop(_owner(chat_id, user_id), (None, ""))
        return document_id if document_id and now - _time(since) < REPLACEMENT_AGE else None

    def keep_expected(self) -> None:
        """Write down which replacements are still expected."""
        self._write(self._root / _EXPECTED, json.dumps(self._expected).encode())

    def ask_edit(self, chat_id: int, user_id: int, edit: AskedEdit) -> None:
        """Remember that the next text of this person is a detail of a stored document."""
        for draft in self.of(user_id):
            if draft.chat_id == chat_id and draft.awaited is not None:
                self.update(replace(draft, awaited=None))
        self._edits[_owner(chat_id, user_id)] = edit
        self._write_edits()

    def asked_edit(self, chat_id: int, user_id: int, now: dt.datetime) -> AskedEdit | None:
        """Return the detail of a stored document that a text of this person is, if it is one."""
        edit = self._edits.get(_owner(chat_id, user_id))
        return edit if edit is not None and now - _time(edit.at) < ANSWER_AGE else None

    def forget_edit(self, chat_id: int, user_id: int) -> None:
        """Await no detail of a stored document from this person any more."""
        if self._edits.pop(_owner(chat_id, user_id), None) is not None:
            self._write_edits()

    def _write_edits(self) -> None:
        self._write(self._root / _EDITS, _ASKED_EDITS.dump_json(self._edits))

    def _read_edits(self) -> dict[str, AskedEdit]:
        try:
            return _ASKED_EDITS.validate_json(self._root.joinpath(_EDITS).read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError:
            _log.warning("asked_edits_lost", file=_EDITS)
            return {}

    def _read_expected(self) -> dict[str, tuple[str, str]]:
        try:
            kept = json.loads(self._root.joinpath(_EXPECTED).read_text(encoding="utf-8"))
            return {str(owner): (str(what), str(since)) for owner, (what, since) in kept.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, AttributeError):
            _log.warning("expected_replacements_lost", file=_EXPECTED)
            return {}

    def _write(self, place: Path, content: bytes) -> None:
        try:
            new = place.with_name(f"{place.name}.new")
            new.write_bytes(content)
            new.replace(place)
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> StorageError:
        return StorageError(
            f"Không đọc ghi được '{self._root}' ({system_reason(error)}). Hãy kiểm tra quyền ghi "
            "và dung lượng đĩa."
        )


def is_token(name: str) -> bool:
    """Tell whether `name` may be that of a draft."""
    return _TOKEN.fullmatch(name) is not None


def new_token() -> str:
    """Return a name for a draft that can't be guessed."""
    return secrets.token_hex(6)


def _owner(chat_id: int, user_id: int) -> str:
    return f"{chat_id}:{user_id}"


def _time(written: str) -> dt.datetime:
    return dt.datetime.fromisoformat(written)


def _read_draft(folder: Path) -> Draft | None:
    """Return the draft in `folder`, or None when a crash left it unfinished."""
    try:
        draft = DRAFT.validate_json(folder.joinpath("draft.json").read_bytes())
        _time(draft.created_at)
    except (FileNotFoundError, ValueError):
        return None
    return draft if draft.token == folder.name else None
