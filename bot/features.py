"""What the bot can do beside answering questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.documents.desk import DocumentDesk
    from bot.knowledge_updates import KnowledgeUpdates


@dataclass(frozen=True, slots=True)
class Features:
    """Each is opened before the bot starts and closed after it has ended; None leaves it out."""

    updates: KnowledgeUpdates | None = None
    """Reloads, versions and rollbacks."""
    desk: DocumentDesk | None = None
    """Documents that editors send; what they change is followed by a reload, so needs `updates`."""
