"""The results as a page and a picture."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psutil

from benchmarks.load.figures import (
    lags_ms,
    memory_growth,
    memory_over_time,
    processor_share,
    share,
    waits_ms,
)
from benchmarks.load.meters import STALL_SECONDS
from benchmarks.load.staff import KINDS, QUESTION, THINKING_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.load.office import Day

SATURATED_MS = 1000.0
"""An office in which every twentieth waits longer for an answer has too much to do."""
_MACHINE = (
    "`python -m benchmarks.load`, {day}, {cores} cores, {memory:.0f} GB, Python {python}, load "
    "average {load:.1f}."
)
_ABOUT = (
    "{plan.people} people for {plan.seconds:.0f} s after {plan.warm_up:.0f} s of warm-up, an "
    "admin beside them; seed {plan.seed}. Each does something every {least:.0f} to {most:.0f} s, "
    "as staff do: most ask, typed badly; some take quizzes, vote, look at sources, use commands "
    "and inline mode. The sandbox (the Bot API) and the people run on the same machine. The bot "
    "is that of `vanphong run`, in a process of its own, with meters beside it."
)
_FLOOD = (
    "Then the same again, and one person more writes {a_second:.0f} messages a second. The ratio "
    "is that of the others' p95."
)
_SHARES = (0.5, 0.95, 0.99)
_COLOURS = ("#56B4E9", "#E69F00", "#D55E00")  # told apart by all (Okabe and Ito, 2008)
_MOST_STALLS = 10


@dataclass(frozen=True, slots=True)
class Results:
    """`calm` and `flooded` have the same seed; `busier` does the same quicker and quicker.

    `replies` are seconds until /help is answered when nothing else happens, ours and the peer's.
    """

    calm: Day
    flooded: Day
    busier: Day | None
    replies: tuple[list[float], list[float]] | None
    load: float
    """The machine's load average at the end."""


def page(results: Results) -> str:
    """Return the results in Markdown."""
    calm, flooded = results.calm, results.flooded
    plan = calm.plan
    least, most = THINKING_SECONDS
    lines = [
        "# Load",
        "",
        _MACHINE.format(
            day=f"{datetime.now(UTC):%Y-%m-%d}",
            cores=psutil.cpu_count(),
            memory=psutil.virtual_memory().total / 2**30,
            python=platform.python_version(),
            load=results.load,
        ),
        "",
        _ABOUT.format(plan=plan, least=least, most=most),
        "",
        _FLOOD.format(a_second=flooded.plan.flood),
        "",
        *_waits(calm, flooded),
        "",
        *_machine(calm, flooded),
        "",
        *_replies(results),
        *_busier(results.busier),
        *_stalls(calm),
        "![Waits, memory, the loop's lag and what happens when everybody is quicker](load.png)",
        "",
    ]
    return "\n".join(lines)


def _waits(calm: Day, flooded: Day) -> Iterator[str]:
    yield "| waiting, ms | times | p50 | p95 | p99 | p95 beside a flood | ratio | unanswered |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in KINDS:
        waits, beside = waits_ms(calm, kind), waits_ms(flooded, kind)
        if len(waits) < 2 or len(beside) < 2:
            for wait in waits:
                yield f"| {kind} | 1 | {wait:.0f} | | | | | |"
            continue
        figures = " | ".join(f"{share(waits, of):.0f}" for of in _SHARES)
        then, now = share(waits, 0.95), share(beside, 0.95)
        lost = calm.ledger.unanswered[kind] + flooded.ledger.unanswered[kind]
        yield f"| {kind} | {len(waits)} | {figures} | {now:.0f} | {now / then:.2f} × | {lost} |"


def _machine(calm: Day, flooded: Day) -> Iterator[str]:
    yield "| | without | beside a flood |"
    yield "|---|---|---|"
    days = (calm, flooded)
    rows = {
        "things done a second": [f"{done_a_second(day):.1f}" for day in days],
        "the bot's event loop late, p50 / p95 / p99 / most, ms": [_lag(day) for day in days],
        "the bot's memory after warm-up, MB": [f"{memory_growth(day)[0]:.0f}" for day in days],
        "… and its growth since": [f"{memory_growth(day)[1]:+.1%}" for day in days],
        "the bot's use of one core": [f"{processor_share(day.bot, day):.0%}" for day in days],
        "… the sandbox's and its people's": [
            f"{processor_share(day.people, day):.0%}" for day in days
        ],
    }
    for subject, figures in rows.items():
        yield f"| {subject} | {' | '.join(figures)} |"


