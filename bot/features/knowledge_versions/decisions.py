"""What is decided about versions: each a deed that a stop in the middle can't halve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.audit import AuditAction
from bot.features.knowledge_versions import texts
from bot.telegram.formatting import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.access.deeds import Deed, Deeds
    from bot.access.person import Actor
    from bot.feature import Finishes
    from bot.features.knowledge_versions.updates import KnowledgeUpdates
    from knowledge import ReloadOutcome, ReloadProgress, ReloadRequest


class VersionDecisions:
    """Reloads, promotes, discards and goes back, and notes it."""

    def __init__(self, updates: KnowledgeUpdates, deeds: Deeds) -> None:
        self._updates = updates
        self._deeds = deeds

    @property
    def finishes(self) -> Mapping[AuditAction, Finishes]:
        """What finishes each of these deeds."""
        return {
            AuditAction.RELOAD: self._finish_reloading,
            AuditAction.PROMOTE: self._finish_promoting,
            AuditAction.DISCARD: self._finish_discarding,
            AuditAction.ROLL_BACK: self._finish_going_back,
        }

    async def reload(
        self,
        actor: Actor,
        request: ReloadRequest,
        progress: Callable[[ReloadProgress], None] | None = None,
        **details: object,
    ) -> ReloadOutcome:
        """Reload as `KnowledgeUpdates.reload` does; `details` go into the audit log, too."""
        live, waiting = await self._updates.standing()
        intent = {"live": live, "waiting": waiting, "noted": details}
        async with self._deeds.doing(actor, AuditAction.RELOAD, **intent) as deed:
            outcome = await self._updates.reload(request, progress)
            version = outcome.waiting or outcome.report.version
            deed.did(version, {"promoted": outcome.promoted, **details})
            return outcome

    async def promote(self, actor: Actor, version: str) -> None:
        """Serve the version that waits; raises VersionError when it does not wait any more."""
        async with self._deeds.doing(actor, AuditAction.PROMOTE, version=version) as deed:
            await self._updates.promote(version)
            deed.did(version)

    async def discard(self, actor: Actor, version: str) -> None:
        """Remove the version that waits; raises VersionError when it does not wait any more."""
        async with self._deeds.doing(actor, AuditAction.DISCARD, version=version) as deed:
            await self._updates.discard(version)
            deed.did(version)

    async def rollback(self, actor: Actor, to: str | None = None) -> str:
        """Serve the previous version, or `to`, and return its name; raises VersionError."""
        target = await self._updates.rollback_target(to)
        async with self._deeds.doing(actor, AuditAction.ROLL_BACK, version=target) as deed:
            await self._updates.rollback(target)
            deed.did(target)
            return target

    async def _finish_reloading(self, deed: Deed) -> str:
        """Note what a reload came to that was cut off, as the versions tell it."""
        live, waiting = await self._updates.standing()
        noted = deed.details["noted"]
        if live != deed.details["live"]:
            deed.did(live, {"promoted": True, **noted})
            return texts.USED.format(version=live)
        if waiting is not None and waiting != deed.details["waiting"]:
            deed.did(waiting, {"promoted": False, **noted})
            return texts.STILL_WAITS.format(version=waiting)
        return texts.RELOAD_CUT_OFF

    async def _finish_promoting(self, deed: Deed) -> str:
        version = str(deed.details["version"])
        live, _ = await self._updates.standing()
        if version == live:
            await self._updates.settle(version)
        else:
            await self._updates.promote(version)
        deed.did(version)
        return texts.USED.format(version=escape(version))

    async def _finish_discarding(self, deed: Deed) -> str:
        version = str(deed.details["version"])
        await self._updates.finish_discarding(version)
        deed.did(version)
        return texts.DISCARDED.format(version=escape(version))

    async def _finish_going_back(self, deed: Deed) -> str:
        version = str(deed.details["version"])
        live, _ = await self._updates.standing()
        if not version:  # the command line went back to whatever came before
            version = await self._updates.rollback_target()
            if live is not None and live != deed.details["live"]:
                version = live
        if version != live:
            await self._updates.rollback(version)
        deed.did(version)
        return texts.ROLLED_BACK.format(version=escape(version))
