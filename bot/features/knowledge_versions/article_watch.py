"""Watches the folder of articles and reloads once its files have settled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog

from bot.errors import BotError
from embeddings import EmbeddingError
from knowledge import GOLDEN_FILE, ArticlesFolderError, KnowledgeError, ReloadInProgressError
from knowledge.documents.sniffing import SUFFIXES

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Awaitable, Callable

    from watchfiles import Change

T = TypeVar("T")

QUIET_MS = 1_000
"""Files have settled when none changed for this long."""

PATIENCE_MS = 30_000
"""A folder that never comes to rest is reloaded this often."""

ARTICLES_CHANGED = "articles_changed"
"""Why the audit log says that a watched folder was reloaded."""

_log = structlog.get_logger(__name__)


def settled_changes(
    folder: Path, stop: asyncio.Event, quiet_ms: int = QUIET_MS
) -> AsyncIterator[tuple[str, ...]]:
    """Return an iterator over the names of changed article files, each time that all are at rest.

    It ends when `stop` is set. Raises ArticlesFolderError when the folder is missing.
    """
    if not folder.is_dir():
        raise ArticlesFolderError(
            f"Không thấy thư mục bài viết '{folder}' để theo dõi. Hãy tạo thư mục hoặc sửa "
            "ARTICLES_DIR (hay --articles) cho đúng."
        )
    return _settled(folder.resolve(), stop, quiet_ms)


async def _settled(
    root: Path, stop: asyncio.Event, quiet_ms: int
) -> AsyncIterator[tuple[str, ...]]:
    from watchfiles import awatch  # noqa: PLC0415 -- only who watches needs it

    def matters(_change: Change, path: str) -> bool:
        return _is_article(Path(path), root)

    async for changes in awatch(
        root,
        watch_filter=matters,
        step=quiet_ms,
        debounce=max(PATIENCE_MS, quiet_ms),
        stop_event=stop,
    ):
        yield tuple(sorted({Path(path).name for _, path in changes}))


class ArticleWatch(Generic[T]):
    """Reloads at every settled change and tells how it ended."""

    def __init__(
        self,
        reload: Callable[[], Awaitable[T]],
        tell: Callable[[T | Exception], Awaitable[None]],
        idle: Callable[[], Awaitable[None]],
        quiet_ms: int = QUIET_MS,
    ) -> None:
        """`tell` gets the outcome, or the error of a reload that failed.

        `idle` waits for another reload to end, after which the change is tried again.
        """
        self._reload = reload
        self._tell = tell
        self._idle = idle
        self._quiet_ms = quiet_ms

    async def run(self, folder: Path, stop: asyncio.Event) -> None:
        """Watch until `stop` is set; raises ArticlesFolderError."""
        async for names in settled_changes(folder, stop, self._quiet_ms):
            _log.info("articles_changed", files=len(names))
            await self._reload_once()

    async def _reload_once(self) -> None:
        while True:
            try:
                outcome: T | Exception = await self._reload()
            except ReloadInProgressError:
                await self._idle()
                continue
            except (BotError, KnowledgeError, EmbeddingError) as error:
                outcome = error
            await self._tell(outcome)
            return


def _is_article(path: Path, root: Path) -> bool:
    """Tell whether a reload would read the file, or its golden questions."""
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        return False
    hidden = any(part.startswith(".") for part in parts)
    return not hidden and (path.suffix.lower() in SUFFIXES or path.name == GOLDEN_FILE)
