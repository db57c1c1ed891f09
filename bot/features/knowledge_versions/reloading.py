"""Reloading for a command: in this process, or in the bot that owns the data directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.access.audit import AuditAction
from bot.features.knowledge_versions.control_socket import Owner
from bot.features.knowledge_versions.reload_lines import outcome_lines, outcome_values
from bot.terminal.audit_notes import note
from bot.terminal.opening import open_directory
from bot.terminal.progress import reload_progress

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge import ReloadRequest


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """How a reload ended: values for JSON, and lines for people."""

    values: dict[str, Any]
    lines: list[str]

    @property
    def version(self) -> str:
        """The version that was built, or that went on being used as nothing had changed."""
        return str(self.values["waiting"] or self.values["version"])


def reload_here_or_in_bot(settings: Settings, request: ReloadRequest) -> ToldOutcome:
    """Reload with an exam; raises like KnowledgeBase.reload_examined, or OwnerError."""
    owner = Owner.find(settings.data_dir)
    with reload_progress() as progress:
        if owner is None:
            with open_directory(settings) as base:
                outcome = base.reload_examined(request, progress=progress)
            return ToldOutcome(outcome_values(outcome), outcome_lines(outcome))
        told = owner.ask(
            "reload",
            progress,
            articles_dir=str(request.articles_dir.absolute()),
            full=request.full,
            exam=request.exam,
            force=request.force,
        )
    return ToldOutcome(told["values"], told["lines"])


def note_reload(settings: Settings, told: ToldOutcome, **details: object) -> None:
    """Write into the audit log that the command line reloaded."""
    promoted = told.values["promoted"]
    note(settings, AuditAction.RELOAD, told.version, promoted=promoted, **details)
