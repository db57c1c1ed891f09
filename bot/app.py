"""Puts the bot together: the one place where its parts meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import AIORateLimiter, Application

from bot.access.audit import AuditLog
from bot.access.audit_notes import Noting
from bot.access.registry import People
from bot.errors import SettingsError
from bot.feature_set import Features
from bot.features.asking.other_message_handlers import OtherMessageHandlers
from bot.features.asking.question_handlers import QuestionHandlers
from bot.features.asking.source_handlers import SourceHandlers
from bot.features.asking.start_handlers import StartHandlers
from bot.features.documents.list_handlers import DocumentListHandlers
from bot.features.documents.personal_data import DocumentsOfPerson
from bot.features.documents.upload_handlers import DocumentHandlers
from bot.features.knowledge_versions.reload_handlers import ReloadHandlers
from bot.features.knowledge_versions.reload_news import note_watched, tell_editors
from bot.features.knowledge_versions.version_handlers import VersionHandlers
from bot.features.people.audit_handlers import AuditHandlers
from bot.features.people.invitation_handlers import InvitationHandlers
from bot.features.people.invitations import Invitations
from bot.features.people.join_requests import JoinRequests
from bot.features.people.joining_handlers import JoiningHandlers
from bot.features.people.people_handlers import PeopleHandlers
from bot.features.people.personal_data import PersonalData
from bot.features.people.personal_data_handlers import PersonalDataHandlers
from bot.lifecycle import Lifecycle
from bot.limits import CONCURRENT_UPDATES, RETRIES
from bot.menu_commands import MENU_COMMANDS
from bot.office_time import utc_now
from bot.telegram.error_handler import ErrorHandler
from bot.telegram.gate import Gate, GuardedApplication
from bot.telegram.menus import CommandMenus
from bot.telegram.poll_answers import PollAnswerHandlers
from bot.telegram.sending import DEFAULTS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from telegram.request import BaseRequest

    from bot.database import Database
    from bot.feature import Room
    from bot.features.answer_log.recorder import Recorder
    from bot.features.people.personal_data import PersonalDataStore
    from bot.knowledge_worker import KnowledgeWorker
    from bot.settings import Settings
    from bot.telegram.poll_answers import TakesPollAnswers
    from knowledge import ReloadOutcome

App = Application[Any, Any, Any, Any, Any, Any]


ONLY_ANSWERS = Features()
ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.POLL_ANSWER)


def build_application(  # noqa: PLR0913 -- the parts of the whole program
    settings: Settings,
    worker: KnowledgeWorker,
    database: Database,
    features: Features = ONLY_ANSWERS,
    *,
    request: BaseRequest | None = None,
    now: Callable[[], dt.datetime] = utc_now,
) -> App:
    """Return the bot's application, not yet started.

    `database` is migrated; it is connected when the bot starts and closed when it ends.
    `request` replaces the HTTP client, `now` the clock. Raises SettingsError without a token.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError("Chưa có TELEGRAM_BOT_TOKEN. Hãy đặt mã bot do @BotFather cấp.")
    people = People(database, settings.admin_ids)
    audit = AuditLog(database)
    gate = Gate(people, audit, settings.access, now)
    menus = CommandMenus(settings.access, MENU_COMMANDS)
    invitations = Invitations(database)

    async def tell(outcome: ReloadOutcome | Exception) -> None:
        await note_watched(audit, outcome, now())
        await tell_editors(application.bot, people, outcome)

    record = features.record
    recorder = None if record is None else record.recorder
    lifecycle = Lifecycle(settings, database, features, tell, menus)

    builder = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .defaults(DEFAULTS)
        .concurrent_updates(CONCURRENT_UPDATES)
        .rate_limiter(AIORateLimiter(max_retries=RETRIES))
        .application_class(GuardedApplication, {"gate": gate})
        .post_init(lifecycle.started)
        .post_stop(lifecycle.stopping)
        .post_shutdown(lifecycle.stopped)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application = builder.build()
    rooms: tuple[Room, ...] = (
        *_learning_rooms(features, Noting(audit, now), recorder, gate),
        JoiningHandlers(
            people,
            invitations,
            JoinRequests(database, settings.access),
            menus,
            now,
        ),
        StartHandlers(gate, menus),
        PeopleHandlers(people, menus, now),
        InvitationHandlers(invitations, now),
        AuditHandlers(audit, now),
        PersonalDataHandlers(PersonalData(database, people, audit, _stores(features)), menus, now),
        *_knowledge_rooms(settings, features, Noting(audit, now), people),
        QuestionHandlers(
            worker,
            recorder,
            makes_cards=features.learning is not None,
        ),
        SourceHandlers(worker),
        *(record.rooms() if record is not None else ()),
        OtherMessageHandlers(),
    )
    for room in rooms:
        application.add_handlers(room.handlers())
    application.add_error_handler(ErrorHandler().handle)
    return application


def _stores(features: Features) -> list[PersonalDataStore]:
    """Return what keeps something about people, beside the people themselves."""
    stores: list[PersonalDataStore] = []
    if features.record is not None:
        stores.append(features.record.personal_data)
    if features.learning is not None:
        stores += features.learning.personal_data
    if features.desk is not None:
        stores.append(DocumentsOfPerson(features.desk))
    if features.challenges is not None:
        stores.append(features.challenges.personal_data)
    return stores


def _learning_rooms(
    features: Features, noting: Noting, recorder: Recorder | None, gate: Gate
) -> list[Room]:
    """Return the rooms of those who learn.

    They come first: links to a certificate are a /start, and an edited draft is plain text.
    """
    learning, challenges = features.learning, features.challenges
    if learning is None:
        return []
    rooms = learning.rooms(noting, recorder)
    takers: list[TakesPollAnswers] = [learning.runner]
    if challenges is not None:
        rooms += challenges.rooms(gate)
        takers.append(challenges.runner)
    return [*rooms, PollAnswerHandlers(takers)]


def _knowledge_rooms(
    settings: Settings, features: Features, noting: Noting, people: People
) -> list[Room]:
    """Return the rooms of those who look after the knowledge base."""
    if features.updates is None:
        return []
    reloading = ReloadHandlers(features.updates, settings.articles_dir, noting)
    rooms: list[Room] = [reloading, VersionHandlers(features.updates, noting)]
    if features.desk is not None:  # before the questions: details of a draft are plain text, too
        rooms += [
            DocumentHandlers(features.desk, noting, reloading.after_change),
            DocumentListHandlers(features.desk, noting, reloading.after_change, people),
        ]
    return rooms
