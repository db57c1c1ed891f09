"""The question bank for a command: the files and the approved drafts, without the passages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.features.quizzes.question_pool import with_questions, without_questions
from bot.features.quizzes.question_store import QuestionStore
from bot.features.quizzes.question_tables import OutOfUse
from bot.terminal.console import say
from knowledge.quiz.bank.reading import read_bank

if TYPE_CHECKING:
    from bot.database import Database
    from bot.settings import Settings
    from knowledge.quiz.bank.bank import QuestionBank


@dataclass(frozen=True, slots=True)
class StoredBank:
    """All questions, those in use, and the ids of the retired ones."""

    everything: QuestionBank
    in_use: QuestionBank
    retired: frozenset[str]


async def stored_bank(settings: Settings, database: Database) -> StoredBank:
    """Read the bank as the bot uses it since it last looked; raises QuizFileError, DatabaseError.

    Files with errors are named on stderr; their other questions count.
    """
    reading = await asyncio.to_thread(read_bank, settings.quizzes_dir)
    for problem in reading.errors:
        say(str(problem))
    store = QuestionStore(database)
    bank = with_questions(reading.bank, await store.approved())
    states = await store.states()
    retired = frozenset(k for k, found in states.items() if found.state is OutOfUse.RETIRED)
    return StoredBank(bank, without_questions(bank, states), retired)
