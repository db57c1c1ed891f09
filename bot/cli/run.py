"""`vanphong run`: the Telegram bot, or the chat in the terminal while there is no token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli.console import out
from bot.cli.main import app

if TYPE_CHECKING:
    from bot.settings import Settings

_CHAT_INSTEAD = (
    "Chưa có TELEGRAM_BOT_TOKEN nên chưa nối Telegram (xem .env.example). Mở trợ lý ngay tại đây:"
)


@app.command()
def run(context: typer.Context) -> None:
    """Chạy bot Telegram; chưa có mã bot thì trò chuyện tại đây."""
    settings: Settings = context.obj
    if settings.telegram_bot_token is None:
        from bot.cli.chat import talk  # noqa: PLC0415 -- only without a token

        out.print(_CHAT_INSTEAD, markup=False)
        talk(settings)
        return
    # late: these load python-telegram-bot, the model's and the index's libraries
    from bot.app import build_application, run_polling  # noqa: PLC0415
    from bot.cli.database import prepare_database  # noqa: PLC0415
    from bot.cli.opening import open_base  # noqa: PLC0415
    from bot.knowledge_worker import KnowledgeWorker  # noqa: PLC0415
    from bot.record_service import RecordService  # noqa: PLC0415

    database = prepare_database(settings)
    with open_base(settings) as base:
        worker = KnowledgeWorker(base.assistant(), settings.answer_threads)
        try:
            record = RecordService(database, base.encoder, settings.record_days)
            application = build_application(settings, worker, database, record=record)
            run_polling(application, settings.telegram_api_url)
        finally:
            worker.close()
