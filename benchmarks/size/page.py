"""The figures of bases of several sizes as a Markdown page."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.size.result import Opened, Result

_HOW = """
Each step runs in a process of its own. Times are of the clock on the wall: other work on the
machine is in them, ours and the peer's alike.

- The documents are the shipped articles and made-up ones: 2–4 sentences, drawn with a fixed seed,
  of neighbouring paragraphs of SQuAD 2.0's dev set in Vietnamese, one passage each. Where there are
  made-up documents, building does not embed them: each real sentence is embedded once, and a
  document's vector is made of its sentences' (as in COMPARISON.md). *With embedding* adds what
  embedding every text would take at the speed that was measured on a sample in the same process;
  sentences that many documents share are counted each time, though they are embedded once.
- *Opening* begins with the models loaded and ends when the assistant can be asked; for Chroma
  alone, opened over the same files, when the first neighbours of a vector are there. Importing
  Chroma is part of both.
- *Memory* is that of the process after the questions, the models (about {models:.0f} MB) included.
  Resident counts mapped pages of files, which the system takes back when it needs room; USS is what
  the process alone has, PSS adds its part of what it shares with others.
- *Answers* are those to the {golden} golden questions of the shipped articles, each asked once and
  every other one without diacritics, after fifteen other questions. Chroma alone embeds them and
  looks for 30 neighbours.
- *Reload* is the whole way: an article was changed, an admin sends /reload to a running bot in the
  sandbox, all files are looked through, the new version is built beside the live one, examined with
  the golden questions and made live, the report comes, and a question is answered with the new
  sentence. It begins when the bot has done what a start or a reload leaves it to do beside
  answering: it looks for questions to suggest. The first is within the minute after a start, at
  whose end the bot asks the live version the golden questions: it takes two exams longer. CPU is
  what the process of bot and sandbox took of the processors for the later ones.
"""

_Row = tuple[str, "Callable[[Result], float]", "Callable[[Result], float | None]", str]


def _chroma(value: Callable[[Opened], float]) -> Callable[[Result], float | None]:
    return lambda result: value(result.chroma)


def _rows() -> list[_Row]:
    """Return subject, our figure, the peer's and its unit."""
    return [
        ("opening", lambda r: r.opened.seconds, _chroma(lambda o: o.seconds), "s"),
        (
            "resident memory",
            lambda r: r.opened.memory.resident,
            _chroma(lambda o: o.memory.resident),
            "MB",
        ),
        (
            "PSS",
            lambda r: r.opened.memory.proportional,
            _chroma(lambda o: o.memory.proportional),
            "MB",
        ),
        ("USS", lambda r: r.opened.memory.unique, _chroma(lambda o: o.memory.unique), "MB"),
        ("answer, p50", lambda r: r.opened.p50, _chroma(lambda o: o.p50), "ms"),
        ("answer, p95", lambda r: r.opened.p95, _chroma(lambda o: o.p95), "ms"),
        ("reload of one article, first", lambda r: r.reloaded.first, lambda _: None, "s"),
        ("… again", lambda r: r.reloaded.again, lambda _: None, "s"),
        ("… CPU", lambda r: r.reloaded.again_cpu, lambda _: None, "s"),
        ("… nothing changed", lambda r: r.reloaded.unchanged, lambda _: None, "s"),
        ("build, vectors made", lambda r: r.built.seconds, lambda _: None, "s"),
        ("… with embedding", lambda r: r.built.with_embedding, lambda _: None, "s"),
        ("peak memory of the build", lambda r: r.built.peak_memory, lambda _: None, "MB"),
        ("index on disk", lambda r: r.built.disk, lambda _: None, "MB"),
    ]


def page(results: Sequence[Result], command: str, load: float, golden: int) -> str:
    """Return the page; `load` is the machine's load average before the run."""
    memory = psutil.virtual_memory().total / 2**30
    first = results[0]
    lines = [
        "# Size",
        "",
        (
            f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, {psutil.cpu_count()} cores, "
            f"{memory:.0f} GB, Python {platform.python_version()}. "
            f"Other work kept {load:.1f} processes busy when it began."
        ),
        "",
        "![Opening, memory, answers and reloads by size](size.png)",
        "",
    ]
    for result in results:
        lines += [
            f"## {_name(result)}, {result.chunks:,} passages",
            "",
            f"| measured | ours | Chroma alone | × Chroma alone | × {_name(first)} |",
            "|---|---|---|---|---|",
            *(_row(row, result, first) for row in _rows()),
            "",
        ]
    how = _HOW.format(models=first.opened.models.resident, golden=golden)
    return "\n".join([*lines, "## How it is measured", how.strip(), ""])


def _name(result: Result) -> str:
    return f"{result.documents:,} documents" if result.made else "the shipped base"


def _row(row: _Row, result: Result, first: Result) -> str:
    subject, ours, peers, unit = row
    value, peer, small = ours(result), peers(result), ours(first)
    cells = (
        subject,
        f"{value:,.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}",
        "–" if peer is None else f"{peer:,.3g} {unit}",
        "–" if peer is None else f"{value / peer:.2f}",
        "–" if result is first else f"{value / small:.2f}",
    )
    return f"| {' | '.join(cells)} |"
