"""An evaluation on the terminal: tables of scores, and sentences and answers that are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bot.features.evaluation import texts
from bot.terminal.console import out, print_table, right
from bot.vietnamese_numbers import decimal
from knowledge.evaluation.noise import Typing

if TYPE_CHECKING:
    from knowledge import EvaluationReport, OffTopicReport, VerbatimScores

_SCORES = (
    ("recall@1", "recall_at_1"),
    ("recall@5", "recall_at_5"),
    ("MRR@10", "mrr_at_10"),
    ("nDCG@10", "ndcg_at_10"),
    ("answer-sentence@1", "answer_sentence_at_1"),
    ("answer-sentence@3", "answer_sentence_at_3"),
)
_REFUSALS = (
    (texts.ANSWERED_RIGHT, "answered_right"),
    (texts.ANSWERABLE_REFUSED, "answerable_refused"),
    (texts.UNANSWERABLE_REFUSED, "unanswerable_refused"),
    (texts.SEPARATION, "separation"),
)


def print_evaluation(report: EvaluationReport) -> None:
    """Print the scores by way of typing and by kind of question, and the check of the wording."""
    out.print(_by_typing(report))
    _print_kinds(report)
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
        file=report.file,
        asked=asked,
        paragraphs=report.paragraphs,
        seconds=report.seconds,
        model=report.model,
    )
    typings = right(*(texts.TYPINGS[typing] for typing in Typing))
    table = Table(texts.MEASURE, *typings, title=escape(title), title_justify="left")
    for label, name in _SCORES:
        table.add_row(label, *(_cell(getattr(report.scores(typing), name)) for typing in Typing))
    table.add_section()
    for label, name in _REFUSALS:
        cells = [_cell(getattr(report.refusal[typing], name)) for typing in Typing]
        table.add_row(label, *cells)
    return table


def _print_kinds(report: EvaluationReport) -> None:
    headings = (
        texts.KIND_QUESTIONS,
        "recall@1",
        "answer-sentence@1",
        texts.KIND_REFUSED,
        texts.KIND_UNANSWERABLE,
        texts.KIND_UNANSWERABLE_REFUSED,
    )
    print_table(
        (texts.KIND, *right(*headings)),
        (
            (
                texts.KINDS[row.kind],
                str(row.questions),
                _cell(row.recall_at_1),
                _cell(row.answer_sentence_at_1),
                _cell(row.refused),
                str(row.unanswerable),
                _cell(row.unanswerable_refused),
            )
            for row in report.kinds
        ),
        texts.KINDS_TITLE,
    )


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
