"""The page with the measures of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.evaluation.noise import Typing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.reading.paragraphs import ParagraphScore
    from knowledge import EvaluationReport

TYPINGS = {Typing.TYPED: "as typed", Typing.WITHOUT_DIACRITICS: "no diacritics"}
SIGNALS_HEADING = "## What each signal is worth\n"
"""Begins what `python -m training fit` tells; the benchmark leaves it as it is."""
PICTURE = "reliability.png"
_COLUMNS = {
    "window read": "held",
    "reader alone": "reader_alone",
    "choice": "choice",
    "right": "answered_right",
    "refused though told": "answerable_refused",
    "near misses refused": "unanswerable_refused",
    "AUC told": "separation",
    "AUC right": "right_separation",
    "ECE": "calibration_error",
}
_MEANING = """\
*Right*: not refused, the whole reply holds the answer and has at most 700 characters. *Window
read*: one of the windows that were read holds the answer. *Reader alone*: the window with the
highest logit, shown, would be right. *Choice*: the chosen evidence, shown, is right, whether it was
refused or not. *AUC told*: of the probability, for questions that are answered in the documents
against near misses; *AUC right*: for what is or would be shown being right. *ECE*: expected
calibration error over ten bins."""


def page(
    command: str,
    reports: Mapping[str, EvaluationReport],
    paragraphs: ParagraphScore | None,
    signals: str,
) -> str:
    """Return the Markdown page of what `command` measured.

    `signals` is what stands below SIGNALS_HEADING.
    """
    parts = [
        "# Reading\n",
        f"`{command}`\n",
        f"{_MEANING}\n",
        _table(("set", "typed", "questions", "near misses", *_COLUMNS), _set_rows(reports)),
    ]
    if paragraphs is not None:
        parts.append(
            "The reader alone on the held-out paragraphs of the translated SQuAD 2.0, each of "
            f"their {paragraphs.questions:,} questions asked of its own paragraph: AUC of the "
            f'highest logit for "the paragraph answers" {_number(paragraphs.separation)}.\n'
        )
    parts += [
        "## Is the probability true?\n",
        f"![Share of right answers by stated probability]({PICTURE})\n",
        _table(("set", "probability from", "questions", "mean", "right"), _bin_rows(reports)),
        "## By kind\n",
        _table(
            ("set", "kind", "questions", "choice", "right", "refused", "near misses", "refused"),
            _kind_rows(reports),
        ),
    ]
    return "\n".join(parts) + f"\n{SIGNALS_HEADING}{signals}"


def _set_rows(reports: Mapping[str, EvaluationReport]) -> Iterable[list[str]]:
    for name, report in reports.items():
        for typing, scores in report.scores.items():
            counts = [str(report.questions), str(report.unanswerable)]
            values = [_number(getattr(scores, field)) for field in _COLUMNS.values()]
            yield [name, TYPINGS[typing], *counts, *values]


def _bin_rows(reports: Mapping[str, EvaluationReport]) -> Iterable[list[str]]:
    for name, report in reports.items():
        for one in report.scores[Typing.TYPED].calibration:
            shares = [_number(one.probability), _number(one.right)]
            yield [name, f"{one.low:.1f}", str(one.questions), *shares]


def _kind_rows(reports: Mapping[str, EvaluationReport]) -> Iterable[list[str]]:
    for name, report in reports.items():
        for one in report.kinds:
            yield [
                name,
                one.kind,
                str(one.questions),
                *map(_number, (one.choice, one.answered_right, one.refused)),
                str(one.unanswerable),
                _number(one.unanswerable_refused),
            ]


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
