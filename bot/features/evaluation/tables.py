"""An evaluation on the terminal: tables of scores, and sentences and answers that are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bot.features.evaluation import texts
from bot.terminal.console import out, print_table, right
from bot.vietnamese_numbers import decimal

if TYPE_CHECKING:
    from knowledge import EvaluationReport, OffTopicReport, VerbatimScores

_RETRIEVAL = (
    ("recall@1", "recall_at_1"),
    ("recall@5", "recall_at_5"),
    ("MRR@10", "mrr_at_10"),
    ("nDCG@10", "ndcg_at_10"),
)
_READING = (
    (texts.HELD, "held"),
    (texts.READER_ALONE, "reader_alone"),
    (texts.CHOICE, "choice"),
    (texts.ANSWERED_RIGHT, "answered_right"),
)
_REFUSALS = (
    (texts.ANSWERABLE_REFUSED, "answerable_refused"),
    (texts.UNANSWERABLE_REFUSED, "unanswerable_refused"),
    (texts.SEPARATION, "separation"),
    (texts.RIGHT_SEPARATION, "right_separation"),
    (texts.CALIBRATION_ERROR, "calibration_error"),
)


def print_evaluation(report: EvaluationReport) -> None:
    """Print the scores by way of typing, by kind of question and by probability; the wording."""
    out.print(_by_typing(report))
    _print_kinds(report)
    _print_calibration(report)
    _print_wording(report.wording)


def print_off_topic(report: OffTopicReport) -> None:
    """Print the shares that were refused, and the first answers that were given."""
    title = texts.OFF_TOPIC_TITLE.format(
        file=report.file,
        questions=report.questions,
        version=report.kb_version,
        seconds=report.seconds,
    )
    out.print(Text(title))
    refused = _per_cent(report.refused)
    bare = _per_cent(report.refused_without_diacritics)
    out.print(Text(texts.OFF_TOPIC_REFUSED.format(refused=refused, bare=bare)))
    if report.answered:
        shown = len(report.examples)
        out.print(Text(texts.OFF_TOPIC_ANSWERED.format(answered=report.answered, shown=shown)))
    for example in report.examples:
        out.print(Text(f"• {example.question} ({example.confidence:.2f}, {example.title})"))
        out.print(Text(f"  {example.answer}", style="dim"))
    _print_wording(report.wording)


def _by_typing(report: EvaluationReport) -> Table:
    counted = texts.WITH_UNANSWERABLE if report.unanswerable else texts.QUESTIONS
    asked = counted.format(questions=report.questions, unanswerable=report.unanswerable)
    title = texts.TITLE.format(
        files=", ".join(report.files),
        asked=asked,
        documents=report.documents,
        seconds=report.seconds,
        model=report.model,
    )
    typings = right(*(texts.TYPINGS[typing] for typing in report.scores))
    table = Table(texts.MEASURE, *typings, title=escape(title), title_justify="left")
    for section in (_RETRIEVAL, _READING, _REFUSALS):
        table.add_section()
        for label, name in section:
            table.add_row(label, *(_cell(getattr(one, name)) for one in report.scores.values()))
    return table


def _print_kinds(report: EvaluationReport) -> None:
    headings = (
        texts.KIND_QUESTIONS,
        texts.CHOICE,
        texts.ANSWERED_RIGHT,
        texts.KIND_REFUSED,
        texts.KIND_UNANSWERABLE,
        texts.KIND_UNANSWERABLE_REFUSED,
    )
    print_table(
        (texts.KIND, *right(*headings)),
        (
            (
                row.kind,
                str(row.questions),
                _cell(row.choice),
                _cell(row.answered_right),
                _cell(row.refused),
                str(row.unanswerable),
                _cell(row.unanswerable_refused),
            )
            for row in report.kinds
        ),
        texts.KINDS_TITLE.format(typing=_first_typing(report)),
    )


def _print_calibration(report: EvaluationReport) -> None:
    first = next(iter(report.scores.values()))
    headings = (texts.BIN, texts.BIN_QUESTIONS, texts.BIN_PROBABILITY, texts.BIN_RIGHT)
    print_table(
        right(*headings),
        (
            (
                f"≥ {decimal(one.low, '.1f')}",
                str(one.questions),
                _cell(one.probability),
                _cell(one.right),
            )
            for one in first.calibration
        ),
        texts.CALIBRATION_TITLE.format(typing=_first_typing(report)),
    )


def _first_typing(report: EvaluationReport) -> str:
    return texts.TYPINGS[next(iter(report.scores))].lower()


def _print_wording(wording: VerbatimScores) -> None:
    line = texts.WORDING_WRONG if wording.unsupported else texts.WORDING_RIGHT
    out.print(
        Text(line.format(sentences=wording.sentences, unsupported=wording.unsupported)),
        style="bold red" if wording.unsupported else "",
    )
    for example in wording.examples:
        out.print(Text(f"• {example.question}\n  {example.sentence}"))


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _per_cent(share: float) -> str:
    return f"{decimal(share * 100, '.2f')} %"
