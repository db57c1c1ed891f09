"""`vanphong run`: the bot, or its trial in the browser; `doctor`: a check of the installation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from bot.cli.sandbox import serve_trial, tell
from bot.stop_signal import stop_signal
from bot.terminal.console import FAILED, out
from bot.terminal.opening import open_encoder

if TYPE_CHECKING:
    from bot.settings import Settings

_TRIAL_INSTEAD = (
    "Chưa có TELEGRAM_BOT_TOKEN nên chưa nối Telegram (xem .env.example). "
    "Mở bản dùng thử ngay trên máy này:"
)

commands = typer.Typer()


@commands.command()
def run(context: typer.Context) -> None:
    """Chạy bot Telegram; chưa có mã bot thì dùng thử trong trình duyệt."""
    settings: Settings = context.obj
    if settings.telegram_bot_token is None:
        out.print(_TRIAL_INSTEAD, markup=False)
        asyncio.run(serve_trial(settings, tell))
    else:
        asyncio.run(_serve(settings))


@commands.command()
def doctor(context: typer.Context) -> int:
    """Kiểm tra Python, mô hình, chỉ mục, khóa và mã bot; chỉ cách sửa."""
    # late: it loads the model's and the index's libraries
    from bot.cli.self_check import Outcome, self_check

    marks = {
        Outcome.GOOD: ("✓", "green"),
        Outcome.NOTE: ("•", "yellow"),
        Outcome.BAD: ("✗", "red"),
    }
    findings = self_check(context.obj)
    for finding in findings:
        mark, colour = marks[finding.outcome]
        out.print(Text.assemble((f"{mark} {finding.subject}: ", colour), finding.text))
    return FAILED if any(finding.outcome is Outcome.BAD for finding in findings) else 0


async def _serve(settings: Settings) -> None:
    from bot.running import running_bot  # late: python-telegram-bot

    encoder = await asyncio.to_thread(open_encoder, settings)
    async with running_bot(settings, encoder):
        await stop_signal()
