"""Reads the command line and turns failures into one Vietnamese line and an exit code."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import typer.main

from bot.cli.vietnamese import (
    VietnameseGroup,
    completion_in_vietnamese,
    in_vietnamese,
    usage_problem,
)
from bot.closed_files import close_new_files
from bot.terminal.console import BAD_USAGE, FAILED, alert

if TYPE_CHECKING:
    from typer._click import Command

_NAME = "vanphong"
_PACKAGE = "vanphong-bot"
_INTERRUPTED = 130
_HELP_OPTIONS = ["-h", "--help"]
_COMMANDS = {
    "Chạy": ("bot.cli.run",),
    "Hỏi đáp": (
        "bot.features.asking.command_line",
        "bot.features.answer_log.command_line",
        "bot.features.forwarded_questions.command_line",
        "bot.features.evaluation.command_line",
    ),
    "Tài liệu": (
        "bot.features.knowledge_versions.command_line",
        "bot.features.documents.command_line",
    ),
    "Học tập": (
        "bot.features.quizzes.command_line",
        "bot.features.drafts.command_line",
        "bot.features.mentoring.command_line",
        "bot.features.certificates.command_line",
    ),
    "Quản trị": ("bot.features.people.command_line", "bot.backup.command_line"),
}
"""Under each heading of the help the modules whose `commands` come there."""
_EXAMPLES = """
[bold]Ví dụ[/]

vanphong run

vanphong ask 2 thao 3 dung 3 khong gom nhung gi
"""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line as this process and leave with its exit code."""
    close_new_files()
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code: 0, 1 for a failure, 2 for bad usage."""
    try:
        result = _program().main(args=arguments, prog_name=_NAME, standalone_mode=False)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # a group alone has shown its commands
            return 0
        alert("Lỗi", f"{usage_problem(error)}. Xem cách dùng: vanphong --help", "red")
        return BAD_USAGE
    except _expected() as error:
        alert("Lỗi", str(error), "red")
        return FAILED
    return result if isinstance(result, int) else 0


@cache
def _program() -> Command:
    """Return the whole command line; each command loads what it needs only when it runs."""
    app = typer.Typer(
        name=_NAME,
        cls=VietnameseGroup,
        callback=_globals,
        help="Trợ lý hỏi đáp của Văn phòng UBND tỉnh Lào Cai.",
        epilog=_EXAMPLES,
        invoke_without_command=True,
        rich_markup_mode="rich",
        context_settings={"help_option_names": _HELP_OPTIONS},
    )
    for heading, modules in _COMMANDS.items():
        for module in modules:
            _collect(app, import_module(module).commands, heading)
    in_vietnamese(app)
    program = typer.main.get_command(app)
    completion_in_vietnamese(program)
    return program


def _collect(app: typer.Typer, commands: typer.Typer, heading: str) -> None:
    """Put a feature's commands under a heading; groups of the same name become one."""
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    for command in commands.registered_commands:
        command.rich_help_panel = heading
        app.registered_commands.append(command)
    for group in commands.registered_groups:
        begun, more = groups.get(group.name), group.typer_instance
        if begun is None or more is None:
            group.rich_help_panel = heading
            app.registered_groups.append(group)
        else:
            begun.registered_commands += more.registered_commands


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # late: only this option needs it

        print(f"{_NAME} {version(_PACKAGE)}")
        raise typer.Exit


def _globals(
    context: typer.Context,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="Thư mục dữ liệu (thay cho DATA_DIR)."),
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option("--articles", help="Thư mục bài viết (thay cho ARTICLES_DIR)."),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="In số phiên bản rồi thoát."
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit
    if any(argument in _HELP_OPTIONS for argument in sys.argv):
        return
    # late: `--help` needs no settings
    from bot.backup.staging import require_restored
    from bot.log import configure_logging
    from bot.settings import load_settings

    settings = load_settings(data_dir=data_dir, articles_dir=articles)
    if context.invoked_subcommand != "restore":
        require_restored(settings.data_dir)
    configure_logging(settings)
    context.obj = settings


def _expected() -> tuple[type[Exception], ...]:
    """Return the errors that are told in a line; late, when there is one."""
    from bot.errors import BotError
    from embeddings.errors import EmbeddingError
    from knowledge.errors import KnowledgeError

    return BotError, KnowledgeError, EmbeddingError
