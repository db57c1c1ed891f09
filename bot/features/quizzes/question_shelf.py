"""Taking questions out of use, and bringing them back, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.quizzes import texts
from bot.features.quizzes.question_tables import OutOfUse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable, Collection

    from bot.features.quizzes.question_store import QuestionStore


class QuestionShelf:
    """Retires and restores questions; `changed` is awaited after each, to refresh what is asked."""

    def __init__(
        self,
        store: QuestionStore,
        changed: Callable[[], Awaitable[object]],
        *,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._store = store
        self._changed = changed
        self._now = now

    async def retire(self, question_id: str, by: int) -> None:
        """Take a question out of use; harmless when it is."""
        await self._store.retire(question_id, texts.RETIRED_BY_HAND, self._now(), by)
        await self._changed()

    async def restore(self, question_id: str) -> None:
        """Bring a retired question back; harmless when it is in use."""
        await self._store.restore(question_id, OutOfUse.RETIRED)
        await self._changed()

    async def retired(self) -> Collection[str]:
        """Return the ids of the retired questions."""
        states = await self._store.states()
        return {key for key, found in states.items() if found.state is OutOfUse.RETIRED}
