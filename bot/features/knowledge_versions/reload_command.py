"""`vanphong reload`: brings the index up to date with the articles, with an exam."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.main import FAILED, app
from bot.terminal.console import say

if TYPE_CHECKING:
    from bot.settings import Settings


@app.command()
def reload(  # noqa: PLR0913, PLR0917 -- a command's options
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
    force: Annotated[
        bool, typer.Option("--force", help="Dùng bản mới dù có chỗ kém hơn bản đang dùng.")
    ] = False,
    no_exam: Annotated[
        bool, typer.Option("--no-exam", help="Dùng bản mới mà không hỏi các câu hỏi mẫu.")
    ] = False,
) -> int:
    """Cập nhật chỉ mục theo các bài viết; chỉ dùng bản mới khi không có gì kém đi."""
    # late: these load the model's and the index's libraries
    from bot.features.knowledge_versions.reloading import note_reload, reload_here_or_in_bot  # noqa: PLC0415
    from knowledge import ReloadRequest  # noqa: PLC0415

    settings: Settings = context.obj
    folder = articles or settings.articles_dir
    request = ReloadRequest(
        folder, full=full, exam=not no_exam, force=force, started_by="dòng lệnh"
    )
    told = reload_here_or_in_bot(settings, request)
    note_reload(settings, told)
    if as_json:
        print(json.dumps(told.values, ensure_ascii=False))
    else:
        for line in told.lines:
            say(line)
    return FAILED if told.values["waiting"] is not None else 0
