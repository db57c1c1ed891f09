"""Opening the knowledge base for a command: the model, the lock and, at first, the index."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.features.knowledge_versions.reload_lines import report_lines
from bot.terminal.console import say
from bot.terminal.progress import reload_progress
from embeddings import load_encoder
from knowledge import KnowledgeBase, read_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from embeddings import Encoder
    from knowledge import ReloadReport


def open_encoder(settings: Settings) -> Encoder:
    """Load the embedding model, preparing it first if need be."""
    return load_encoder(settings.embedding_model, settings.models_dir, progress=say)


def open_directory(settings: Settings, encoder: Encoder | None = None) -> KnowledgeBase:
    """Return the knowledge base of the data directory, to be opened; it may hold no index yet."""
    return KnowledgeBase(
        settings.data_dir,
        encoder or open_encoder(settings),
        office=read_office(settings.office_file),
        keep_versions=settings.keep_versions,
    )


@contextmanager
def open_base(settings: Settings, encoder: Encoder | None = None) -> Iterator[KnowledgeBase]:
    """Open the knowledge base and build its index if there is none yet."""
    with open_directory(settings, encoder) as base:
        if base.active_version is None:
            say(f"Chưa có chỉ mục, đang lập từ {settings.articles_dir} …")
            with reload_progress() as progress:
                report = base.reload(settings.articles_dir, progress=progress)
            say_report(report)
        yield base


def say_report(report: ReloadReport) -> None:
    """Tell what a reload did, and every article that failed."""
    for line in report_lines(report):
        say(line)
