"""Item analysis over the stored answers: what they say about each question of the bank."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.features.quizzes import AttemptRow, AttemptState
from knowledge.quiz.item_analysis import ItemAttempt, ItemWeakness, analyse, weaknesses

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from bot.database import Database
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.item_analysis import ItemStatistics
    from knowledge.quiz.question import QuizQuestion

_GRAVEST_FIRST = (
    ItemWeakness.NEGATIVE_DISCRIMINATION,
    ItemWeakness.LIKE_GUESSING,
    ItemWeakness.TOO_HARD,
    ItemWeakness.WEAK_DISCRIMINATION,
    ItemWeakness.TOO_EASY,
    ItemWeakness.IDLE_DISTRACTOR,
)
_OTHER_WORDING = ""
"""No question's id: an answer to another wording counts in the rest of its session only."""


@dataclass(frozen=True, slots=True)
class ItemReport:
    """What is known of one question in its present wording."""

    question: QuizQuestion
    topic: str
    """The title of its topic."""
    statistics: ItemStatistics
    weaknesses: tuple[ItemWeakness, ...]
    retired: bool


async def item_reports(
    database: Database, bank: QuestionBank, retired: Container[str]
) -> tuple[ItemReport, ...]:
    """Return a report for each question: the worst first, those without a weakness after them.

    `bank` also holds the questions out of use, `retired` are the ids of those; they come last.
    Everybody's first answer to a wording counts. Raises DatabaseError.
    """
    wording = {key: question.content_hash for key, question in bank.questions.items()}
    counted = (AttemptState.ANSWERED, AttemptState.EXPIRED)
    async with database.session() as session:
        rows = await session.execute(
            select(
                AttemptRow.session_id,
                AttemptRow.question_id,
                AttemptRow.content_hash,
                AttemptRow.score,
                AttemptRow.chosen,
            ).where(AttemptRow.first.is_(True), AttemptRow.state.in_(counted))
        )
        attempts = [
            ItemAttempt(
                session_id,
                question_id if wording.get(question_id) == content_hash else _OTHER_WORDING,
                score or 0.0,
                tuple(chosen or ()),
            )
            for session_id, question_id, content_hash, score, chosen in rows
        ]
    return await asyncio.to_thread(_reports, bank, attempts, retired)


def _reports(
    bank: QuestionBank, attempts: Sequence[ItemAttempt], retired: Container[str]
) -> tuple[ItemReport, ...]:
    statistics = analyse(bank.questions.values(), attempts)
    reports = [
        ItemReport(
            question,
            topic.title,
            statistics[question.question_id],
            tuple(weaknesses(statistics[question.question_id])),
            question.question_id in retired,
        )
        for topic in bank.topics
        for question in topic.questions
    ]
    return tuple(sorted(reports, key=_order))


def _order(report: ItemReport) -> tuple[bool, int, int, float]:
    gravest = min(map(_GRAVEST_FIRST.index, report.weaknesses), default=len(_GRAVEST_FIRST))
    discrimination = report.statistics.discrimination
    return (
        report.retired,
        gravest,
        -len(report.weaknesses),
        101.0 if discrimination is None else discrimination,
    )
