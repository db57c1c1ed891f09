"""`vanphong versions` and `vanphong rollback`: versions kept and waiting, and the way back."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table

from bot.cli.main import app
from bot.terminal.console import out, say

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge import VersionInfo


@app.command()
def versions(
    context: typer.Context,
    promote: Annotated[
        str | None, typer.Option("--promote", metavar="BẢN", help="Dùng bản đang chờ quyết định.")
    ] = None,
    discard: Annotated[
        str | None, typer.Option("--discard", metavar="BẢN", help="Bỏ bản đang chờ quyết định.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="In mỗi bản là một đối tượng JSON trên một dòng.")
    ] = False,
) -> None:
    """Liệt kê các bản tài liệu (chỉ mục) còn giữ; xem và quyết định được cả khi bot đang chạy."""
    from knowledge import list_versions  # noqa: PLC0415 -- late: `--help` needs it not

    settings: Settings = context.obj
    if promote is not None and discard is not None:
        raise typer.BadParameter("chỉ chọn một trong hai: --promote hoặc --discard")
    if promote is not None:
        _decide(settings, "promote", promote)
        say(f"Đã chuyển sang bản {promote}.")
    if discard is not None:
        _decide(settings, "discard", discard)
        say(f"Đã bỏ bản {discard}.")
    infos = list_versions(settings.data_dir)
    if as_json:
        for info in infos:
            print(json.dumps(_values(info), ensure_ascii=False))
    elif infos:
        out.print(_table(infos))
    else:
        out.print("Chưa có bản nào. Hãy chạy 'vanphong reload'.", markup=False)


@app.command()
def rollback(
    context: typer.Context,
    version: Annotated[
        str | None, typer.Argument(help="Bản muốn quay lại; để trống: bản dùng ngay trước.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả là một đối tượng JSON.")
    ] = False,
) -> None:
    """Quay lại một bản tài liệu trước, cả khi bot đang chạy."""
    # late: these load the model's and the index's libraries
    from bot.access.audit import AuditAction  # noqa: PLC0415
    from bot.features.knowledge_versions.control_socket import Owner  # noqa: PLC0415
    from bot.terminal.audit_notes import note  # noqa: PLC0415
    from bot.terminal.opening import open_directory  # noqa: PLC0415

    settings: Settings = context.obj
    owner = Owner.find(settings.data_dir)
    if owner is not None:
        live = str(owner.ask("rollback", lambda _: None, to=version))
    else:
        with open_directory(settings) as base:
            live = base.rollback(version)
    note(settings, AuditAction.ROLL_BACK, live)
    if as_json:
        print(json.dumps({"version": live}))
    else:
        out.print(f"Đã quay lại bản {live}.", markup=False)


def _decide(settings: Settings, decision: Literal["promote", "discard"], version: str) -> None:
    """Promote or discard the version that waits, here or in the running bot."""
    # late: these load the model's and the index's libraries
    from bot.access.audit import AuditAction  # noqa: PLC0415
    from bot.features.knowledge_versions.control_socket import Owner  # noqa: PLC0415
    from bot.terminal.audit_notes import note  # noqa: PLC0415
    from bot.terminal.opening import open_directory  # noqa: PLC0415

    owner = Owner.find(settings.data_dir)
    if owner is not None:
        owner.ask(decision, lambda _: None, version=version)
    else:
        with open_directory(settings) as base:
            base.require_waiting(version)
            if decision == "promote":
                base.promote(version)
            else:
                base.discard(version)
    note(settings, AuditAction.PROMOTE if decision == "promote" else AuditAction.DISCARD, version)


def _values(info: VersionInfo) -> dict[str, str | int | bool | None]:
    promoted = info.promoted_at.isoformat() if info.promoted_at is not None else None
    times = {"built_at": info.built_at.isoformat(), "promoted_at": promoted}
    return {**dataclasses.asdict(info), **times}


def _table(infos: tuple[VersionInfo, ...]) -> Table:
    # late: these load the package `bot`
    from bot.features.knowledge_versions.version_line import marks  # noqa: PLC0415
    from bot.office_time import shown  # noqa: PLC0415

    table = Table()
    for heading in ("Bản", "Lập lúc", "Bài", "Đoạn", "Đưa vào dùng lúc", ""):
        table.add_column(heading, justify="right" if heading in {"Bài", "Đoạn"} else "left")
    for info in infos:
        promoted = shown(info.promoted_at) if info.promoted_at is not None else "–"
        table.add_row(
            info.name,
            shown(info.built_at),
            str(info.articles),
            str(info.chunks),
            promoted,
            ", ".join(marks(info)),
        )
    return table
