"""An office for some minutes: the sandbox and its people here, the bot in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import random
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from benchmarks.load.meters import Meters
from benchmarks.load.staff import Admin, Ledger, Pace, Worker, floods
from bot.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.sandbox.persona import Persona

ROOT = Path(__file__).parents[2]
OUR_BOT = "benchmarks.load.bot_process"
_ADMIN = 1003  # the sandbox's
_GREETED_AT_ONCE = 8
_FILLING_PACE = 3.0  # at least, while it warms up: what is remembered of people fills sooner
_ONE_BY_ONE = 40


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people work for how long; nothing is counted of the first `warm_up` seconds.

    Of `paces` each holds for its share of the counted time. `flood` is how many messages a second
    one person more writes, counted time only.
    """

    people: int
    seconds: float
    warm_up: float
    seed: int = 1
    paces: Sequence[float] = (1.0,)
    flood: float = 0.0

    def flooded(self, a_second: float) -> Plan:
        """Return the same office, with somebody who floods."""
        return replace(self, flood=a_second)


@dataclass(slots=True)
class Day:
    """What was measured: moments are those of `time.monotonic`."""

    plan: Plan
    begun: float
    ended: float
    ledger: Ledger
    bot: Meters
    people: Meters
    """Of the process of the sandbox and its people."""
    flooded: int = field(default=0)
    """Messages of who floods."""


async def held(plan: Plan, folder: Path, log: Path | None = None) -> Day:
    """Hold a day as planned, with the bot's data in `folder`."""
    ledger, meters, left = Ledger(), Meters(), asyncio.Event()
    pace = Pace(max(_FILLING_PACE, plan.paces[0]))
    async with Sandbox() as sandbox, asyncio.TaskGroup() as tasks:
        measuring = tasks.create_task(meters.measure(find_stalls=False))
        people = [_person(sandbox, number) for number in range(plan.people)]
        async with bot_at_work(folder, sandbox, log) as bot_meters:
            await _greeted(people)
            workers = [
                Worker(person, random.Random(f"{plan.seed}-{number}"), ledger, pace, left)
                for number, person in enumerate(people)
            ]
            admin = Admin(
                sandbox.persona("admin"),
                random.Random(plan.seed),
                ledger,
                Pace(),  # more than one thing in two seconds would be a flood
                left,
                [document(1)],
            )
            working = [tasks.create_task(one.day()) for one in (*workers, admin)]
            await asyncio.sleep(plan.warm_up)
            begun = time.monotonic()
            admin.documents.append(document(2))
            if plan.flood:
                flooder = _person(sandbox, plan.people)
                working.append(tasks.create_task(floods(flooder, plan.flood, left)))
            for faster in plan.paces:
                pace.faster = faster
                await asyncio.sleep(plan.seconds / len(plan.paces))
            ended = time.monotonic()
            left.set()
            await asyncio.wait(working)
        measuring.cancel()
    return Day(plan, begun, ended, ledger, bot_meters, meters)


def document(number: int) -> tuple[str, bytes]:
    """Return a document of some pages, as an editor uploads it."""
    import docx  # noqa: PLC0415 -- slow to import

    rng, paper = random.Random(number), docx.Document()
    words = "văn phòng tham mưu tổng hợp báo cáo kế hoạch công tác tuần phục vụ lãnh đạo".split()
    for article in range(1, 41):
        paper.add_heading(f"Điều {article}. Nội dung thứ {article}", 2)
        paper.add_paragraph(" ".join(rng.choices(words, k=60)).capitalize() + ".")
    buffer = io.BytesIO()
    paper.save(buffer)
    return f"quy-che-{number}.docx", buffer.getvalue()


async def reply_waits(folder: Path, module: str, replies: int) -> list[float]:
    """Return the seconds until a bot replies to /help, when nobody else asks for anything."""
    waits = []
    async with Sandbox() as sandbox, bot_at_work(folder, sandbox, module=module):
        people = [_person(sandbox, number) for number in range(_ONE_BY_ONE)]
        await _greeted(people)
        for number in range(replies):
            person = people[number % len(people)]
            begun = time.monotonic()
            await person.sends("/help")
            await person.receives()
            waits.append(time.monotonic() - begun)
    return waits


def _person(sandbox: Sandbox, number: int) -> Persona:
    profile = sandbox.world.people.add(f"person{number}", f"Người {number}")
    sandbox.world.welcome(profile, None)
    return sandbox.persona(profile.key)


async def _greeted(people: Sequence[Persona]) -> None:
    free = asyncio.Semaphore(_GREETED_AT_ONCE)

    async def greeted(person: Persona) -> None:
        async with free:
            await person.starts()
            await person.receives()

    await asyncio.gather(*(greeted(person) for person in people))


@contextlib.asynccontextmanager
async def bot_at_work(
    folder: Path, sandbox: Sandbox, log: Path | None = None, module: str = OUR_BOT
) -> AsyncIterator[Meters]:
    """Run a bot; its meters, where it has some, are filled once it has ended."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.api_url,
        "DATA_DIR": str(folder),
        "ADMIN_IDS": str(_ADMIN),
        "ACCESS": "open",
    }
    measured, meters = folder / "meters.json", Meters()
    command = [sys.executable, "-m", module, str(measured)]
    pipe = asyncio.subprocess.PIPE
    with _written_to(log) as errors:
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=errors
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            while (line := await process.stdout.readline()) != b"serving\n":
                if not line:
                    raise RuntimeError(f"{module} did not start: {log or 'give it a log'}")
            yield meters
        finally:
            process.stdin.close()
            await process.wait()
    if module == OUR_BOT:
        meters.take(json.loads(measured.read_text(encoding="utf-8")))


def _written_to(log: Path | None) -> BinaryIO:
    return Path(log or os.devnull).open("wb")
