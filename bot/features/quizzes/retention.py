"""What is kept of quizzes and reviews, and for how long."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import and_, not_

from bot.features.quizzes.tables import (
    AttemptRow,
    QuizSessionRow,
    ReviewRow,
    SessionKind,
    SessionState,
)
from bot.retention import Expiring, rows_over

if TYPE_CHECKING:
    from bot.feature import Core

_RESULT_OF_THE_PATH = and_(
    QuizSessionRow.kind == SessionKind.PATH,
    QuizSessionRow.state == SessionState.FINISHED,
    QuizSessionRow.person_id.is_not(None),
)
"""What progress and certificates rest on: it stays as long as the person does."""


def expiring(core: Core) -> tuple[Expiring, ...]:
    """Return what expires after LEARNING_DAYS: quizzes with their answers, and ratings of cards."""
    kept = dt.timedelta(days=core.settings.learning_days)
    database, now = core.database, core.now
    return (
        rows_over(
            database,
            QuizSessionRow,
            lambda at: and_(QuizSessionRow.started_at < at - kept, not_(_RESULT_OF_THE_PATH)),
            now,
        ),
        rows_over(database, AttemptRow, lambda at: AttemptRow.prepared_at < at - kept, now),
        rows_over(database, ReviewRow, lambda at: ReviewRow.at < at - kept, now),
    )
