"""The queue of uploads: two are read at a time, and each sender sees how far theirs are.

An upload that is kept in `QueuedUploads` is read, sooner or later, and its sender is told: what the
end of the program cuts off is taken up again at the next start.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections import Counter
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.features.documents import texts
from bot.features.documents.buttons import draft_keyboard, upload_keyboard
from bot.features.documents.messages import draft_card
from bot.features.documents.pending_uploads import MAX_DRAFTS, ORIGINAL_FILE
from bot.limits import DOWNLOAD_BYTES
from bot.telegram.formatting import escape
from bot.telegram.sending import edit_message_of
from knowledge.documents.durable_file import write_durably, writing_below
from knowledge.errors import ArticleError, KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from telegram import InlineKeyboardMarkup
    from telegram.ext import ExtBot

    from bot.features.documents.pending_uploads import Draft, PendingUploads
    from bot.features.documents.queued_uploads import QueuedUploads, Upload
    from bot.office_time import Clock

    class Reader(Protocol):
        """What makes drafts of uploads."""

        async def read(self, upload: Upload, compare: Callable[[], None]) -> Draft:
            """Return the draft of an upload; see `UploadReader`."""
            ...


READINGS_AT_ONCE = 2
"""Each may take a gigabyte of memory; their processes have a low priority."""
MAX_QUEUED = 60
"""Uploads that wait, of all people together: what two readers can do in a quarter of an hour."""
_MAX_ATTEMPTS = 5
_DOWNLOAD_PAUSES = (dt.timedelta(seconds=2), dt.timedelta(seconds=10))
_EDIT_PAUSE = dt.timedelta(seconds=1.5)
_TELLING_PAUSE = dt.timedelta(seconds=5)
_LONGEST_TELLING_PAUSE = dt.timedelta(minutes=5)

_log = structlog.get_logger(__name__)


class ReadingQueue:
    """Reads what was sent, in turns by person, and shows the drafts.

    Both stores must be loaded; it reads between `start` and `close`.
    """

    def __init__(
        self, uploads: QueuedUploads, pending: PendingUploads, reader: Reader, clock: Clock
    ) -> None:
        self._uploads = uploads
        self._pending = pending
        self._reader = reader
        self._clock = clock
        self._bot: ExtBot[Any] | None = None
        self._waiting: list[Upload] = []
        self._reading: dict[Upload, asyncio.Task[None]] = {}
        self._telling: dict[str, asyncio.Task[None]] = {}
        self._announced: set[str] = set()
        self._places_shown: dict[str, int] = {}
        self._showing: dict[str, asyncio.Task[None]] = {}
        self._shown_at: dict[str, dt.datetime] = {}
        self._empty = asyncio.Event()
        self._empty.set()

    def start(self, bot: ExtBot[Any]) -> None:
        """Begin, in the running event loop, with what earlier runs left."""
        self._bot = bot
        self._waiting = list(self._uploads)
        self._announced = {upload.token for upload in self._waiting}
        self._empty.clear()
        self._note_if_empty()
        self._advance()

    def stop(self) -> None:
        """Begin nothing any more and give up what is under way; it stays in the queue."""
        self._bot = None
        for task in self._tasks():
            task.cancel()

    async def close(self) -> None:
        """Stop, and wait until that is done."""
        self.stop()
        while tasks := self._tasks():
            await asyncio.wait(tasks)
            await asyncio.sleep(0)  # for what they call when they are done

    async def join(self) -> None:
        """Wait until nothing is left to be read or told."""
        await self._empty.wait()

    def places_of(self, user_id: int) -> int:
        """Return how many drafts a person has or will have."""
        drafts = self._pending.count(user_id, self._clock.now())
        return drafts + len(self.unread(user_id))

    def has_room_for(self, user_id: int) -> bool:
        """Tell whether a person may have one more draft."""
        return self.places_of(user_id) < MAX_DRAFTS

    @property
    def is_full(self) -> bool:
        """Whether nobody can put anything in."""
        return len(self._uploads) >= MAX_QUEUED

    def knows(self, origin: str) -> bool:
        """Tell whether the file that a message brought is in the queue or a draft."""
        stores = (self._uploads, self._pending)
        return any(store.of_message(origin) is not None for store in stores)

    def unread(self, user_id: int) -> list[Upload]:
        """Return a person's uploads that are no drafts yet."""
        queued = self._uploads.of(user_id)
        return [upload for upload in queued if self._pending.find(upload.token) is None]

    async def add(self, upload: Upload) -> None:
        """Take a place and keep it on disk; it is read once `begin` is called.

        Raises StorageError when it can't be kept.
        """
        self._uploads.reserve(upload)
        self._empty.clear()
        try:
            await asyncio.to_thread(self._uploads.keep, upload)
        except BaseException:
            self._note_if_empty()
            raise
        self._waiting.append(upload)

    async def begin(self, upload: Upload) -> None:
        """Let an upload be read when it is its turn, now that its sender was told (`status_id`).

        Where there is no room to write that down, it is read all the same.
        """
        try:
            await asyncio.to_thread(self._uploads.keep, upload)
        except KnowledgeError as error:
            _log.warning("upload_status_not_kept", reason=str(error))
        self._waiting = [upload if w.token == upload.token else w for w in self._waiting]
        self._announced.add(upload.token)
        self._advance()

    def status(self, upload: Upload) -> str:
        """Return (HTML) what its sender is told of an upload that waits or is about to be read."""
        ahead = self._ahead(upload)
        self._places_shown[upload.token] = ahead
        self._shown_at[upload.token] = self._clock.now()
        head = texts.RECEIVED_REPLACEMENT if upload.replaces else texts.RECEIVED
        name = escape(upload.name)
        received = head.format(name=name, document=escape(upload.replaces or ""))
        if ahead < READINGS_AT_ONCE:
            return f"{received} {texts.TURN_NOW}"
        return f"{received} {texts.AHEAD.format(count=ahead)}"

    async def cancel(self, token: str, user_id: int) -> Upload | None:
        """End the reading of somebody's upload and forget it; None where it isn't read any more."""
        upload = self._uploads.get(token)
        if upload is None or upload.user_id != user_id or token in self._telling:
            return None
        if (task := self._task_of(token)) is not None:
            task.cancel()
            await asyncio.wait([task])
            if token in self._telling:  # it was just done
                return None
        self._waiting = [each for each in self._waiting if each.token != token]
        await self._forget(upload, with_files=True)
        self._show_places()
        return upload

    async def forget(self, user_id: int) -> None:
        """End and forget what a person sent."""
        for upload in self._uploads.of(user_id):
            await self.cancel(upload.token, user_id)

    # --- what runs beside the handlers

    def _advance(self) -> None:
        """Begin reading what there is room for, and tell the others that they moved up."""
        while self._bot is not None and len(self._reading) < READINGS_AT_ONCE:
            ready = (each for each in self._in_turns() if each.token in self._announced)
            if (upload := next(ready, None)) is None:
                break
            self._waiting.remove(upload)
            self._reading[upload] = task = asyncio.create_task(self._read(upload, self._bot))
            task.add_done_callback(partial(self._ended, upload))
        self._show_places()

    def _ended(self, upload: Upload, _task: asyncio.Task[None]) -> None:
        del self._reading[upload]
        self._note_if_empty()
        self._advance()

    def _in_turns(self) -> list[Upload]:
        """Return those that wait in the order of their turns: everybody's first, then the seconds.

        So nobody waits for the whole of what somebody else sent.
        """
        taken = Counter(upload.user_id for upload in self._reading)
        turns: list[tuple[int, int]] = []
        for number, upload in enumerate(self._waiting):
            turns.append((taken[upload.user_id], number))
            taken[upload.user_id] += 1
        return [self._waiting[number] for _, number in sorted(turns)]

    def _ahead(self, upload: Upload) -> int:
        """Return how many are read before one that waits; 0 for others."""
        tokens = [each.token for each in self._in_turns()]
        return len(self._reading) + tokens.index(upload.token) if upload.token in tokens else 0

    def _show_places(self) -> None:
        """Tell those who wait that they moved up; the further back, the less often."""
        for number, upload in enumerate(self._in_turns()):
            ahead = len(self._reading) + number
            shown = self._places_shown.get(upload.token)
            if upload.token in self._announced and (shown is None or ahead <= shown // 2):
                self._show(upload, self.status(upload))

    def _show_stage(self, upload: Upload, text: str) -> None:
        """Show what is done with an upload, unless that comes in quick succession."""
        last = self._shown_at.get(upload.token)
        if last is None or self._clock.now() - last >= _EDIT_PAUSE:
            self._show(upload, text.format(name=escape(upload.name)))

    def _show(self, upload: Upload, text: str) -> None:
        """Show how far an upload is, in the background, after what was shown before."""
        self._shown_at[upload.token] = self._clock.now()
        if self._bot is None or upload.status_id is None:
            return
        before = self._showing.get(upload.token)
        task = asyncio.create_task(self._edit(self._bot, upload, text, before))
        self._showing[upload.token] = task

    async def _is_shown(self, upload: Upload) -> None:
        """Wait until nothing is under way that would overwrite what comes next."""
        if (task := self._showing.pop(upload.token, None)) is not None:
            await asyncio.wait([task])

    async def _edit(
        self, bot: ExtBot[Any], upload: Upload, text: str, before: asyncio.Task[None] | None
    ) -> None:
        """Write into the message that tells of an upload; a failure is only logged."""
        if before is not None:
            await asyncio.wait([before])
        try:
            await bot.edit_message_text(
                text,
                upload.chat_id,
                upload.status_id,
                reply_markup=upload_keyboard(upload),
                rate_limit_args=0,  # what comes next says more
            )
        except TelegramError as error:
            _log.info("upload_status_not_shown", reason=type(error).__name__)

    async def _read(self, upload: Upload, bot: ExtBot[Any]) -> None:
        shown = {"name": escape(upload.name)}
        try:
            draft = await self._draft_of(upload, bot)
        except asyncio.CancelledError:
            with suppress(KnowledgeError):  # the attempts as they were: this one was called off
                self._uploads.keep(upload)
            raise
        except ArticleError as error:
            text = texts.NOT_READ.format(**shown, reason=escape(error))
        except KnowledgeError as error:
            text = escape(error)
        except TelegramError as error:
            _log.warning("document_not_downloaded", reason=error.message)
            text = texts.NOT_DOWNLOADED.format(**shown, reason=escape(error.message))
        except Exception:  # noqa: BLE001 -- logged in full; the others are to be read
            _log.exception("upload_broke")
            text = texts.NOT_READ.format(**shown, reason=texts.BROKE)
        else:
            self._tell(upload, bot, draft)
            return
        self._tell(upload, bot, text)

    async def _draft_of(self, upload: Upload, bot: ExtBot[Any]) -> Draft:
        """Read an upload, in as far as an earlier run has not; the draft is kept."""
        if (draft := self._pending.find(upload.token)) is not None:
            return draft
        if upload.attempts >= _MAX_ATTEMPTS:
            raise ArticleError(texts.TOO_MANY_ATTEMPTS.format(count=upload.attempts))
        begun = dataclasses.replace(upload, attempts=upload.attempts + 1)
        await asyncio.to_thread(self._uploads.keep, begun)
        folder = self._uploads.folder(upload)
        original = folder / ORIGINAL_FILE
        if not await asyncio.to_thread(original.is_file):
            self._show_stage(upload, texts.DOWNLOADING)
            data = await self._downloaded(upload, bot)
            with writing_below(folder):
                await asyncio.to_thread(write_durably, original, data)
        self._show_stage(upload, texts.READING)
        draft = await self._reader.read(upload, lambda: self._show_stage(upload, texts.COMPARING))
        return self._pending.update(draft)  # not in a thread: nothing may come between

    async def _downloaded(self, upload: Upload, bot: ExtBot[Any]) -> bytes:
        """Return a file's bytes; raises TelegramError, ArticleError when it is larger than said."""
        for pause in (*_DOWNLOAD_PAUSES, None):
            try:
                file = await bot.get_file(upload.file_id)
                if (size := file.file_size or 0) > DOWNLOAD_BYTES:
                    limit = DOWNLOAD_BYTES // 2**20
                    raise ArticleError(texts.TOO_LARGE.format(size=size / 2**20, limit=limit))
                return bytes(await file.download_as_bytearray())
            except NetworkError as error:
                if pause is None or isinstance(error, BadRequest):
                    raise
                _log.info("download_tried_again", reason=type(error).__name__)
                await self._clock.until(self._clock.now() + pause)
        raise AssertionError("the last try returns or raises")

    def _tell(self, upload: Upload, bot: ExtBot[Any], outcome: Draft | str) -> None:
        task = asyncio.create_task(self._told(upload, bot, outcome))
        self._telling[upload.token] = task
        task.add_done_callback(lambda _: self._telling.pop(upload.token))
        task.add_done_callback(lambda _: self._note_if_empty())

    async def _told(self, upload: Upload, bot: ExtBot[Any], outcome: Draft | str) -> None:
        """Show the draft, or why there is none, as soon as Telegram takes it; then forget it."""
        if isinstance(outcome, str):
            text, keyboard = outcome, None
        else:
            text, keyboard = draft_card(outcome), draft_keyboard(outcome)
        pause = _TELLING_PAUSE
        await self._is_shown(upload)
        while True:
            try:
                message_id = await _written(bot, upload, text, keyboard)
                break
            except Forbidden as error:  # they want to hear nothing of the bot any more
                _log.info("upload_not_told", reason=error.message)
                message_id = None
                break
            except BadRequest as error:
                _log.error("upload_not_told", reason=error.message)
                message_id = None
                break
            except TelegramError as error:
                _log.info("upload_told_later", reason=type(error).__name__)
                await self._clock.until(self._clock.now() + pause)
                pause = min(2 * pause, _LONGEST_TELLING_PAUSE)
        draft = self._pending.find(upload.token)
        if draft is not None and message_id is not None:
            shown = dataclasses.replace(draft, message_id=message_id)
            self._pending.update(shown)
        await self._forget(upload, with_files=isinstance(outcome, str))

    async def _forget(self, upload: Upload, *, with_files: bool) -> None:
        await self._is_shown(upload)
        await asyncio.to_thread(self._uploads.remove, upload, with_files=with_files)
        self._announced.discard(upload.token)
        for shown in (self._places_shown, self._shown_at):
            shown.pop(upload.token, None)
        self._note_if_empty()

    def _tasks(self) -> list[asyncio.Task[None]]:
        """Return what is under way."""
        every = (*self._reading.values(), *self._telling.values(), *self._showing.values())
        return [task for task in every if not task.done()]

    def _task_of(self, token: str) -> asyncio.Task[None] | None:
        return next((task for each, task in self._reading.items() if each.token == token), None)

    def _note_if_empty(self) -> None:
        if not (len(self._uploads) or self._reading or self._telling):
            self._empty.set()


async def _written(
    bot: ExtBot[Any], upload: Upload, text: str, keyboard: InlineKeyboardMarkup | None
) -> int:
    """Write into the message that told of an upload, or into a new one where that is gone."""
    if upload.status_id is not None:
        try:
            await edit_message_of(bot, upload.chat_id, upload.status_id, text, keyboard)
        except BadRequest as error:
            _log.info("upload_status_gone", reason=error.message)
        else:
            return upload.status_id
    sent = await bot.send_message(upload.chat_id, text, reply_markup=keyboard)
    return sent.message_id
