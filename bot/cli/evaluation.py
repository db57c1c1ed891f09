"""`vanphong eval`: measures retrieval and evidence on a question set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.cli.console import out
from bot.cli.main import app

if TYPE_CHECKING:
    from knowledge import EvaluationReport

_ROWS = (
    ("recall@1", "recall_at_1"),
    ("recall@5", "recall_at_5"),
    ("MRR@10", "mrr_at_10"),
    ("nDCG@10", "ndcg_at_10"),
    ("answer-sentence@1", "answer_sentence_at_1"),
    ("answer-sentence@3", "answer_sentence_at_3"),
)


@app.command("eval")
def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Tệp câu hỏi theo định dạng SQuAD (JSON).")],
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả là một đối tượng JSON.")
    ] = False,
) -> None:
    """Đo chất lượng tìm kiếm trên một bộ câu hỏi, có dấu và không dấu."""
    # late: these load the model's and the index's libraries
    from bot.cli.opening import open_encoder  # noqa: PLC0415
    from bot.cli.progress import reload_progress  # noqa: PLC0415
    from knowledge import evaluate as measure  # noqa: PLC0415

    with reload_progress() as progress:
        report = measure(file, open_encoder(context.obj), progress=progress)
    if as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        out.print(_table(report))


def _table(report: EvaluationReport) -> Table:
    title = (
        f"{report.file}: {report.questions} câu hỏi, {report.paragraphs} đoạn, "
        f"{report.seconds:.0f} giây, {report.model}"
    )
    table = Table(title=title, title_justify="left")
    table.add_column("Chỉ số")
    table.add_column("Có dấu", justify="right")
    table.add_column("Không dấu", justify="right")
    for label, name in _ROWS:
        table.add_row(
            label,
            f"{getattr(report.typed, name):.4f}",
            f"{getattr(report.without_diacritics, name):.4f}",
        )
    return table
