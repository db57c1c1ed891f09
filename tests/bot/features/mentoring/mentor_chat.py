"""A chat with the handlers of progress, the cohort, item analysis and the leaderboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from telegram.ext import Application

from bot.access.audit import AuditEntry, AuditLog
from bot.access.audit_notes import AuditNotes
from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.mentoring.cohort_handlers import CohortHandlers
from bot.features.mentoring.item_handlers import ItemAnalysisHandlers
from bot.features.onboarding.leaderboard import Leaderboard
from bot.features.onboarding.leaderboard_handlers import LeaderboardHandlers
from bot.features.onboarding.progress_handlers import ProgressHandlers
from bot.features.quizzes.learners import Learners
from bot.features.quizzes.question_pool import QuestionPool
from bot.features.quizzes.question_store import QuestionStore
from bot.settings import Access
from bot.telegram.gate import Gate, GuardedApplication
from bot.telegram.sending import DEFAULTS
from knowledge.quiz.bank.bank import QuestionBank
from tests.bot.conftest import TOKEN, Telegram
from tests.bot.features.quizzes.learners import BANK, NOW
from tests.bot.offline_request import BOT, DATE, Call, OfflineRequest

MENTOR = {"id": 500, "is_bot": False, "first_name": "Hà"}


class MentorChat(Telegram):
    """An editor's side; `pool` holds the questions."""

    def __init__(self, database: Database, bank: QuestionBank) -> None:
        self.database = database
        self.now = NOW
        store = QuestionStore(database)
        self.pool = QuestionPool(Path(), SimpleNamespace(), store, now=lambda: self.now)
        self.holds(bank)
        self.audit = AuditLog(database)
        gate = Gate(People(database), self.audit, Access.APPROVAL, lambda: self.now)
        request = OfflineRequest()
        builder = Application.builder().token(TOKEN).defaults(DEFAULTS).request(request)
        application = builder.application_class(GuardedApplication, {"gate": gate}).build()
        notes = AuditNotes(self.audit, lambda: self.now)
        study = SimpleNamespace(pool=self.pool, learners=Learners(database, 14))
        core = SimpleNamespace(database=database, notes=notes, now=lambda: self.now)
        for room in (
            ProgressHandlers(core, self.pool),
            CohortHandlers(core, study),
            ItemAnalysisHandlers(core, self.pool),
            LeaderboardHandlers(Leaderboard(database), study.learners),
        ):
            application.add_handlers(room.handlers())
        super().__init__(application, request, MENTOR)

    def holds(self, bank: QuestionBank) -> None:
        """Let the pool hold these questions, all of them in use."""
        self.pool._all = self.pool._bank = bank

    async def log(self) -> list[AuditEntry]:
        """The audit log, oldest first, without how the roles were given."""
        return [entry async for entry in self.audit.all() if entry.action != "people.set_role"]


@asynccontextmanager
async def mentor_chat(database: Database, bank: QuestionBank = BANK) -> AsyncIterator[MentorChat]:
    """The chat of an editor; 600 is a newcomer's."""
    chat = MentorChat(database, bank)
    for person_id, role in ((MENTOR["id"], Role.EDITOR), (600, Role.NEWCOMER)):
        await People(database).set_role(CLI, int(str(person_id)), role, NOW, name="Hà")
    async with chat.application:
        yield chat


async def answer_prompt(person: Telegram, text: str, prompt: str) -> list[Call]:
    """Reply to a message of the bot."""
    asked = {"message_id": 4, "date": DATE, "from": BOT, "chat": person.private, "text": prompt}
    return await person.sends(text, reply_to_message=asked)


def caption(call: Call) -> str:
    """The text under a picture that was sent or edited."""
    media: dict[str, Any] = call.parameters.get("media") or call.parameters
    return str(media.get("caption", ""))
