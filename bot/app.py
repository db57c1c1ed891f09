"""Puts the bot together: the one place where its features meet."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Update
from telegram.ext import Application

from bot.errors import SettingsError, UpdateSetAsideError
from bot.features.answer_log.feature import AnswerLogFeature
from bot.features.asking.feature import AskingFeature
from bot.features.certificates.feature import CertificatesFeature
from bot.features.challenges.feature import ChallengesFeature
from bot.features.documents.feature import DocumentsFeature
from bot.features.drafts.feature import DraftsFeature
from bot.features.forwarded_questions import Inbox
from bot.features.forwarded_questions.feature import ForwardedQuestionsFeature
from bot.features.knowledge_versions.feature import KnowledgeVersionsFeature
from bot.features.mentoring.feature import MentoringFeature
from bot.features.onboarding.feature import OnboardingFeature
from bot.features.people.feature import PeopleFeature
from bot.features.quizzes.feature import QuizzesFeature
from bot.features.quizzes.study import Study
from bot.features.retention.feature import RetentionFeature
from bot.features.reviews.feature import ReviewsFeature
from bot.features.sources.feature import SourcesFeature
from bot.features.written_answers.feature import WrittenAnswersFeature
from bot.telegram.chat_moves import ChatMoveHandlers
from bot.telegram.error_handler import ErrorHandler
from bot.telegram.flood import FloodGuard
from bot.telegram.gate import GuardedApplication
from bot.telegram.incoming import BotApiRequest, UpdatesRequest
from bot.telegram.intake import Intake
from bot.telegram.pacing import Pacing
from bot.telegram.poll_answers import PollAnswerHandlers
from bot.telegram.profile import publish_profile
from bot.telegram.repeated_calls import CallsOnce
from bot.telegram.sending import DEFAULTS
from bot.telegram.sent_calls import SENT_CALLS_FILE, SentCalls
from bot.telegram.update_journal import UpdateJournal
from bot.telegram.update_processor import FairUpdateProcessor
from bot.telegram.waiting_updates import WaitingUpdatesOfPerson
from bot.unfinished_deeds import UnfinishedDeeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram.request import BaseRequest

    from bot.feature import Core, Feature
    from bot.personal_data import PersonalDataStore
    from knowledge import Writer

App = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.POLL_ANSWER,
    Update.POLL,
    Update.INLINE_QUERY,
    Update.MESSAGE_REACTION,
    Update.MY_CHAT_MEMBER,
)

CLOSING_SECONDS = 1.0
"""For a feature to store what is left; what it does beside answering is cut off then."""

_log = structlog.get_logger(__name__)


def all_features(core: Core, writer: Writer | None = None) -> list[Feature]:
    """Return what the bot can do; answers are extracted where no `writer` writes them.

    Asking takes any text and /start, so it comes last: a certificate's link is a /start, and an
    edited draft is plain text. The order of the others is that of their commands in the menus.
    """
    study = Study(core)
    inbox = Inbox(core.database, core.marks)
    answer_log = AnswerLogFeature(core, inbox.take_feedback)
    certificates = CertificatesFeature(core, study)
    quizzes = QuizzesFeature(core, study, certificates.award)
    versions = KnowledgeVersionsFeature(core)
    written = WrittenAnswersFeature(core, writer)
    features: list[Feature] = [
        OnboardingFeature(core, study, quizzes.runner),
        quizzes,
        ReviewsFeature(core, study, quizzes.runner, answer_log.recorder),
        certificates,
        ChallengesFeature(core, study.pool),
        DraftsFeature(core, study),
        MentoringFeature(core, study),
        DocumentsFeature(core, versions.after_change),
        versions,
        ForwardedQuestionsFeature(core, inbox, answer_log.recorder),
        answer_log,
        SourcesFeature(core),
        written,
    ]
    asking = AskingFeature(
        core, answer_log.recorder, answer_log.keyboards, study.pool, written.answers
    )
    stores: list[PersonalDataStore] = [WaitingUpdatesOfPerson(core.database)]
    stores += [store for feature in (*features, asking) for store in feature.personal_data]
    people = PeopleFeature(core, stores, asking.suggestions)
    *first, help_ = asking.commands
    others = [command for feature in features for command in feature.commands]
    core.menus.commands = (*first, *others, help_, *people.commands)
    features += [people, asking]
    retention = RetentionFeature(core, [one for each in features for one in each.expiring])
    return [*features, retention]


def build_application(
    core: Core, features: Sequence[Feature], *, request: BaseRequest | None = None
) -> App:
    """Return the bot's application, not yet started; `request` replaces the HTTP client.

    The database is connected when the bot starts and closed when it ends. Raises SettingsError
    without a token.
    """
    settings = core.settings
    if settings.telegram_bot_token is None:
        raise SettingsError("Chưa có TELEGRAM_BOT_TOKEN. Hãy đặt mã bot do @BotFather cấp.")

    unfinished = UnfinishedDeeds(core, features)

    async def started(application: App) -> None:
        await core.database.connect()
        await unfinished.start(application.bot)
        for feature in features:
            await feature.start(application.bot)
        await publish_profile(application.bot, core.menus)
        await intake.start(application.bot)
        _log.info("bot_started", username=application.bot.username)

    async def stopping(_application: App) -> None:
        await intake.close()
        for feature in reversed(features):
            try:
                async with asyncio.timeout(CLOSING_SECONDS):
                    await feature.close()
            except TimeoutError:
                _log.warning("feature_closed_late", feature=type(feature).__name__)
        await unfinished.close()

    async def stopped(_application: App) -> None:
        await core.database.close()

    def takes(update: Update) -> bool:
        return isinstance(application, GuardedApplication) and application.takes(update)

    async def give_up(update: Update) -> None:
        await application.process_error(update, UpdateSetAsideError())

    token = settings.telegram_bot_token.get_secret_value()
    queue: asyncio.Queue[object] = asyncio.Queue()
    journal = UpdateJournal(core.database, token)
    sent = SentCalls(settings.data_dir / SENT_CALLS_FILE, journal.bot_id)
    intake = Intake(journal, sent, queue, takes, FloodGuard(core.now), clock=core.clock)
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .defaults(DEFAULTS)
        .request(request or BotApiRequest())
        .get_updates_request(request or UpdatesRequest(intake.take, connection_pool_size=1))
        .update_queue(queue)
        .concurrent_updates(FairUpdateProcessor(intake, give_up))
        .rate_limiter(CallsOnce(Pacing(), sent))
        .application_class(GuardedApplication, {"gate": core.gate})
        .post_init(started)
        .post_stop(stopping)
        .post_shutdown(stopped)
        .build()
    )
    application.add_handlers(PollAnswerHandlers(features).handlers())
    application.add_handlers(ChatMoveHandlers(features).handlers())
    for feature in features:
        for group in feature.handler_groups:
            application.add_handlers(group.handlers())
    application.add_error_handler(ErrorHandler().handle)
    return application
