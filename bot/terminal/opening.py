"""Opening the knowledge base for a command: the model, the lock and, at first, the index."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.terminal.console import say
from bot.terminal.progress import reload_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from embeddings import Encoder, Reader
    from knowledge import KnowledgeBase, ReloadReport


def open_encoder(settings: Settings) -> Encoder:
    """Load the embedding model, preparing it first if need be."""
    from embeddings import load_encoder

    return load_encoder(settings.embedding_model, settings.models_dir, progress=say)


def open_reader(settings: Settings, encoder: Encoder) -> Reader:
    """Load the reader, which shares the model with `encoder` where it can."""
    from embeddings import load_reader

    return load_reader(encoder, settings.models_dir, progress=say)


def open_directory(settings: Settings, encoder: Encoder | None = None) -> KnowledgeBase:
    """Return the knowledge base of the data directory, to be opened; it may hold no index yet."""
    from knowledge import KnowledgeBase, read_office

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
            for line in report_lines(report):
                say(line)
        yield base


def report_lines(report: ReloadReport) -> list[str]:
    """Return a line with what a reload did, and one for every article that failed."""
    from bot.article_name import article_name

    counts = ", ".join(
        f"{name} {len(articles)}"
        for name, articles in (
            ("thêm", report.added),
            ("sửa", report.changed),
            ("bỏ", report.removed),
            ("giữ nguyên", report.unchanged),
        )
    )
    return [
        f"Chỉ mục {report.version}: {counts} bài ({report.seconds:.1f} giây).",
        *(
            f"Không đọc được {article_name(report, failed.path)}: {failed.reason}"
            for failed in report.failed
        ),
    ]
