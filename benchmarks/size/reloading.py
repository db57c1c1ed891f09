"""Reloads one changed article through the whole bot: /reload in a chat of the sandbox."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from benchmarks.size.result import Reloaded
from bot.features.knowledge_versions import texts
from bot.sandbox import Sandbox
from bot.sandbox.persona import NothingReceivedError
from bot.serving import running_bot
from bot.settings import LogLevel, Settings

if TYPE_CHECKING:
    from benchmarks.comparison.place import Place
    from benchmarks.size.office import SizedOffice
    from bot.sandbox.persona import Persona, SeenMessage

_ADMIN = 1003  # the persona `admin`
_ROUNDS = 4
_PATIENCE = 20  # times half a minute without a sign
_BUSY = "🔄"
_NOTICE = "📂"
_IDLE = 0.05  # seconds of a processor, in one second
_QUESTION = "Phòng lưu trữ số {number} mở cửa lúc mấy giờ?"
_SENTENCE = "Phòng lưu trữ số {number} mở cửa lúc {hour} giờ {minute:02d} phút."


@dataclass(frozen=True, slots=True)
class _Taken:
    seconds: float
    cpu: float


def reload(office: SizedOffice, place: Place) -> Reloaded:
    """Run the bot over `office`, and let an admin reload what was changed."""
    return asyncio.run(_reload(office, place))


async def _reload(office: SizedOffice, place: Place) -> Reloaded:
    encoder = place.encoder()
    original = office.changed.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        async with Sandbox() as sandbox:
            settings = Settings(
                telegram_bot_token=SecretStr(sandbox.token),
                telegram_api_url=sandbox.api_url,
                database_url=SecretStr(f"sqlite:///{Path(name) / 'vanphong.db'}"),
                admin_ids=frozenset({_ADMIN}),
                data_dir=office.data_dir,
                articles_dir=office.articles,
                log_level=LogLevel.ERROR,
                _env_file=None,
            )
            try:
                async with running_bot(settings, encoder):
                    admin = sandbox.persona("admin")
                    await admin.starts()
                    await admin.receives()
                    times = [
                        await _change(office, admin, original, number)
                        for number in range(1, _ROUNDS + 1)
                    ]
                    begun = time.perf_counter()
                    await admin.sends("/reload")
                    await _report(admin)
                    unchanged = time.perf_counter() - begun
            finally:
                office.changed.write_text(original, encoding="utf-8")
    first, *later = times
    return Reloaded(
        first.seconds,
        statistics.median(taken.seconds for taken in later),
        statistics.median(taken.cpu for taken in later),
        unchanged,
    )


async def _change(office: SizedOffice, admin: Persona, original: str, number: int) -> _Taken:
    """Change the article; return what it takes from /reload until the bot answers from it."""
    sentence = _SENTENCE.format(number=number, hour=6 + number, minute=10 + number)
    office.changed.write_text(f"{original}\n{sentence}\n", encoding="utf-8")
    await _is_idle()
    begun, cpu = time.perf_counter(), time.process_time()
    await admin.sends("/reload")
    report = await _report(admin)
    if "✅" not in report.text:  # another article reads worse beside it; that is not measured here
        await report.press(texts.USE_BUTTON)
        await admin.receives(where=lambda message: message.text.startswith("✅"))
    await admin.sends(_QUESTION.format(number=number))
    # not the notice of a start that an earlier run left the folder changed
    answer = await admin.receives(where=lambda message: not message.text.startswith(_NOTICE))
    taken = _Taken(time.perf_counter() - begun, time.process_time() - cpu)
    assert f"{6 + number} giờ {10 + number:02d} phút" in answer.text, answer.text
    return taken


async def _is_idle() -> None:
    """Wait until the bot has done what a start or a reload leaves it to do beside answering."""
    while True:
        cpu = time.process_time()
        await asyncio.sleep(1)
        if time.process_time() - cpu < _IDLE:
            return


async def _report(admin: Persona) -> SeenMessage:
    """Return the progress message once it is the report."""
    progress = await admin.receives(where=lambda message: message.text.startswith(_BUSY))
    for _ in range(_PATIENCE):
        try:
            changed = await admin.sees_change(
                progress, where=lambda message: not message.text.startswith(_BUSY)
            )
        except NothingReceivedError:
            continue
        return changed
    raise NothingReceivedError("no report came")
