"""`vanphong run`: the Telegram bot, or the trial in the browser while there is no token."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from bot.cli.main import app
from bot.cli.sandbox import serve_trial, tell
from bot.stop_signal import stop_signal
from bot.terminal.console import out

if TYPE_CHECKING:
    from bot.settings import Settings

_TRIAL_INSTEAD = (
    "Chưa có TELEGRAM_BOT_TOKEN nên chưa nối Telegram (xem .env.example). "
    "Mở bản dùng thử ngay trên máy này:"
)


@app.command()
def run(context: typer.Context) -> None:
    """Chạy bot Telegram; chưa có mã bot thì dùng thử trong trình duyệt."""
    settings: Settings = context.obj
    if settings.telegram_bot_token is None:
        out.print(_TRIAL_INSTEAD, markup=False)
        asyncio.run(serve_trial(settings, tell))
    else:
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    # late: these load python-telegram-bot, the model's and the index's libraries
    from bot.running import running_bot  # noqa: PLC0415
    from bot.terminal.opening import open_encoder  # noqa: PLC0415

    encoder = await asyncio.to_thread(open_encoder, settings)
    async with running_bot(settings, encoder):
        await stop_signal()
