"""`vanphong reload`: brings the index up to date with the articles."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.main import app

if TYPE_CHECKING:
    from bot.settings import Settings


@app.command()
def reload(
    context: typer.Context,
    articles: Annotated[
        Path | None, typer.Option("--articles", help="Thư mục bài viết (thay cho ARTICLES_DIR).")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả là một đối tượng JSON.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Tính lại mọi vectơ (khi chỉ mục hỏng).")
    ] = False,
) -> None:
    """Cập nhật chỉ mục theo các bài viết; bài không đổi giữ nguyên."""
    # late: these load the model's and the index's libraries
    from bot.cli.opening import open_encoder, say_report  # noqa: PLC0415
    from bot.cli.progress import reload_progress  # noqa: PLC0415
    from knowledge import KnowledgeBase  # noqa: PLC0415

    settings: Settings = context.obj
    encoder = open_encoder(settings)
    with KnowledgeBase(settings.data_dir, encoder) as base, reload_progress() as progress:
        report = base.reload(articles or settings.articles_dir, full=full, progress=progress)
    if as_json:
        print(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
    else:
        say_report(report)
