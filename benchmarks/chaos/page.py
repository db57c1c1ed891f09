"""The page with table and chart of what the kills did."""

from __future__ import annotations

import platform
import statistics
from datetime import UTC, datetime
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import psutil

from benchmarks.chaos.segment import EXAM_EVERY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.chaos.comparison import Tally

_PICTURE = "chaos.png"
_COLUMNS = (
    ("kills", "kills"),
    ("questions", "questions"),
    ("votes", "votes"),
    ("quiz answers", "poll_answers"),
    ("uploads", "uploads"),
    ("told to send again", "given_up"),
    ("reloads", "reloads"),
    ("exams passed", "exams"),
    ("lost", "lost"),
    ("doubled", "doubled"),
    ("sent once more", "sent_again"),
)


def write_page(done: Sequence[Tally], out: Path, *, people: int, seed: int) -> str:
    """Write CHAOS.md and its chart into `out`, and return the page."""
    whole = reduce(add, done)
    memory = psutil.virtual_memory().total / 2**30
    rows = [(str(number), tally) for number, tally in enumerate(done, 1)]
    starts = f"{statistics.median(whole.starts):.1f} s" if whole.starts else "–"
    page = "\n".join(
        [
            "# Killed again and again",
            "",
            (
                f"`python -m benchmarks.chaos`, {datetime.now(UTC):%Y-%m-%d}, "
                f"{psutil.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, "
                f"seed {seed}. The bot (`vanphong run`) is ended by SIGKILL at random moments, its "
                f"start among them, while {people} people ask, vote, take quizzes, send documents "
                "and an admin reloads against the sandbox. What Telegram took is held against the "
                "chats, the database, the documents and the index once the bot has settled. "
                "Databases are checked after each kill, the live index answers its exam after each "
                f"{EXAM_EVERY}th and at the end."
            ),
            "",
            "| segment | " + " | ".join(title for title, _ in _COLUMNS) + " |",
            "|---|" + "---|" * len(_COLUMNS),
            *(_row(name, tally) for name, tally in [*rows, ("**all**", whole)]),
            "",
            (
                "*Told to send again*: the sender of a document at whose reading the bot was "
                "killed five times. *Sent once more*: an answer or a question that left at the "
                "moment of the kill, before the bot could note that it had; Telegram takes no "
                "number by which it would know it again. It is the same answer, with the same id, "
                "recorded once; of a question that is answered twice one answer counts. "
                f"Until the bot asked for updates again: {starts} (median)."
            ),
            "",
            f"![Kills, and what was lost or came twice]({_PICTURE})",
            "",
            *(["What went wrong:", "", *(f"- {fault}" for fault in whole.faults)]),
        ]
    )
    if not whole.faults:
        page = page.replace("\nWhat went wrong:\n", "")
    out.joinpath("CHAOS.md").write_text(page, encoding="utf-8")
    _draw(done, out / _PICTURE)
    return page


def _row(name: str, tally: Tally) -> str:
    values = [str(getattr(tally, attribute)) for _, attribute in _COLUMNS]
    return f"| {name} | " + " | ".join(values) + " |"


def _draw(done: Sequence[Tally], file: Path) -> None:
    from matplotlib.figure import Figure  # noqa: PLC0415 -- slow to import

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    kills, taken = [0], [0]
    bad: dict[str, list[int]] = {"lost": [0], "doubled": [0], "sent once more": [0]}
    for tally in done:
        kills.append(kills[-1] + tally.kills)
        did = tally.questions + tally.votes + tally.poll_answers + tally.uploads + tally.reloads
        taken.append(taken[-1] + did)
        for name, value in zip(bad, (tally.lost, tally.doubled, tally.sent_again), strict=True):
            bad[name].append(bad[name][-1] + value)
    above.plot(kills, taken, color="#009E73", marker="o")
    above.set_ylabel("taken by Telegram")
    colours = ("#D55E00", "#CC79A7", "#999999")
    for (name, values), colour in zip(bad.items(), colours, strict=True):
        below.plot(kills, values, color=colour, marker="o", label=name)
    below.set_xlabel("kills")
    below.legend(frameon=False)
    for axes in (above, below):
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, dpi=120)
