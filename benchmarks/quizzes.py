"""`python -m benchmarks.quizzes`: many newcomers at once, and a bot killed in the middle.

The people's side and the Bot API server run here, the bot in a process of its own, on SQLite. What
people chose is logged here and compared with the bot's database afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measurement import Measurement, percentile, report
from bot.sandbox import Sandbox
from embeddings import PACKAGED_MODEL, load_encoder
from knowledge.quiz.bank.reading import read_bank

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox.persona import Persona, SeenMessage

ROOT = Path(__file__).parents[1]
PEOPLE = 100
KILLS = 50
_TOPIC = "3"
_THINKING = (2.0, 8.0)  # seconds; 100 people then answer 20 questions a second
_WRONG = 0.2  # share of answers that are wrong: each brings one message more
_BOT = "import sys; from bot.cli import main; main(['run'])"
_PREFIX = re.compile(r"^Câu \d+/\d+\. ")


@dataclass(slots=True)
class Pupil:
    """Somebody who takes a quiz, with what they chose: (question, options) in order."""

    persona: Persona
    person_id: int
    rng: random.Random
    chosen: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """Seconds from each vote until the next question or the result."""


async def measure_quizzes(people: int = PEOPLE, kills: int = KILLS) -> list[Measurement]:
    """Measure both; a lost or doubled answer raises AssertionError."""
    with tempfile.TemporaryDirectory() as name:
        many, killed = Path(name) / "many", Path(name) / "killed"
        load_encoder(PACKAGED_MODEL, many / "models")
        killed.mkdir()
        (killed / "models").symlink_to(many / "models", target_is_directory=True)
        return [*await _many(many, people), *await _killed(killed, kills)]


async def _many(folder: Path, people: int) -> list[Measurement]:
    async with Sandbox() as sandbox, _bot(folder, sandbox):
        pupils = [await _pupil(sandbox, number) for number in range(people)]
        await asyncio.gather(*(_take(pupil, _THINKING) for pupil in pupils))
        waits = [wait for pupil in pupils for wait in pupil.waits]
        for pupil in pupils:
            pupil.waits.clear()
        # the same again with nobody thinking: as fast as Telegram lets a bot send
        await asyncio.gather(*(_take(pupil, (0.0, 0.0)) for pupil in pupils))
        burst = [wait for pupil in pupils for wait in pupil.waits]
    _compare(folder, pupils)
    votes = sum(len(pupil.chosen) for pupil in pupils)
    return [
        Measurement(f"{people} newcomers at once: next question, p50", _ms(waits, 0.5), "ms"),
        Measurement("… p95", _ms(waits, 0.95), "ms"),
        Measurement("… answers lost or counted twice, of " + str(votes), 0, ""),
        Measurement(
            f"{people} newcomers who don't think (30 messages a second allowed): p95",
            _ms(burst, 0.95),
            "ms",
        ),
    ]


async def _killed(folder: Path, kills: int) -> list[Measurement]:
    """Kill the bot at random moments of a quiz, start it again, and compare each time."""
    rng = random.Random(11)
    backs: list[float] = []
    async with Sandbox() as sandbox:
        pupil = await _pupil(sandbox, 900, greet=False)
        process = await _started(folder, sandbox)
        await _greeted(pupil.persona)
        await pupil.persona.sends(f"/quiz {_TOPIC}")
        message = await _next(pupil.persona)
        acknowledged = True
        for _ in range(kills):
            if "poll" not in message.data:
                await pupil.persona.sends(f"/quiz {_TOPIC}")
                message = await pupil.persona.receives(where=_is_poll)
            await _vote(pupil, message, acknowledged=acknowledged)
            await asyncio.sleep(rng.uniform(0, 0.06))  # an answer takes some 30 ms
            process.send_signal(signal.SIGKILL)
            await process.wait()
            seen = await pupil.persona.messages()
            acknowledged = seen[-1].message_id > message.message_id
            _compare(folder, [pupil], unacknowledged=0 if acknowledged else 1)
            begun = time.perf_counter()
            process = await _started(folder, sandbox)
            message = await _after_restart(pupil, message, seen[-1])
            backs.append(time.perf_counter() - begun)
        while "poll" in message.data:
            await _vote(pupil, message, acknowledged=acknowledged)
            acknowledged = True
            message = await _next(pupil.persona)
        process.terminate()
        await process.wait()
    _compare(folder, [pupil])
    return [
        Measurement(f"killed {kills} times in the middle: answers lost or counted twice", 0, ""),
        Measurement(
            "… from the start of the bot to the next question", statistics.median(backs), "s"
        ),
    ]


async def _take(pupil: Pupil, thinking: tuple[float, float]) -> None:
    """Take one quiz to its end."""
    await pupil.persona.sends(f"/quiz {_TOPIC}")
    message = await _next(pupil.persona)
    while "poll" in message.data:
        await asyncio.sleep(pupil.rng.uniform(*thinking))
        begun = time.perf_counter()
        await _vote(pupil, message)
        message = await _next(pupil.persona)
        pupil.waits.append(time.perf_counter() - begun)


async def _vote(pupil: Pupil, message: SeenMessage, *, acknowledged: bool = True) -> None:
    """Choose an answer; a question put again before its answer was acknowledged gets the same."""
    options = [option["text"] for option in message.poll["options"]]
    question = _PREFIX.sub("", message.poll["question"])
    if not acknowledged and pupil.chosen[-1][0] == question:
        await message.vote(*(options.index(text) for text in pupil.chosen[-1][1]))
        return
    places = [options.index(text) for text in _right(question)]
    if pupil.rng.random() < _WRONG:
        places = [next(place for place in range(len(options)) if place not in places)]
    pupil.chosen.append((question, frozenset(options[place] for place in places)))
    await message.vote(*places)


async def _next(persona: Persona) -> SeenMessage:
    """Return the next question or result; what is said about a wrong answer is passed over."""
    return await persona.receives(where=lambda m: not m.text.startswith(("❌", "➗")))


def _right(text: str) -> list[str]:
    question = _QUESTIONS[text]
    return [question.options[index] for index in question.correct]


_QUESTIONS = {
    question.text: question
    for question in read_bank(ROOT / "knowledge" / "quiz" / "office").bank.questions.values()
}


def _compare(folder: Path, pupils: list[Pupil], *, unacknowledged: int = 0) -> None:
    """Hold the bot's database to the log: every answer once, in order, with what was chosen.

    Of the last `unacknowledged` ones the bot may not know yet.
    """
    with contextlib.closing(sqlite3.connect(folder / "vanphong.db")) as database:
        for pupil in pupils:
            rows = database.execute(
                "SELECT question_id, chosen FROM quiz_attempts WHERE person_id = ? "
                "AND state = 'answered' ORDER BY id",
                (pupil.person_id,),
            ).fetchall()
            stored = [_stored(question_id, chosen) for question_id, chosen in rows]
            least = len(pupil.chosen) - unacknowledged
            if not (least <= len(stored) and stored == pupil.chosen[: len(stored)]):
                raise AssertionError(
                    f"{pupil.person_id} chose {pupil.chosen[-3:]}, stored is {stored[-3:]}"
                )


def _stored(question_id: str, chosen: str) -> tuple[str, frozenset[str]]:
    question = next(q for q in _QUESTIONS.values() if q.question_id == question_id)
    return question.text, frozenset(question.options[index] for index in json.loads(chosen))


async def _after_restart(pupil: Pupil, answered: SeenMessage, last: SeenMessage) -> SeenMessage:
    """Return what follows the question that was answered, from before the kill or after it.

    `last` is what stood last in the chat before the start: where it is the next question or the
    result, a bot that was started again says nothing more.
    """
    went_on = last.from_bot and last.message_id > answered.message_id
    if went_on and not last.text.startswith(("❌", "➗")):
        return await pupil.persona.receives(where=lambda m: m.message_id == last.message_id)
    return await pupil.persona.receives(
        where=lambda m: m.message_id > last.message_id and not m.text.startswith(("❌", "➗"))
    )


def _is_poll(message: SeenMessage) -> bool:
    """Tell a question from a result, which a killed bot may tell twice."""
    return "poll" in message.data


async def _pupil(sandbox: Sandbox, number: int, *, greet: bool = True) -> Pupil:
    profile = sandbox.world.people.add(f"pupil{number}", f"Người {number}")
    sandbox.world.welcome(profile, None)
    rng = random.Random(number)
    pupil = Pupil(sandbox.persona(profile.key), profile.user.id, rng)
    if greet:
        await _greeted(pupil.persona)
    return pupil


async def _greeted(persona: Persona) -> None:
    await persona.starts()
    await persona.receives()


@contextlib.asynccontextmanager
async def _bot(folder: Path, sandbox: Sandbox) -> AsyncIterator[None]:
    process = await _started(folder, sandbox)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def _started(folder: Path, sandbox: Sandbox) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.api_url,
        "DATA_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", _BOT, env=environment, cwd=ROOT
    )


def _ms(seconds: list[float], share: float) -> float:
    return percentile(seconds, share) * 1000


def main() -> None:
    """Print the table and keep it beside this file."""
    page = report(asyncio.run(measure_quizzes())).replace(
        "`make bench`", "`python -m benchmarks.quizzes`"
    )
    print(page)
    Path(__file__).with_name("QUIZZES.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
