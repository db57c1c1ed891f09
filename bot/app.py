"""Puts the bot together: the one place where its parts meet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application

from bot.errors import ApiUnreachableError, SettingsError, TokenError
from bot.handlers.audit import AuditHandlers
from bot.handlers.errors import ErrorHandler
from bot.handlers.gate import Gate, GuardedApplication
from bot.handlers.invitations import InvitationHandlers
from bot.handlers.joining import JoiningHandlers
from bot.handlers.other_messages import OtherMessageHandlers
from bot.handlers.people import PeopleHandlers
from bot.handlers.personal_data import PersonalDataHandlers
from bot.handlers.questions import QuestionHandlers
from bot.handlers.sources import SourceHandlers
from bot.handlers.start import StartHandlers
from bot.limits import CONCURRENT_UPDATES, RETRIES
from bot.menus import CommandMenus
from bot.people.audit import AuditLog
from bot.people.invitations import Invitations
from bot.people.join_requests import JoinRequests
from bot.people.personal_data import PersonalData
from bot.people.registry import People
from bot.profile import publish_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram.request import BaseRequest

    from bot.database import Database
    from bot.knowledge_worker import KnowledgeWorker
    from bot.people.personal_data import PersonalDataStore
    from bot.record_service import RecordService
    from bot.settings import Settings

App = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)

_log = structlog.get_logger(__name__)


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def build_application(  # noqa: PLR0913 -- the parts of the whole program
    settings: Settings,
    worker: KnowledgeWorker,
    database: Database,
    *,
    record: RecordService | None = None,
    request: BaseRequest | None = None,
    now: Callable[[], dt.datetime] = _utc_now,
) -> App:
    """Return the bot's application, not yet started.

    `database` is migrated; it is connected when the bot starts and closed when it ends. `record`,
    on that database, keeps what is answered. `request` replaces the HTTP client, `now` the clock.
    Raises SettingsError without a token.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError("Chưa có TELEGRAM_BOT_TOKEN. Hãy đặt mã bot do @BotFather cấp.")
    people = People(database, settings.admin_ids)
    audit = AuditLog(database)
    gate = Gate(people, audit, settings.access, now)
    menus = CommandMenus(settings.access)
    invitations = Invitations(database)
    # Each feature that keeps something about people adds its store.
    stores: Sequence[PersonalDataStore] = () if record is None else (record.personal_data,)

    async def started(application: App) -> None:
        await database.connect()
        if record is not None:
            record.start()
        await publish_profile(application.bot)
        _log.info("bot_started", username=application.bot.username)

    async def stopped(_application: App) -> None:
        if record is not None:
            await record.close()
        await database.close()

    builder = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .concurrent_updates(CONCURRENT_UPDATES)
        .rate_limiter(AIORateLimiter(max_retries=RETRIES))
        .application_class(GuardedApplication, {"gate": gate})
        .post_init(started)
        .post_shutdown(stopped)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application = builder.build()
    for room in (
        JoiningHandlers(people, invitations, JoinRequests(database, settings.access), menus, now),
        StartHandlers(gate, people, menus),
        PeopleHandlers(people, menus, now),
        InvitationHandlers(invitations, now),
        AuditHandlers(audit, now),
        PersonalDataHandlers(PersonalData(database, people, audit, stores), menus, now),
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
