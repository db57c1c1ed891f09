"""Reloads, decisions and rollbacks of the running bot's knowledge base."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from knowledge import KnowledgeError, read_golden

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.knowledge_worker import KnowledgeWorker
    from knowledge import (
        Assistant,
        KnowledgeBase,
        ReloadOutcome,
        ReloadProgress,
        ReloadRequest,
        ReloadStatus,
        VersionInfo,
    )
    from knowledge.reload.difference import Difference
    from knowledge.reload.outcome import Progress

_log = structlog.get_logger(__name__)


_PROGRESS_SECONDS = 0.25  # between two reports to the event loop; texts are embedded faster


class KnowledgeUpdates:
    """Changes the live version: the base on disk first, then the assistant that answers."""

    def __init__(self, base: KnowledgeBase, worker: KnowledgeWorker) -> None:
        self._base = base
        self._worker = worker
        self._switching = threading.Lock()  # so that the served version is the one on disk
        self._last: asyncio.Future[ReloadOutcome] | None = None
        self._stopped = False

    @property
    def reloading(self) -> ReloadStatus | None:
        """The reload under way, or None."""
        return self._base.reloading

    async def prepare(self) -> None:
        """Load the previous version too, so that going back to it takes no time."""
        await self._worker.reload(self._load_previous)

    async def rehearse(self, articles_dir: Path) -> None:
        """Ask the live version what the next exam will ask, while nobody waits for an answer."""
        for question in await self._worker.reload(_golden_texts, articles_dir):
            if self._stopped:
                return
            await self._worker.aside(self._rehearse, question)

    def _rehearse(self, _assistant: Assistant, question: str) -> None:
        try:
            self._base.rehearse(question)
        except KnowledgeError as error:
            _log.info("not_rehearsed", reason=type(error).__name__)  # the exam will say why

    async def reload(
        self, request: ReloadRequest, progress: Callable[[ReloadProgress], None] | None = None
    ) -> ReloadOutcome:
        """Build, examine and, if nothing got worse, serve a new version.

        `progress` is called in the event loop, a few times a second. Raises like
        KnowledgeBase.reload_examined; the old version then goes on answering.
        """
        notify = _in_loop(asyncio.get_running_loop(), progress or (lambda _: None))
        running = asyncio.ensure_future(self._worker.reload(self._reload, request, notify))
        if self._last is None or self._last.done():
            self._last = running
        outcome = await running
        _log.info(
            "knowledge_reloaded",
            version=outcome.report.version,
            promoted=outcome.promoted,
            waiting=outcome.waiting,
            seconds=round(outcome.report.seconds, 2),
        )
        return outcome

    async def idle(self) -> None:
        """Wait until the reload under way, if there is one, has ended."""
        if self._last is not None:
            await asyncio.wait([self._last])

    def stop(self) -> None:
        """Give up the reload under way, and begin no other: the bot ends."""
        self._stopped = True
        self._base.stop_reloads()

    async def promote(self, version: str) -> None:
        """Serve the version that waits; raises VersionError when it does not wait any more."""
        await self._worker.decide(self._promote, version)
        _log.info("version_promoted", version=version)

    async def discard(self, version: str) -> None:
        """Remove the version that waits; raises VersionError when it does not wait any more."""
        await self._worker.decide(self._discard, version)
        _log.info("version_discarded", version=version)

    async def rollback_target(self, to: str | None = None) -> str:
        """Return the version that `rollback(to)` would serve; raises VersionError."""
        return await self._worker.decide(self._base.rollback_target, to)

    async def rollback(self, to: str | None = None) -> str:
        """Serve the previous version, or `to`, and return its name; raises VersionError."""
        version = await self._worker.decide(self._rollback, to)
        _log.info("version_rolled_back", version=version)
        return version

    async def standing(self) -> tuple[str | None, str | None]:
        """Return the live version on disk and the one that waits for a decision."""
        return await self._worker.decide(self._base.standing)

    async def settle(self, version: str) -> None:
        """Finish the promotion of the live version that was cut off."""
        await self._worker.decide(self._base.promote, version)

    async def finish_discarding(self, version: str) -> None:
        """Remove what is left of a version that was being discarded."""
        await self._worker.decide(self._base.reject, version)

    async def take_up(self, article_id: str) -> None:
        """Let later versions have an article as it is, though it was set aside."""
        await self._worker.decide(self._base.take_up, article_id)

    async def difference(self, articles_dir: Path) -> Difference:
        """Return what the live version has otherwise than the folder and the store."""
        return await self._worker.reload(self._base.difference, articles_dir)

    async def versions(self) -> tuple[VersionInfo, ...]:
        """Return the versions on disk, newest first."""
        return await self._worker.decide(self._base.versions)

    def _reload(self, request: ReloadRequest, notify: Progress) -> ReloadOutcome:
        outcome = self._base.reload_examined(replace(request, background=True), progress=notify)
        if outcome.promoted:
            self._base.assistant()  # loaded before the lock is taken
            with self._switching:
                self._worker.swap(self._base.assistant())
        return outcome

    def _promote(self, version: str) -> None:
        self._base.require_waiting(version)
        self._base.assistant(version)  # before the switch: it may not load
        with self._switching:
            self._base.promote(version)
            self._worker.swap(self._base.assistant())

    def _discard(self, version: str) -> None:
        self._base.require_waiting(version)
        self._base.reject(version)

    def _rollback(self, to: str | None) -> str:
        target = self._base.rollback_target(to)
        self._base.assistant(target)
        with self._switching:
            self._base.rollback(target)
            self._worker.swap(self._base.assistant())
        return target

    def _load_previous(self) -> None:
        for info in self._base.versions():
            if info.previous:
                try:
                    self._base.assistant(info.name)
                except KnowledgeError as error:
                    # Only a rollback would need it, and would say so again.
                    _log.warning("previous_version_not_loaded", reason=str(error))


def _golden_texts(articles_dir: Path) -> list[str]:
    try:
        return [question.text for question in read_golden(articles_dir) or ()]
    except KnowledgeError:
        return []  # a reload will say what is wrong with the file


def _in_loop(
    loop: asyncio.AbstractEventLoop, progress: Callable[[ReloadProgress], None]
) -> Progress:
    """Return what passes progress on to the event loop, some times a second and at each end."""
    last = -_PROGRESS_SECONDS

    def notify(step: ReloadProgress) -> None:
        nonlocal last
        now = time.monotonic()
        if step.done == step.total or now - last >= _PROGRESS_SECONDS:
            last = now
            loop.call_soon_threadsafe(progress, step)

    return notify
