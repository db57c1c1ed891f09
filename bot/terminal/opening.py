"""Opening the knowledge base for a command: the models, the lock and, at first, the index."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from bot.closed_files import close_to_others
from bot.terminal.console import alert, say
from bot.terminal.progress import reload_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.language_models import BaseChatModel

    from bot.settings import Settings
    from embeddings import Encoder, Reader
    from knowledge import IndexDamagedError, KnowledgeBase, ReloadReport

_WITHOUT_READER = "{error} Sửa xong, kiểm tra bằng 'vanphong doctor' rồi khởi động lại."

_log = structlog.get_logger(__name__)


def open_encoder(settings: Settings) -> Encoder:
    """Load the embedding model, preparing it first if need be."""
    from embeddings import load_encoder

    return load_encoder(settings.embedding_model, settings.models_dir, progress=say)


def open_reader(settings: Settings, encoder: Encoder) -> Reader | None:
    """Load what chooses and judges evidence; None, and said so in the log, where it can't be."""
    from embeddings import EmbeddingError, load_reader

    try:
        return load_reader(encoder, settings.models_dir, progress=say)
    except EmbeddingError as error:
        _log.warning("reader_not_loaded", reason=_WITHOUT_READER.format(error=error))
        return None


def open_model(settings: Settings) -> BaseChatModel | None:
    """Return the language model that is set, not asked yet; None without one.

    Raises SettingsError where it can't be used.
    """
    from bot.errors import SettingsError
    from knowledge import LanguageModelError, open_language_model

    if settings.llm_model is None:
        return None
    key = settings.llm_api_key
    try:
        return open_language_model(
            settings.llm_model,
            base_url=settings.llm_base_url,
            api_key=None if key is None else key.get_secret_value(),
            seconds=settings.llm_seconds,
        )
    except LanguageModelError as error:
        raise SettingsError(str(error)) from error


@contextmanager
def open_directory(settings: Settings, encoder: Encoder | None = None) -> Iterator[KnowledgeBase]:
    """Open the knowledge base of the data directory; it may hold no index yet.

    An index whose files are damaged is set aside, so that there is none.
    """
    from knowledge import IndexDamagedError, KnowledgeBase, read_office

    close_to_others(settings.data_dir)
    encoder = encoder or open_encoder(settings)
    base = KnowledgeBase(
        settings.data_dir,
        encoder,
        office=read_office(settings.office_file),
        reader=open_reader(settings, encoder),
        keep_versions=settings.keep_versions,
    )
    try:
        base.open()
    except IndexDamagedError as error:
        _set_aside(base, error)
    try:
        yield base
    finally:
        base.close()


@contextmanager
def open_base(settings: Settings, encoder: Encoder | None = None) -> Iterator[KnowledgeBase]:
    """Open the knowledge base and build its index if there is none yet, or none that is whole.

    Articles and documents are all that an index is made from.
    """
    from knowledge import IndexDamagedError

    with open_directory(settings, encoder) as base:
        try:
            base.check()
        except IndexDamagedError as error:
            _set_aside(base, error)
        if base.active_version is None:
            say(f"Chưa có chỉ mục, đang lập từ {settings.articles_dir} …")
            with reload_progress() as progress:
                report = base.reload(settings.articles_dir, progress=progress)
            for line in report_lines(report):
                say(line)
        yield base


def _set_aside(base: KnowledgeBase, error: IndexDamagedError) -> None:
    """Set a damaged index aside, and say so on the terminal and in the log."""
    aside = base.open_anew()
    _log.error("index_damaged", reason=str(error), set_aside=str(aside))
    alert(
        "Cảnh báo",
        f"Chỉ mục hỏng nên được lập lại từ bài viết và tài liệu; không mất tài liệu nào. Bản hỏng "
        f"được giữ ở '{aside}', có thể xóa khi không cần xem. Lý do: {error}",
        "yellow",
    )


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
