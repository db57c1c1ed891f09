"""`vanphong watch`: reloads whenever the articles have changed and come to rest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from bot.cli.main import app
from bot.terminal.console import out, say

if TYPE_CHECKING:
    from bot.features.knowledge_versions.reloading import ToldOutcome
    from bot.settings import Settings


@app.command()
def watch(context: typer.Context) -> None:
    """Theo dõi thư mục bài viết, cập nhật khi tệp thay đổi xong (Ctrl+C để dừng)."""
    # late: these load the model's and the index's libraries
    from bot.features.knowledge_versions.article_watch import ARTICLES_CHANGED, ArticleWatch  # noqa: PLC0415
    from bot.features.knowledge_versions.reloading import note_reload, reload_here_or_in_bot  # noqa: PLC0415
    from knowledge import ReloadRequest  # noqa: PLC0415

    settings: Settings = context.obj
    request = ReloadRequest(settings.articles_dir, started_by="vanphong watch")

    def reload_noted(why: str | None = None) -> ToldOutcome:
        told = reload_here_or_in_bot(settings, request)
        note_reload(settings, told, why=why)
        return told

    async def reload_changed() -> ToldOutcome:
        return await asyncio.to_thread(reload_noted, ARTICLES_CHANGED)

    async def tell(told: ToldOutcome | Exception) -> None:
        for line in [f"Lỗi: {told}"] if isinstance(told, Exception) else told.lines:
            out.print(line, markup=False)

    async def run() -> None:
        await tell(await asyncio.to_thread(reload_noted))
        say(f"Đang theo dõi {settings.articles_dir} …")
        watching = ArticleWatch(reload_changed, tell, lambda: asyncio.sleep(1))
        await watching.run(settings.articles_dir, asyncio.Event())

    asyncio.run(run())
