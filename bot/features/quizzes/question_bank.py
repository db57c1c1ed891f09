"""The question bank for a command: the files, with or without what the database holds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.terminal.console import say
from knowledge.quiz.bank.reading import read_bank

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database import Database
    from bot.settings import Settings
    from knowledge.quiz.bank.bank import QuestionBank


@dataclass(frozen=True, slots=True)
class StoredBank:
    """All questions, those in use, and the ids of the retired ones."""

    everything: QuestionBank
    in_use: QuestionBank
    retired: frozenset[str]


def sound_bank(directory: Path) -> QuestionBank:
    """Read the files, and say on stderr when something in them is left out."""
    reading = read_bank(directory)
    if reading.errors:
        say(
            f"Có {len(reading.errors)} chỗ sai trong các tệp câu hỏi đã bị bỏ qua; xem: "
            "vanphong quiz check."
        )
    return reading.bank


async def stored_bank(settings: Settings, database: Database) -> StoredBank:
    """Read the bank as the bot uses it since it last looked; raises QuizFileError, DatabaseError.

    Files with errors are named on stderr; their other questions count.
    """
    # late: `sound_bank` needs none of the database's libraries
    from bot.features.quizzes.question_pool import with_questions, without_questions  # noqa: PLC0415
    from bot.features.quizzes.question_store import QuestionStore  # noqa: PLC0415
    from bot.features.quizzes.tables import OutOfUse  # noqa: PLC0415

    reading = await asyncio.to_thread(read_bank, settings.quizzes_dir)
    for problem in reading.errors:
        say(str(problem))
    store = QuestionStore(database)
    bank = with_questions(reading.bank, await store.approved())
    states = await store.states()
    retired = frozenset(key for key, state in states.items() if state is OutOfUse.RETIRED)
    return StoredBank(bank, without_questions(bank, states), retired)
