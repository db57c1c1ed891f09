"""What the bot can do beside answering questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.challenges.service import ChallengeService
    from bot.documents.desk import DocumentDesk
    from bot.knowledge_updates import KnowledgeUpdates
    from bot.learning.service import LearningService
    from bot.record_service import RecordService


@dataclass(frozen=True, slots=True)
class Features:
    """Each is opened before the bot starts and closed after it has ended; None leaves it out."""

    updates: KnowledgeUpdates | None = None
    """Reloads, versions and rollbacks."""
    desk: DocumentDesk | None = None
    """Documents that editors send; what they change is followed by a reload, so needs `updates`."""
    record: RecordService | None = None
    """What was asked and answered, on the bot's database."""
    learning: LearningService | None = None
    """Quizzes, the learning path and reviews, on the bot's database."""
    challenges: ChallengeService | None = None
    """Challenges in groups, over the questions of `learning`, which they need."""
