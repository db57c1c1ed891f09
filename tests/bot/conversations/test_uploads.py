"""Files sent to the whole bot over HTTP: the queue, a stop and a start, a process that is ended."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.features.documents import texts
from bot.features.documents.pending_uploads import MAX_DRAFTS, Draft
from bot.features.documents.queued_uploads import QueuedUploads, Upload
from bot.features.documents.reading_queue import READINGS_AT_ONCE
from bot.features.documents.upload_reader import UploadReader
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, SeenMessage
from bot.settings import Settings
from tests.bot.conftest import TOKEN
from tests.bot.conversations.conftest import ADMIN, Serve
from tests.bot.conversations.test_process import running_bot
from tests.bot.conversations.test_questions import answer

NOTE = "# Bãi xe\n\nBãi xe mở cửa lúc sáu giờ sáng mỗi ngày làm việc.\n".encode()
STOP_SECONDS = 5


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """What readings wait for before they begin."""
    opened, read = asyncio.Event(), UploadReader.read

    async def held(self: UploadReader, upload: Upload, compare: Callable[[], None]) -> Draft:
        await opened.wait()
        return await read(self, upload, compare)

    monkeypatch.setattr(UploadReader, "read", held)
    return opened


async def told(person: Persona, count: int) -> list[SeenMessage]:
    return [await person.receives() for _ in range(count)]


async def became_card(person: Persona, status: SeenMessage) -> SeenMessage:
    return await person.sees_change(status, where=lambda m: texts.BUTTON_KEEP in m.buttons)


async def test_files_wait_in_a_queue_while_others_are_answered(
    sandbox: Sandbox, settings: Settings, serve: Serve, gate: asyncio.Event
) -> None:
    admin, staff = sandbox.persona("admin"), sandbox.persona("staff")
    async with serve(settings):
        for number in range(MAX_DRAFTS + 4):
            await admin.sends_files((f"{number}.md", NOTE))
        replies = await told(admin, MAX_DRAFTS + 4)
        received = [reply for reply in replies if reply.text.startswith("Đã nhận")]
        refused = [reply for reply in replies if f"đang có {MAX_DRAFTS} tệp" in reply.text]
        assert (len(received), len(refused)) == (MAX_DRAFTS, 4)
        assert f"còn {MAX_DRAFTS - 1} tệp" in max(received, key=_ahead).text
        assert "28/8" in (await answer(staff, "ngay truyen thong vp la ngay nao")).text
        for message in sorted(received, key=_ahead)[1:]:
            assert (await message.press(texts.BUTTON_CANCEL)).answered
        gate.set()
        await became_card(admin, min(received, key=_ahead))


def _ahead(message: SeenMessage) -> int:
    """How many files are read before one, as its message tells."""
    words = message.text.split()
    return int(words[words.index("còn") + 1]) if "còn" in words else 0


async def test_what_a_stop_cuts_off_is_read_after_the_next_start(
    sandbox: Sandbox, settings: Settings, serve: Serve, gate: asyncio.Event
) -> None:
    admin = sandbox.persona("admin")
    async with AsyncExitStack() as bot:
        await bot.enter_async_context(serve(settings))
        for number in range(READINGS_AT_ONCE + 1):
            await admin.sends_files((f"{number}.md", NOTE))
        received = await told(admin, READINGS_AT_ONCE + 1)
        async with asyncio.timeout(STOP_SECONDS):
            await bot.aclose()
    gate.set()
    async with serve(settings):
        for message in received:
            await became_card(admin, message)


async def test_a_stop_in_the_middle_of_a_long_document_takes_less_than_five_seconds(
    indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_IDS", str(ADMIN))
    line = "Văn phòng tham mưu tổ chức thực hiện nhiệm vụ được giao trong lĩnh vực này.\n\n"
    async with Sandbox(token=TOKEN) as sandbox, running_bot(indexed, sandbox.api_url) as process:
        admin = sandbox.persona("admin")
        assert process.stderr is not None
        while b"bot_started" not in await process.stderr.readline():
            pass
        await admin.sends_files(("dài.txt", line.encode() * 30_000))
        status = await admin.receives()
        assert "Đã nhận" in status.text
        await admin.sees_change(status)  # it is downloaded, or read already
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOP_SECONDS):
            assert await process.wait() == 0
    uploads = QueuedUploads(indexed)
    uploads.load()
    assert [upload.name for upload in uploads] == ["dài.txt"]
