"""Reloading for a command: in this process, or in the bot that owns the data directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.cli.opening import open_directory
from bot.cli.progress import reload_progress
from bot.owner_channel import Owner
from bot.reload_lines import outcome_lines, outcome_values

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge import ReloadRequest


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """How a reload ended: values for JSON, and lines for people."""

    values: dict[str, Any]
    lines: list[str]


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
