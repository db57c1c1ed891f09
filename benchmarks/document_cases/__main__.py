"""Read every case and tell what came of it: `python -m benchmarks.document_cases`.

Of the closed cases only names and counts are shown, so that they go on measuring; ask for their
faults with `--show-closed` where the measuring is over.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from benchmarks.document_cases import closed
from benchmarks.document_cases import open as opened
from benchmarks.document_cases.case import Kind, Verdict, faults
from benchmarks.documents import CASES_HEADING, RESULTS
from embeddings.vietnamese import fold
from knowledge.documents.fenced_reading import read_fenced
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from benchmarks.document_cases.case import Case

_FEW_LETTERS = 40
_INTRODUCTION = """`python -m benchmarks.document_cases`: documents made by code, half of them
written before the readers and kept closed until these were done. At their
first opening, on 2026-11-28, 90 of the 104 closed ones came out right or
refused with the true reason and 14 wrong; those 14 were mended afterwards, so
that the closed ones measure no more. `python -m
benchmarks.document_cases.asking` asks questions of whole documents: of the 52
closed ones 34 were answered right when they were opened (15 by the readers
before), 13 wrong, 5 refused.
"""
_NOT_READ = ("không", "chưa", "bỏ qua")  # words of a note that says what could not be read


def cases_of(package: ModuleType) -> Iterator[Case]:
    """Yield the cases of a package's modules."""
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        if module.endswith("_cases"):
            yield from importlib.import_module(f"{package.__name__}.{module}").CASES


def judge(case: Case) -> tuple[Verdict, list[str]]:
    """Return how a case came out, with its faults or the reason of its refusal."""
    try:
        reading = read_fenced(case.make(), case.file_name)
        text = f"{reading.title}\n{reading.text}"  # a first heading may have become the title
        told = [str(note) for note in (*reading.notes, *reading.left_out)]
        details = {name: str(value) for name, value in asdict(reading).items()}
    except ArticleError as error:
        return _judge_refusal(case, str(error))
    except Exception as error:  # noqa: BLE001 - whatever a reader lets through counts as wrong
        return Verdict.WRONG, [f"crash: {type(error).__name__}: {error}"]
    if case.refused is not None:
        return Verdict.WRONG, [f"read, not refused: {text[:80]!r}"]
    found = faults(case, text, told, details)
    if not found:
        return Verdict.RIGHT, []
    kept_quiet = [fault for fault in found if not fault.startswith(("lacks: ", "not in order: "))]
    reasons = [note for note in told if any(_said(word, note) for word in _NOT_READ)]
    if case.may_refuse and reasons and not kept_quiet and _little_else(case, text):
        return Verdict.REFUSED, reasons
    return Verdict.WRONG, [*found, *(f"told: {note}" for note in told)]


def _judge_refusal(case: Case, reason: str) -> tuple[Verdict, list[str]]:
    if case.may_refuse or (case.refused is not None and _said(case.refused, reason)):
        return Verdict.REFUSED, [reason]
    return Verdict.WRONG, [f"refused: {reason}"]


def _said(words: str, reason: str) -> bool:
    return fold(words).lower() in fold(reason).lower()


def _little_else(case: Case, text: str) -> bool:
    """Tell whether hardly a letter was read but the lines that were to be read."""
    wanted = (*case.has, *case.in_order)
    rest = [line for line in text.split("\n") if not any(part in line for part in wanted)]
    return sum(letter.isalnum() for letter in "".join(rest)) < _FEW_LETTERS


def table(verdicts: Counter[tuple[Kind, str, Verdict]]) -> str:
    """Return a Markdown table of kinds and formats with what came of their inputs."""
    lines = [
        "| Kind | Format | Inputs | Read right | Refused with reason | Wrong |",
        "|---|---|---:|---:|---:|---:|",
    ]
    total: Counter[Verdict] = Counter()
    formats = sorted({suffix for _, suffix, _ in verdicts})
    for kind in Kind:
        for suffix in formats:
            row = {verdict: verdicts[kind, suffix, verdict] for verdict in Verdict}
            if any(row.values()):
                lines.append(_row(kind, suffix, row))
                total.update(row)
    return "\n".join([*lines, _row("**All**", "", total)])


def _row(kind: str, suffix: str, row: dict[Verdict, int] | Counter[Verdict]) -> str:
    counts = (sum(row.values()), *(row[verdict] for verdict in Verdict))
    return f"| {kind} | {suffix} | {' | '.join(map(str, counts))} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the cases asked for; return 1 if one came out wrong."""
    parser = argparse.ArgumentParser(prog="benchmarks.document_cases", description=__doc__)
    parser.add_argument("--open", action="store_true", help="only the open cases")
    parser.add_argument("--show", action="store_true", help="print what is wrong with open cases")
    parser.add_argument("--show-closed", action="store_true", help="print it of closed ones too")
    parser.add_argument("--only", default="", help="only files whose name holds this text")
    options = parser.parse_args(arguments)
    verdicts: Counter[tuple[Kind, str, Verdict]] = Counter()
    for package in (opened,) if options.open else (opened, closed):
        shown = options.show_closed or (options.show and package is opened)
        for case in cases_of(package):
            if options.only not in case.file_name:
                continue
            start = time.perf_counter()
            verdict, said = judge(case)
            verdicts[case.kind, case.format, verdict] += 1
            took = time.perf_counter() - start
            where = package.__name__.rpartition(".")[2]
            print(f"{verdict:>19}  {took:5.1f} s  {where} {case.file_name}: {case.name}")
            if shown and verdict is not Verdict.RIGHT:
                print("".join(f"{'':>21}{line}\n" for line in said), end="")
    print(f"\n{table(verdicts)}")
    if not (options.open or options.only):
        page, _, _ = RESULTS.read_text(encoding="utf-8").partition(CASES_HEADING)
        RESULTS.write_text(f"{page}{CASES_HEADING}\n{_INTRODUCTION}\n{table(verdicts)}\n", "utf-8")
    return int(any(verdict is Verdict.WRONG for _, _, verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main())
