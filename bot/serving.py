"""The whole bot at work: its knowledge base, its features and the connection to Telegram.

It connects by long polling or a webhook, and ends without losing an update.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
import sys
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.app import ALLOWED_UPDATES, all_features, build_application
from bot.errors import ApiUnreachableError, TokenError, WebhookError
from bot.feature import Core
from bot.knowledge_worker import SWITCH_SECONDS, KnowledgeWorker
from bot.telegram.intake import NotKeptError
from bot.telegram.update_processor import FairUpdateProcessor
from bot.telegram.webhook import WebhookServer
from bot.terminal.database import prepare_database
from bot.terminal.opening import open_base, open_model

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import App
    from bot.settings import Settings
    from embeddings import Encoder

RECEIVING_SECONDS = 1.0
"""For Telegram to take that no more updates are wanted, when the bot ends."""
FINISHING_SECONDS = 1.5
"""For handlers to finish the updates that they began."""
GIVING_UP_SECONDS = 0.5
"""For handlers that are cut off to put away what they hold."""

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def running_bot(settings: Settings, encoder: Encoder) -> AsyncIterator[None]:
    """Open what the bot needs, off the event loop, and serve while the block runs.

    Raises SettingsError where the language model that is set can't be used, and what opening the
    knowledge base and `serving` raise.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    model = await asyncio.to_thread(open_model, settings)
    with ExitStack() as opened:
        base = await asyncio.to_thread(opened.enter_context, open_base(settings, encoder))
        assistant = await asyncio.to_thread(base.assistant)
        worker = KnowledgeWorker(assistant, settings.answer_threads)
        opened.callback(worker.close)
        database = await asyncio.to_thread(prepare_database, settings)
        core = Core.of(settings, database, base, worker)
        writer = None if model is None else base.writer(model, seconds=settings.llm_seconds)
        features = all_features(core, writer)
        # What is loaded now stays: no collection of garbage is to look at it, for all would wait.
        gc.collect()
        gc.freeze()
        opened.callback(gc.unfreeze)
        async with serving(build_application(core, features), settings):
            try:
                yield
            finally:
                for feature in features:
                    feature.interrupt()


@asynccontextmanager
async def serving(application: App, settings: Settings) -> AsyncIterator[None]:
    """Hand Telegram's updates to the handlers while the block runs.

    Uses the webhook when WEBHOOK_URL is set, else long polling. Raises TokenError,
    ApiUnreachableError or WebhookError when it can't begin; later failures of the network are
    logged and tried again.
    """
    webhook = None if settings.webhook_url is None else _webhook(application, settings)
    try:
        await _begin(application, settings, webhook)
        yield
    finally:
        await _end(application, webhook)


async def _begin(application: App, settings: Settings, webhook: WebhookServer | None) -> None:
    api = settings.telegram_api_url
    try:
        await application.initialize()
        if application.post_init is not None:
            await application.post_init(application)
        await application.start()
        if webhook is None:
            await _start_polling(application)
        else:
            await _start_webhook(application, settings, webhook)
    except InvalidToken as error:
        raise TokenError(
            "Telegram không nhận TELEGRAM_BOT_TOKEN. Hãy lấy lại mã của bot từ @BotFather và sửa "
            "trong tệp .env."
        ) from error
    except NetworkError as error:
        raise ApiUnreachableError(
            f"Không kết nối được Bot API ở {api}. Hãy kiểm tra mạng, tường lửa và "
            "TELEGRAM_API_URL rồi chạy lại."
        ) from error
    except TelegramError as error:
        raise ApiUnreachableError(
            f"Bot API ở {api} từ chối: {error.message}. Hãy kiểm tra TELEGRAM_API_URL và "
            "WEBHOOK_URL."
        ) from error


async def _start_polling(application: App) -> None:
    if application.updater is not None:
        await application.updater.start_polling(
            allowed_updates=list(ALLOWED_UPDATES),
            bootstrap_retries=0,
            error_callback=_polling_failed,
        )


def _polling_failed(error: TelegramError) -> None:
    """Log in one line that no updates came; the library asks again, up to 30 s later."""
    if not isinstance(error, NotKeptError):  # that is logged where it began
        _log.warning("polling_failed", reason=str(error))


def _processor(application: App) -> FairUpdateProcessor:
    processor = application.update_processor
    if not isinstance(processor, FairUpdateProcessor):
        raise TypeError(f"the application is not built by build_application, got {processor!r}")
    return processor


def _webhook(application: App, settings: Settings) -> WebhookServer:
    secret = settings.webhook_secret
    return WebhookServer(
        _processor(application).intake.take,
        urlsplit(settings.webhook_url or "").path,
        secret.get_secret_value() if secret else secrets.token_urlsafe(32),
    )


async def _start_webhook(application: App, settings: Settings, webhook: WebhookServer) -> None:
    listen = settings.webhook_listen
    host, _, port = listen.rpartition(":")
    try:
        await webhook.start(host.strip("[]"), int(port))
    except OSError as error:
        raise WebhookError(
            f"Không mở được cổng {listen} để nhận webhook ({error.strerror}). "
            "Hãy đổi WEBHOOK_LISTEN."
        ) from error
    await application.bot.set_webhook(
        settings.webhook_url or "", allowed_updates=ALLOWED_UPDATES, secret_token=webhook.secret
    )


async def _end(application: App, webhook: WebhookServer | None) -> None:
    """Stop taking updates, finish those under way, disconnect; also after half a start.

    What waits is kept for the next start, and nothing is waited for longer than a moment: handlers
    that go on after FINISHING_SECONDS, such as those that wait for Telegram's limits, are cut off.
    """
    async with _at_most(RECEIVING_SECONDS, "receiving"):
        if webhook is not None:
            await webhook.stop()
        if application.updater is not None and application.updater.running:
            await application.updater.stop()
    if application.running:
        await _processor(application).stop(FINISHING_SECONDS)
        finishing = asyncio.ensure_future(application.stop())
        await asyncio.wait([finishing], timeout=GIVING_UP_SECONDS)
        if finishing.done():
            finishing.result()
        if application.post_stop is not None:
            await application.post_stop(application)
    await application.shutdown()
    await application.bot.shutdown()  # where it could not be initialised, that did nothing
    if application.post_shutdown is not None:
        await application.post_shutdown(application)


@asynccontextmanager
async def _at_most(seconds: float, what: str) -> AsyncIterator[None]:
    """Cut the block off after some time, and say so in the log."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        _log.warning("stop_cut_short", waited_for=what)
