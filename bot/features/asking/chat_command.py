"""`vanphong chat`: the assistant in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from bot.cli.main import app
from bot.terminal.console import err, out
from knowledge.errors import QuestionError

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge import Answer

_LEAVE = frozenset({"thoát", "thoat", "exit", "quit"})
_SHOW_SOURCE = frozenset({"nguồn", "nguon"})
_HELLO = (
    "Gõ câu hỏi rồi nhấn Enter (có dấu hay không dấu đều được). "
    "Gõ 'nguồn' để xem đoạn tài liệu của câu vừa hỏi, 'thoát' để dừng."
)


@app.command()
def chat(context: typer.Context) -> None:
    """Trò chuyện với trợ lý ngay trong cửa sổ dòng lệnh."""
    talk(context.obj)


def talk(settings: Settings) -> None:
    """Answer lines from stdin until it ends or someone leaves."""
    # late: these load the model's and the index's libraries
    from bot.features.asking.small_talk import reply_to_small_talk  # noqa: PLC0415
    from bot.features.asking.terminal_answers import print_answer, print_passages  # noqa: PLC0415
    from bot.terminal.opening import open_base  # noqa: PLC0415

    last: Answer | None = None
    with open_base(settings) as base:
        assistant = base.assistant()
        out.print(_HELLO, markup=False)
        while (line := _next_line()) is not None:
            word = line.strip().lower()
            if word in _LEAVE:
                break
            if word in _SHOW_SOURCE and last is not None:
                print_passages(last)
            elif (polite := reply_to_small_talk(line)) is not None:
                out.print(polite, markup=False)
            else:
                try:
                    last = assistant.answer(line)
                    print_answer(last)
                except QuestionError as error:
                    err.print(str(error), markup=False)


def _next_line() -> str | None:
    """Return the next line typed, or None at the end of the input."""
    if sys.stdin.isatty():
        try:
            return out.input("\n[bold]?[/] ")
        except EOFError:
            return None
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None
