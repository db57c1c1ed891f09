"""`vanphong eval`: measures retrieval, choice, answers and refusals on question sets."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.terminal.console import print_json, say
from bot.terminal.opening import open_base, open_encoder, open_reader
from bot.terminal.options import AsJson, write_file
from bot.terminal.progress import reload_progress

commands = typer.Typer()


@commands.command("eval")
def evaluate(  # noqa: PLR0913, PLR0917 -- an option each
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Tệp câu hỏi: SQuAD (.json), tài liệu kèm câu hỏi (.jsonl, mỗi dòng một tài "
            "liệu) hoặc câu hỏi mẫu (.yaml, hỏi trên --articles).",
        ),
    ] = None,
    off_topic: Annotated[
        Path | None,
        typer.Option(
            "--off-topic",
            help="Hỏi câu của tệp này với tài liệu hiện có, đo tỷ lệ từ chối.",
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help="Vẽ đường đánh đổi giữa trả lời và từ chối vào tệp PNG này."),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", min=1, help="Chỉ hỏi chừng này câu mỗi tệp, chọn theo --seed."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="Số gốc để chọn câu và gõ sai lặp lại được.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Đo tìm kiếm, câu trả lời và từ chối trên một bộ câu hỏi, gõ theo nhiều cách."""
    if files and off_topic is not None:
        raise typer.BadParameter("cần FILE, hoặc --off-topic, không phải cả hai")
    if off_topic is not None and plot is not None:
        raise typer.BadParameter("--plot chỉ dùng được với FILE, không dùng với --off-topic")
    if off_topic is None and not files:
        raise typer.BadParameter("thiếu FILE")
    from bot.features.evaluation.tables import print_evaluation, print_off_topic
    from bot.features.evaluation.texts import PICTURE_WRITTEN
    from knowledge import ask_off_topic, read_office
    from knowledge import evaluate as measure

    if off_topic is not None:
        with open_base(context.obj) as base, reload_progress() as progress:
            refusals = ask_off_topic(
                off_topic, base.assistant(), sample=sample, seed=seed, progress=progress
            )
        if as_json:
            print_json(asdict(refusals))
        else:
            print_off_topic(refusals)
    if files:
        encoder = open_encoder(context.obj)
        reader = open_reader(context.obj, encoder)
        office = read_office(context.obj.office_file)
        with reload_progress() as progress:
            report = measure(
                files,
                encoder,
                reader=reader,
                office=office,
                articles=context.obj.articles_dir,
                sample=sample,
                seed=seed,
                progress=progress,
            )
        if as_json:
            print_json(asdict(report))
        else:
            print_evaluation(report)
        if plot is not None:
            from bot.features.evaluation.trade_off_picture import draw_trade_off

            write_file(plot, draw_trade_off(report))
            say(PICTURE_WRITTEN.format(file=plot))