def _lag(day: Day) -> str:
    lags = lags_ms(day.bot, day)
    return " / ".join(f"{value:.1f}" for value in (*(share(lags, of) for of in _SHARES), max(lags)))


def done_a_second(day: Day, part: tuple[float, float] = (0.0, 1.0)) -> float:
    """Return how many things were done a second, in a part of the time."""
    done = sum(len(waits_ms(day, kind, part)) for kind in KINDS)
    return done / ((part[1] - part[0]) * (day.ended - day.begun))


def _replies(results: Results) -> Iterator[str]:
    if results.replies is None:
        return
    ours, theirs = ([wait * 1000 for wait in waits] for waits in results.replies)
    yield (
        f"`/help` when nothing else happens: p50 {share(ours, 0.5):.1f} ms, p95 "
        f"{share(ours, 0.95):.1f} ms; python-telegram-bot's echo bot, which keeps no roles and no "
        f"limits: {share(theirs, 0.5):.1f} and {share(theirs, 0.95):.1f} ms "
        f"({share(ours, 0.5) / share(theirs, 0.5):.1f} ×)."
    )
    yield ""


def _busier(day: Day | None) -> Iterator[str]:
    if day is None:
        return
    yield "The same people, quicker and quicker:"
    yield ""
    yield "| pace | things done a second | question → answer, p50 / p95, ms | |"
    yield "|---|---|---|---|"
    for faster, done, waits in steps(day):
        told = "too much" if share(waits, 0.95) > SATURATED_MS else ""
        figures = f"{share(waits, 0.5):.0f} / {share(waits, 0.95):.0f}"
        yield f"| {faster:g} × | {done:.1f} | {figures} | {told} |"
    yield ""


def steps(day: Day) -> Iterator[tuple[float, float, list[float]]]:
    """Return each pace with the things done a second and the waits for answers."""
    count = len(day.plan.paces)
    for number, faster in enumerate(day.plan.paces):
        part = ((number + 0.3) / count, (number + 1) / count)  # the first third is the change
        yield faster, done_a_second(day, part), waits_ms(day, QUESTION, part)


def _stalls(day: Day) -> Iterator[str]:
    if not day.bot.stalls:
        return
    yield f"Where the loop stood still for more than {STALL_SECONDS * 1000:.0f} ms:"
    yield ""
    for place, times in day.bot.stalls.most_common(_MOST_STALLS):
        yield f"- {times} × `{place}`"
    yield ""


def draw(results: Results, file: Path) -> None:
    """Write the picture as PNG."""
    from matplotlib.figure import Figure  # noqa: PLC0415 -- slow to import

    figure = Figure(figsize=(11, 7.5), layout="constrained")
    (waits, memory), (lag, busier) = figure.subplots(2, 2)
    kinds = [kind for kind in KINDS if len(waits_ms(results.calm, kind)) > 1]
    places = range(len(kinds))
    for offset, (name, day) in enumerate(
        {"without": results.calm, "beside a flood": results.flooded}.items()
    ):
        values = [share(waits_ms(day, kind), 0.95) for kind in kinds]
        waits.barh(
            [place + (offset - 0.5) * 0.4 for place in places],
            values,
            0.4,
            label=name,
            color=_COLOURS[offset],
        )
        memory.plot(*zip(*memory_over_time(day), strict=True), label=name, color=_COLOURS[offset])
        late = sorted(lags_ms(day.bot, day))
        above = [1 - number / len(late) for number in range(len(late))]
        lag.plot(late, above, label=name, color=_COLOURS[offset])
    waits.set_yticks(places, kinds, fontsize=8)
    waits.set_title("p95 of waiting, ms", fontsize=10)
    memory.set_title("the bot's memory, MB, by seconds", fontsize=10)
    memory.set_ylim(0, 1.2 * max(size for _, size in memory_over_time(results.calm)))
    lag.set_title("share of moments at which the loop is later than … ms", fontsize=10)
    lag.set_xscale("symlog", linthresh=1)
    lag.set_yscale("log")
    lag.axvline(50, color="#999999", linewidth=0.8)
    for axes in (waits, memory, lag):
        axes.legend(fontsize=8, frameon=False)
    if results.busier is not None:
        found = list(steps(results.busier))
        done = [one[1] for one in found]
        for of, colour in zip(_SHARES, _COLOURS, strict=True):
            values = [share(one[2], of) for one in found]
            busier.plot(done, values, "o-", label=f"p{of * 100:.0f}", color=colour)
        busier.set_yscale("log")
        busier.legend(fontsize=8, frameon=False)
    busier.set_title("question → answer, ms, by things done a second", fontsize=10)
    figure.savefig(file, dpi=120)
