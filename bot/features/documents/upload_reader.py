"""The bot's side of the process that reads an upload: begun, listened to, and ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import structlog

from bot.features.documents.inspection_process import ORDER
from bot.features.documents.pending_uploads import DRAFT
from bot.features.documents.upload_inspection import InspectionOrder
from knowledge.documents.fenced_reading import bare_environment
from knowledge.errors import ArticleError, KnowledgeError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from bot.features.documents.pending_uploads import Draft
    from bot.features.documents.queued_uploads import Upload

READING_SECONDS = 30 * 60
"""For one upload: what the fence allows for reading a scan, and as much for comparing it."""
_ENDING_SECONDS = 1.0
_ANSWER_BYTES = 1 << 20

_log = structlog.get_logger(__name__)


class UploadReader:
    """Makes drafts of uploads; `data_dir` and `articles_dir` hold what they are compared with."""

    def __init__(self, data_dir: Path, articles_dir: Path, now: Callable[[], dt.datetime]) -> None:
        self._data_dir = data_dir.absolute()
        self._articles_dir = articles_dir.absolute()
        self._now = now

    async def read(self, upload: Upload, compare: Callable[[], None]) -> Draft:
        """Return the draft, not kept yet, of an upload whose original was downloaded.

        `compare` is called when it is read and now compared. Cancelling ends the reading. Raises
        ArticleError when the file can't be read, else KnowledgeError.
        """
        now = self._now().isoformat()
        order = InspectionOrder(upload, self._data_dir, self._articles_dir, now)
        try:
            async with asyncio.timeout(READING_SECONDS):
                return _draft(await _inspected(order, compare))
        except TimeoutError as error:
            raise ArticleError(
                f"đọc quá {READING_SECONDS // 60} phút mà chưa xong nên tôi dừng; hãy chia nhỏ tài "
                "liệu"
            ) from error


async def _inspected(order: InspectionOrder, compare: Callable[[], None]) -> dict[str, Any]:
    """Return the last that the process says."""
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.features.documents.inspection_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_ANSWER_BYTES,
            cwd=order.folder,
            env=bare_environment(),
            start_new_session=True,
        )
    except OSError as error:
        raise ArticleError(
            "không mở được tiến trình đọc tài liệu; hãy thử lại, nếu vẫn lỗi thì báo quản trị"
        ) from error
    said: dict[str, Any] = {}
    try:
        if process.stdin is None or process.stdout is None:
            raise TypeError("the process was started with pipes")
        with contextlib.suppress(ConnectionError):  # it is gone: it will have said nothing
            process.stdin.write(f"{os.getpid()}\n".encode() + ORDER.dump_json(order))
            await process.stdin.drain()
        process.stdin.close()
        async for line in process.stdout:
            said = json.loads(line)
            if "stage" in said:
                compare()
        await process.wait()
    finally:
        await _end(process)
    return said


def _draft(said: dict[str, Any]) -> Draft:
    if "unreadable" in said:
        raise ArticleError(said["unreadable"])
    if "impossible" in said:
        raise KnowledgeError(said["impossible"])
    if "draft" in said:
        return DRAFT.validate_python(said["draft"])
    _log.error("upload_inspection_broke", where=said.get("broken"))
    raise ArticleError("việc đọc dừng đột ngột; hãy gửi lại tệp, nếu vẫn lỗi thì báo quản trị")


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the process, which ends its reader; by force where it does not heed."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_ENDING_SECONDS):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
