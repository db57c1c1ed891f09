"""What the bot can do beside answering questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.features.answer_log.service import RecordService
    from bot.features.challenges.service import ChallengeService
    from bot.features.documents.service import DocumentDesk
    from bot.features.knowledge_versions.updates import KnowledgeUpdates
    from bot.features.quizzes.service import LearningService


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
