"""Reads the command line and turns failures into one Vietnamese line and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from typer import rich_utils

from bot.errors import BotError
from bot.terminal.console import err
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError

FAILED = 1
BAD_USAGE = 2
_INTERRUPTED = 130
_HELP_OPTIONS = ["-h", "--help"]
_COMMANDS = (
    "bot.cli.doctor",
    "bot.cli.run",
    "bot.cli.sandbox",
    "bot.features.answer_log.export_command",
    "bot.features.answer_log.gaps_command",
    "bot.features.answer_log.stats_command",
    "bot.features.asking.ask_command",
    "bot.features.asking.chat_command",
    "bot.features.certificates.certificates_command",
    "bot.features.certificates.verify_command",
    "bot.features.documents.docs_command",
    "bot.features.evaluation.eval_command",
    "bot.features.knowledge_versions.reload_command",
    "bot.features.knowledge_versions.versions_command",
    "bot.features.knowledge_versions.watch_command",
    "bot.features.mentoring.cohort_command",
    "bot.features.mentoring.items_command",
    "bot.features.people.audit_command",
    "bot.features.people.invite_command",
    "bot.features.people.people_command",
    "bot.features.quizzes.quiz_command",
)

rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn"
rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số"
rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"

app = typer.Typer(
    name="vanphong",
    help="Trợ lý hỏi đáp của Văn phòng UBND tỉnh Lào Cai.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": _HELP_OPTIONS},
)


@app.callback()
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
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit
    if any(argument in _HELP_OPTIONS for argument in sys.argv):
        return
    # late: `--help` needs no settings
    from bot.log import configure_logging  # noqa: PLC0415
    from bot.settings import load_settings  # noqa: PLC0415

    settings = load_settings(data_dir=data_dir, articles_dir=articles)
    configure_logging(settings)
    context.obj = settings


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code: 0, 1 for a failure, 2 for bad usage."""
    _register()
    try:
        result = app(args=arguments, standalone_mode=False)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # a group alone has shown its commands
            return 0
        _print_error(f"{_usage_problem(error)}. Xem cách dùng: vanphong --help")
        return BAD_USAGE
    except (BotError, KnowledgeError, EmbeddingError) as error:
        _print_error(str(error))
        return FAILED
    return result if isinstance(result, int) else 0


def _register() -> None:
    """Load the commands; each loads what it needs only when it runs."""
    for module in _COMMANDS:
        import_module(module)


def _print_error(message: str) -> None:
    err.print("[bold red]Lỗi:[/] ", end="")
    err.print(message, markup=False)


def _usage_problem(error: typer.TyperException) -> str:
    """Say in Vietnamese what is wrong with the command line."""
    parameter = getattr(error, "param", None)
    name = (parameter.name or "").upper() if parameter is not None else ""
    message = str(getattr(error, "message", error)).rstrip(".")
    # Typer keeps the classes below its public one to itself.
    match type(error).__name__:
        case "NoSuchOption":
            return f"không có tùy chọn {getattr(error, 'option_name', '')}"
        case "MissingParameter":
            return f"thiếu {name}"
        case "BadParameter":
            return f"{name}: {message}" if name else message
        case _ if message.startswith("No such command"):
            return f"không có lệnh {message.split(maxsplit=3)[-1]}"
        case _:
            return message
