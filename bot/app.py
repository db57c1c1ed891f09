"""Puts the bot together: the one place where its parts meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram import Update
from telegram.ext import AIORateLimiter, Application

from bot.errors import SettingsError
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
    from bot.settings import Settings

App = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)

_log = structlog.get_logger(__name__)


def build_application(
    settings: Settings, worker: KnowledgeWorker, *, request: BaseRequest | None = None
) -> App:
    """Return the bot's application, not yet started.

    `request` replaces the HTTP client. Raises SettingsError without a token.
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
        QuestionHandlers(worker),
        SourceHandlers(worker),
        OtherMessageHandlers(),
    ):
        application.add_handlers(room.handlers())
    application.add_error_handler(ErrorHandler().handle)
    return application


async def _started(application: App) -> None:
    await publish_profile(application.bot)
    _log.info("bot_started", username=application.bot.username)
