"""How much of a flood is answered: token buckets per person and per group, by kind of update.

What one person does in a hurry stays below the limits. Beyond them updates are dropped; the first
one says so politely, and the next only after the bucket was full again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Hashable

    from telegram import Update


class Kind(Enum):
    """What an update is to a limit; other updates, such as answers to polls, are never dropped."""

    MESSAGE = auto()
    FILE = auto()
    """A document: editors send them in albums."""
    PRESS = auto()
    INLINE = auto()
    REACTION = auto()


class Verdict(Enum):
    """What happens to an update."""

    PASS = auto()
    TELL = auto()
    """It is dropped, and its sender is told to slow down."""
    DROP = auto()


@dataclass(frozen=True, slots=True)
class Limit:
    """A bucket's size, and how many tokens flow back into it a second."""

    burst: int
    per_second: float


PERSON_LIMITS = {
    Kind.MESSAGE: Limit(8, 0.5),
    Kind.FILE: Limit(30, 0.2),
    Kind.PRESS: Limit(30, 2),
    Kind.INLINE: Limit(60, 10),
    Kind.REACTION: Limit(30, 1),
}
GROUP_LIMITS = {Kind.MESSAGE: Limit(12, 0.25), Kind.PRESS: Limit(60, 5)}
"""A group's messages stay below the 20 a minute that Telegram lets the bot send there."""
_KEPT_BUCKETS = 4096
"""From so many on, those that are full again are forgotten."""


class _Bucket:
    """Tokens that flow back with time; a clock that is put back takes none away."""

    def __init__(self, limit: Limit, now: dt.datetime) -> None:
        self._limit = limit
        self._tokens = float(limit.burst)
        self._at = now
        self.told = False

    def refill(self, now: dt.datetime) -> None:
        """Let flow in what came since the last time; a full bucket is calm again."""
        passed = max(0.0, (now - self._at).total_seconds())
        self._at = now
        self._tokens = min(self._limit.burst, self._tokens + passed * self._limit.per_second)
        if self.is_full:
            self.told = False

    @property
    def is_full(self) -> bool:
        """Whether all tokens are back."""
        return self._tokens >= self._limit.burst

    @property
    def has_token(self) -> bool:
        """Whether one more may pass."""
        return self._tokens >= 1

    def take(self) -> None:
        """Pay for an update."""
        self._tokens -= 1


class FloodGuard:
    """Judges updates in the order they come in; it remembers a bucket for whoever is not calm.

    A message counts when it was sent: what waited with Telegram while the bot was away, and comes
    all at once, is no flood.
    """

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self._buckets: dict[Hashable, _Bucket] = {}
        self._room = _KEPT_BUCKETS

    def judge(self, update: Update) -> Verdict:
        """Tell what happens to an update, and count it."""
        kind = kind_of(update)
        if kind is None:
            return Verdict.PASS
        now, sent = self._now(), _sent_at(update)
        now = now if sent is None else min(now, sent)
        buckets = []
        if (sender := update.effective_sender) is not None and kind in PERSON_LIMITS:
            buckets.append(self._bucket((kind, sender.id), PERSON_LIMITS[kind], now))
        chat = update.effective_chat
        if chat is not None and chat.type != chat.PRIVATE and kind in GROUP_LIMITS:
            buckets.append(self._bucket((kind, chat.id, "group"), GROUP_LIMITS[kind], now))
        empty = [bucket for bucket in buckets if not bucket.has_token]
        if not empty:
            for bucket in buckets:
                bucket.take()
            return Verdict.PASS
        told = any(bucket.told for bucket in empty)
        for bucket in empty:
            bucket.told = True
        return Verdict.DROP if told else Verdict.TELL

    def _bucket(self, key: Hashable, limit: Limit, now: dt.datetime) -> _Bucket:
        if len(self._buckets) >= self._room:
            for each in self._buckets.values():
                each.refill(now)
            self._buckets = {k: each for k, each in self._buckets.items() if not each.is_full}
            self._room = max(_KEPT_BUCKETS, 2 * len(self._buckets))
        bucket = self._buckets.setdefault(key, _Bucket(limit, now))
        bucket.refill(now)
        return bucket


def _sent_at(update: Update) -> dt.datetime | None:
    message = update.message or update.edited_message
    return None if message is None else message.edit_date or message.date


def kind_of(update: Update) -> Kind | None:
    """Return what an update is; None for what is never dropped."""
    message = update.message or update.edited_message
    if message is not None:
        if message.text is None and message.effective_attachment is None:
            return None  # a service message: a group was upgraded, somebody came
        return Kind.MESSAGE if message.document is None else Kind.FILE
    if update.callback_query is not None:
        return Kind.PRESS
    if update.inline_query is not None:
        return Kind.INLINE
    return None if update.message_reaction is None else Kind.REACTION
