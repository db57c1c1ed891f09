"""Some kills of one bot, with one office and its people from the beginning to the end."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.chaos.comparison import Tally, compare
from benchmarks.chaos.office import Office
from benchmarks.chaos.people import Admin, Editor, Person, Pupil
from bot.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from embeddings import Encoder, Reader

THINKING = (1.0, 6.0)
"""Seconds between two looks of a person at the chat."""
MOST_CALLS = 120
"""The bot lives for a random number of calls up to this, so that a slow machine kills alike…"""
LATE = (0.0, 0.03)
"""… and some seconds more, so that it dies between calls, too."""
LONGEST_LIFE = 20.0
DIES_STARTING = 0.15
"""Share of kills that come before it asked for any."""
STARTING = 3.0
EXAM_EVERY = 10
"""The index is held to its exam after every so many kills, and cheaply checked after each."""
SETTLING = 180.0
_EDITORS, _PUPILS = 0.06, 0.35  # shares of the people; the others ask and vote


@dataclass(frozen=True, slots=True)
class Models:
    """What the exam needs, loaded once."""

    encoder: Encoder
    reader: Reader
    folder: Path


async def run_segment(folder: Path, models: Models, *, kills: int, people: int, seed: int) -> Tally:
    """Kill a bot so many times, let it settle, and compare."""
    rng = random.Random(seed)
    tally = Tally(kills=kills)
    async with Sandbox() as sandbox:
        office = Office(folder, models.folder)
        crowd = _crowd(sandbox, office, people, rng)
        editors = [each.user_id for each in crowd if isinstance(each, Editor)]
        await office.prepare(models.encoder, editors)
        stop = asyncio.Event()
        acting = [asyncio.create_task(_lives(each, stop)) for each in crowd]
        try:
            for kill in range(1, kills + 1):
                await office.start(sandbox)
                if rng.random() < DIES_STARTING:
                    await asyncio.sleep(rng.uniform(0, STARTING))
                else:
                    await office.ready(sandbox)
                    await _calls(sandbox, rng.randint(0, MOST_CALLS))
                    await asyncio.sleep(rng.uniform(*LATE))
                await office.end(sandbox)
                office.check_files()
                if kill % EXAM_EVERY == 0:
                    await asyncio.to_thread(office.hold_exam, models.encoder, models.reader)
                    tally.exams += 1
            stop.set()
            await asyncio.gather(*acting)
            await office.start(sandbox)
            await office.ready(sandbox)
            await _settle(sandbox, crowd, tally)
            await office.end(sandbox, signal.SIGTERM)
            await asyncio.to_thread(office.hold_exam, models.encoder, models.reader)
            tally.exams += 1
        finally:
            for task in acting:
                task.cancel()
            await office.end(sandbox)
        compare(office, crowd, tally)
        tally.starts = office.starts
        for each in crowd:
            await each.leaves()
    return tally


def _crowd(sandbox: Sandbox, office: Office, people: int, rng: random.Random) -> list[Person]:
    crowd: list[Person] = [Admin(sandbox, "admin", rng, office.articles)]
    for number in range(people - 1):
        key = f"person{number}"
        profile = sandbox.world.people.add(key, f"Người {number}")
        sandbox.world.welcome(profile, None)
        own = random.Random(rng.random())
        share = number / people
        kind = Editor if share < _EDITORS else Pupil if share < _EDITORS + _PUPILS else Person
        crowd.append(kind(sandbox, key, own))
    return crowd


async def _calls(sandbox: Sandbox, count: int) -> None:
    """Wait until the bot has called so often, or long enough."""
    last = sandbox.world.calls.last_id
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST_LIFE:
        if sandbox.world.calls.last_id >= last + count:
            return
        await asyncio.sleep(0.005)


async def _lives(person: Person, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            async with asyncio.timeout(person.rng.uniform(*THINKING)):
                await stop.wait()
        except TimeoutError:
            await person.act()


async def _settle(sandbox: Sandbox, crowd: Sequence[Person], tally: Tally) -> None:
    """Wait until all that was taken has had its answer, but not for ever."""
    begun = time.monotonic()
    while time.monotonic() - begun < SETTLING:
        waits = [f"{each.user_id}: {what}" for each in crowd for what in each.waits()]
        if not waits and not sandbox.world.updates:
            break
        await asyncio.sleep(0.2)
    tally.lost += len(waits)
    tally.faults += [f"never came: {what}" for what in waits]
    await asyncio.sleep(1.0)  # votes say nothing when they are counted
