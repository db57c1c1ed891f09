"""Puts the bot together: the one place where its parts meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application

from bot.errors import ApiUnreachableError, SettingsError, TokenError
from bot.handlers.errors import ErrorHandler
from bot.handlers.other_messages import OtherMessageHandlers
from bot.handlers.questions import QuestionHandlers
from bot.handlers.sources import SourceHandlers
from bot.handlers.start import StartHandlers
from bot.limits import CONCURRENT_UPDATES, RETRIES
from bot.profile import publish_profile

if TYPE_CHECKING:
    from telegram.request import BaseRequest

    from bot.knowledge_worker import KnowledgeWorker
    from bot.record_service import RecordService
    from bot.settings import Settings

App = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)

_log = structlog.get_logger(__name__)


def build_application(
    settings: Settings,
    worker: KnowledgeWorker,
    *,
    record: RecordService | None = None,
    request: BaseRequest | None = None,
) -> App:
    """Return the bot's application, not yet started.

    `record` keeps what is answered; `request` replaces the HTTP client. Raises SettingsError
    without a token.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError("Chưa có TELEGRAM_BOT_TOKEN. Hãy đặt mã bot do @BotFather cấp.")
    builder = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .concurrent_updates(CONCURRENT_UPDATES)
        .rate_limiter(AIORateLimiter(max_retries=RETRIES))
        .post_init(_started)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application = builder.build()
    for room in (
        StartHandlers(),
        QuestionHandlers(worker, record.recorder if record is not None else None),
        SourceHandlers(worker),
        *(record.rooms() if record is not None else ()),
        OtherMessageHandlers(),
    ):
        application.add_handlers(room.handlers())
    application.add_error_handler(ErrorHandler().handle)
    return application


def run_polling(application: App, api_url: str) -> None:
    """Serve by long polling until the process is told to stop.

    Raises TokenError or ApiUnreachableError when it can't begin; later failures of the network are
    logged and retried.
    """
    try:
        application.run_polling(allowed_updates=list(ALLOWED_UPDATES), bootstrap_retries=0)
    except InvalidToken as error:
        raise TokenError(
            "Telegram không nhận TELEGRAM_BOT_TOKEN. Hãy lấy lại mã của bot từ @BotFather và sửa "
            "trong tệp .env."
        ) from error
    except NetworkError as error:
        raise ApiUnreachableError(
            f"Không kết nối được Bot API ở {api_url}. Hãy kiểm tra mạng, tường lửa và "
            "TELEGRAM_API_URL rồi chạy lại."
        ) from error
    except TelegramError as error:
        raise ApiUnreachableError(
            f"Bot API ở {api_url} từ chối: {error.message}. Hãy kiểm tra TELEGRAM_API_URL."
        ) from error


async def _started(application: App) -> None:
    await publish_profile(application.bot)
    _log.info("bot_started", username=application.bot.username)
