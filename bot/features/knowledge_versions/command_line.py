"""`vanphong reload`, `watch`, `versions` and `rollback`, through a running bot or without."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.office_time import shown
from bot.terminal.console import FAILED, out, print_json, print_table, right, say
from bot.terminal.database import doing
from bot.terminal.opening import open_directory
from bot.terminal.options import AsJson
from bot.terminal.owner import Owner, ToldOutcome
from bot.terminal.progress import reload_progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings
    from knowledge import KnowledgeBase, ReloadRequest

_Result = TypeVar("_Result")

commands = typer.Typer()


@commands.command()
def reload(  # noqa: PLR0913, PLR0917 -- a command's options
    context: typer.Context,
    articles: Annotated[
        Path | None, typer.Option("--articles", help="Thư mục bài viết (thay cho ARTICLES_DIR).")
    ] = None,
    as_json: AsJson = False,
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
    from knowledge import ReloadRequest

    settings: Settings = context.obj
    folder = articles or settings.articles_dir
    request = ReloadRequest(
        folder, full=full, exam=not no_exam, force=force, started_by="dòng lệnh"
    )
    told = _reload(settings, request)
    if as_json:
        print_json(told.values)
    else:
        for line in told.lines:
            say(line)
    return FAILED if told.values["waiting"] is not None else 0


@commands.command()
def versions(
    context: typer.Context,
    promote: Annotated[
        str | None, typer.Option("--promote", metavar="BẢN", help="Dùng bản đang chờ quyết định.")
    ] = None,
    discard: Annotated[
        str | None, typer.Option("--discard", metavar="BẢN", help="Bỏ bản đang chờ quyết định.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Liệt kê các bản tài liệu (chỉ mục) còn giữ; xem và quyết định được cả khi bot đang chạy."""
    from bot.access.audit import AuditAction
    from bot.features.knowledge_versions.version_line import marks
    from knowledge import list_versions

    settings: Settings = context.obj
    if promote is not None and discard is not None:
        raise typer.BadParameter("chỉ chọn một trong hai: --promote hoặc --discard")
    if promote is not None:
        with doing(settings, AuditAction.PROMOTE, version=promote) as deed:
            _decide(settings, "promote", promote)
            deed.did(promote)
        say(f"Đã chuyển sang bản {promote}.")
    if discard is not None:
        with doing(settings, AuditAction.DISCARD, version=discard) as deed:
            _decide(settings, "discard", discard)
            deed.did(discard)
        say(f"Đã bỏ bản {discard}.")
    infos = list_versions(settings.data_dir)
    if as_json:
        for info in infos:
            print_json(dataclasses.asdict(info))
    elif infos:
        print_table(
            ("Bản", "Lập lúc", *right("Bài", "Đoạn"), "Đưa vào dùng lúc", ""),
            (
                (
                    info.name,
                    shown(info.built_at),
                    str(info.articles),
                    str(info.chunks),
                    shown(info.promoted_at) if info.promoted_at is not None else "–",
                    ", ".join(marks(info)),
                )
                for info in infos
            ),
        )
    else:
        out.print("Chưa có bản nào. Hãy chạy 'vanphong reload'.", markup=False)


@commands.command()
def rollback(
    context: typer.Context,
    version: Annotated[
        str | None, typer.Argument(help="Bản muốn quay lại; để trống: bản dùng ngay trước.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Quay lại một bản tài liệu trước, cả khi bot đang chạy."""
    from bot.access.audit import AuditAction
    from knowledge import standing_versions

    live_before = standing_versions(context.obj.data_dir)[0]
    with doing(context.obj, AuditAction.ROLL_BACK, version=version or "", live=live_before) as deed:
        live = _by_owner_or_here(
            context.obj,
            lambda owner: str(owner.ask("rollback", to=version)),
            lambda base: base.rollback(version),
        )
        deed.did(live)
    if as_json:
        print_json({"version": live})
    else:
        out.print(f"Đã quay lại bản {live}.", markup=False)


@commands.command()
def watch(context: typer.Context) -> None:
    """Theo dõi thư mục bài viết, cập nhật khi tệp thay đổi xong (Ctrl+C để dừng)."""
    from bot.features.knowledge_versions.article_watch import ARTICLES_CHANGED, ArticleWatch
    from knowledge import ReloadRequest

    settings: Settings = context.obj
    request = ReloadRequest(settings.articles_dir, started_by="vanphong watch")

    async def reload_changed() -> ToldOutcome:
        return await asyncio.to_thread(_reload, settings, request, why=ARTICLES_CHANGED)

    async def tell(told: ToldOutcome | Exception) -> None:
        for line in [f"Lỗi: {told}"] if isinstance(told, Exception) else told.lines:
            out.print(line, markup=False)

    async def run() -> None:
        await tell(await asyncio.to_thread(_reload, settings, request, why=None))
        say(f"Đang theo dõi {settings.articles_dir} …")
        watching = ArticleWatch(reload_changed, tell, lambda: asyncio.sleep(1))
        await watching.run(settings.articles_dir, asyncio.Event())

    asyncio.run(run())


def _reload(settings: Settings, request: ReloadRequest, **details: object) -> ToldOutcome:
    """Reload with an exam and note it; raises like KnowledgeBase.reload_examined, or OwnerError."""
    from bot.access.audit import AuditAction
    from bot.features.knowledge_versions.reload_lines import outcome_lines, outcome_values
    from knowledge import standing_versions

    def here(base: KnowledgeBase) -> ToldOutcome:
        outcome = base.reload_examined(request, progress=progress)
        return ToldOutcome(outcome_values(outcome), outcome_lines(outcome))

    def in_bot(owner: Owner) -> ToldOutcome:
        told = owner.ask(
            "reload",
            progress,
            articles_dir=str(request.articles_dir.absolute()),
            full=request.full,
            exam=request.exam,
            force=request.force,
        )
        return ToldOutcome(**told)

    live, waiting = standing_versions(settings.data_dir)
    with doing(settings, AuditAction.RELOAD, live=live, waiting=waiting, noted=details) as deed:
        with reload_progress() as progress:
            told = _by_owner_or_here(settings, in_bot, here)
        told.noted_in(deed, **details)
    return told


def _decide(settings: Settings, decision: str, version: str) -> None:
    """Promote or discard the version that waits."""

    def here(base: KnowledgeBase) -> None:
        base.require_waiting(version)
        (base.promote if decision == "promote" else base.reject)(version)

    _by_owner_or_here(settings, lambda owner: owner.ask(decision, version=version), here)


def _by_owner_or_here(
    settings: Settings, in_bot: Callable[[Owner], _Result], here: Callable[[KnowledgeBase], _Result]
) -> _Result:
    """Let the running bot do it, which owns the knowledge base, or open the base here."""
    owner = Owner.find(settings.data_dir)
    if owner is not None:
        return in_bot(owner)
    with open_directory(settings) as base:
        return here(base)
