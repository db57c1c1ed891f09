"""Telling a chat how its challenge ended, also after the network was away."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.features.challenges.messages import leaderboard_text

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.features.challenges.store import ChallengeStore
    from bot.office_time import Clock

AGAIN_AFTER = (dt.timedelta(seconds=5), dt.timedelta(seconds=30))
"""When a leaderboard that could not be sent is tried again; later, the next start does."""

_log = structlog.get_logger(__name__)


class Announcing:
    """Sends leaderboards."""

    def __init__(self, store: ChallengeStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def announce(self, bot: ExtBot[Any], challenge_id: int, title: str) -> None:
        """Send the outcome of an ended challenge; raises DatabaseError."""
        for wait in (dt.timedelta(), *AGAIN_AFTER):
            if wait:
                await self._clock.until(self._clock.now() + wait)
            outcome = await self._store.outcome(challenge_id)
            if outcome is None:
                return
            try:
                await bot.send_message(
                    outcome.challenge.chat_id,
                    leaderboard_text(outcome, title),
                    message_thread_id=outcome.challenge.thread_id,
                )
            except (BadRequest, Forbidden, ChatMigrated) as error:  # the chat is closed to the bot
                _log.warning("leaderboard_refused", challenge=challenge_id, reason=str(error))
            except TelegramError as error:
                _log.warning("leaderboard_not_sent", challenge=challenge_id, reason=str(error))
                continue
            await self._store.note_announced(challenge_id)
            return
