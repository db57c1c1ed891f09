"""Finishes at the start what was meant and cut off, and notes what could not be noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.database.errors import DatabaseError
from bot.errors import BotError
from bot.telegram import texts
from bot.telegram.formatting import escape
from bot.telegram.sending import notify
from bot.upkeep import Upkeep
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram.ext import ExtBot

    from bot.access.deeds import Deed
    from bot.feature import Core, Feature

NOTING_SECONDS = 30.0
"""How often a deed is noted again that the database could not take."""

_log = structlog.get_logger(__name__)


class UnfinishedDeeds:
    """Lets the features finish their deeds, before any update comes."""

    def __init__(self, core: Core, features: Sequence[Feature]) -> None:
        self._deeds = core.deeds
        self._finishes = {
            action: finish for feature in features for action, finish in feature.finishes.items()
        }
        self._upkeep = Upkeep("deeds", NOTING_SECONDS, core.clock)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Finish what was cut off, tell who meant it, and begin to look after the rest."""
        for deed in await self._deeds.cut_off():
            try:
                line = await self._finish(deed)
            except Exception:  # noqa: BLE001 -- logged in full; the next start may do better
                _log.exception("deed_not_finished", action=deed.action.value)
                continue
            for person_id, text in deed.told:
                await notify(bot, person_id, text)
            await self._deeds.end(deed)
            if line is not None and deed.actor.person_id is not None:
                await notify(bot, deed.actor.person_id, texts.FINISHED.format(line=line))
        self._upkeep.start(self._deeds.note_the_rest)

    async def close(self) -> None:
        """Stop looking, after a last try."""
        await self._upkeep.close()
        await self._deeds.note_the_rest()

    async def _finish(self, deed: Deed) -> str | None:
        """Do what is left of a deed; return what to tell, None where nothing is to be told."""
        finish = self._finishes.get(deed.action)
        if finish is None:
            _log.error("deed_unknown", action=deed.action.value)
            return None
        try:
            line = await finish(deed)
        except DatabaseError:
            raise
        except (BotError, KnowledgeError, EmbeddingError) as error:  # it can't be done any more
            _log.warning("deed_given_up", action=deed.action.value, reason=str(error))
            return escape(f"⛔ {error}")
        _log.info("deed_finished", action=deed.action.value, entries=len(deed.done))
        return line
