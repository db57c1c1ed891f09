"""Typer speaks Vietnamese: its headings, its own options, and what it says of wrong usage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer
from typer import rich_utils
from typer._click import Command  # Typer has no public name for this and the next
from typer._completion_shared import install
from typer.core import TyperCommand, TyperGroup, TyperOption

from bot.terminal.console import say

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter, Parameter

_USAGE = "Cách dùng: "
_PLACES = {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH [THAM SỐ]..."}
_OPTIONS = {
    "help": "In hướng dẫn này rồi thoát.",
    "install_completion": "Cài gợi ý khi gõ phím Tab cho cửa sổ dòng lệnh đang dùng.",
    "show_completion": "In đoạn mã gợi ý khi gõ phím Tab, để chép hoặc sửa rồi tự cài.",
}
_PROBLEMS = (
    (r"No such command (.+)\. Did you mean (.+)\?", r"không có lệnh \1, gần giống: \2"),
    (r"No such command (.+)", r"không có lệnh \1"),
    (r"No such option: (\S+).*", r"không có tùy chọn \1"),
    (r"Option '(.+)' requires an argument", r"tùy chọn \1 cần một giá trị"),
    (r"Option '(.+)' does not take a value", r"tùy chọn \1 không nhận giá trị"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"thừa tham số: \1"),
    (r"Value error, (.+) is not one of (.+)", r"phải là một trong \2, không phải \1"),
    (r"Input should be a valid integer.*", "phải là số nguyên"),
    (r"Input should be greater than or equal to (.+)", r"phải từ \1 trở lên"),
    (r"Input should be less than or equal to (.+)", r"không được quá \1"),
)


class _VietnameseCommand(Command):
    """What is the same for a command and a group of them."""

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        pieces = [_PLACES.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), _USAGE)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _OPTIONS["help"]
        return option


class VietnameseCommand(_VietnameseCommand, TyperCommand):
    """A command whose help is Vietnamese."""


class VietnameseGroup(_VietnameseCommand, TyperGroup):
    """A group of commands whose help is Vietnamese."""


def in_vietnamese(app: typer.Typer) -> None:
    """Let all commands of `app` show Vietnamese help."""
    rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn"
    rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số"
    rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"
    rich_utils.DEFAULT_STRING = "[mặc định: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[bắt buộc]"
    for command in app.registered_commands:
        command.cls = VietnameseCommand
    for group in app.registered_groups:
        group.cls = VietnameseGroup
        if group.typer_instance is not None:
            in_vietnamese(group.typer_instance)


def completion_in_vietnamese(program: Command) -> None:
    """Let Typer's options for completion say in Vietnamese what they do and have done."""
    for parameter in program.params:
        if isinstance(parameter, TyperOption) and parameter.name in _OPTIONS:
            parameter.help = _OPTIONS[parameter.name]
            if parameter.name == "install_completion":
                parameter.callback = _install_completion


def _install_completion(context: Context, _option: Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        shell, place = install()
        say(f"Đã cài gợi ý cho {shell} ở {place}; hãy mở cửa sổ dòng lệnh mới để dùng.")
        raise typer.Exit


def usage_problem(error: typer.TyperException) -> str:
    """Return in Vietnamese what is wrong with the command line."""
    parameter = getattr(error, "param", None)
    name = (parameter.name or "").upper() if parameter is not None else ""
    if type(error).__name__ == "MissingParameter":  # Typer keeps the class to itself
        return f"thiếu {name}"
    message = str(getattr(error, "message", error)).rstrip(".")
    for pattern, vietnamese in _PROBLEMS:
        if found := re.fullmatch(pattern, message):
            message = found.expand(vietnamese)
            break
    return f"{name}: {message}" if name else message
