"""A model's reply as it comes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import RunnableConfig

MOST_REPLY_CHARACTERS = 4_000
"""Of a reply, thoughts and tags among them; what is longer is cut."""


class ReplyError(Exception):
    """The model could not be asked, or broke off; the cause is its library's own error."""


class Reply:
    """Read in a task of its own, since a model's library may ignore that the time is over.

    `text` is what has come so far, at most MOST_REPLY_CHARACTERS; calls of tools are no text.
    """

    def __init__(
        self,
        model: BaseChatModel,
        asked: list[tuple[str, str]],
        config: RunnableConfig | None,
    ) -> None:
        self.text = ""
        self._model, self._asked, self._config = model, asked, config
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._read())
        self._reading.add_done_callback(self._over)

    async def grows(self, limit: float) -> bool:
        """Wait for more text until the event loop's time `limit`; False when that was all.

        Raises TimeoutError, and ReplyError from whatever the model raises.
        """
        if asyncio.get_running_loop().time() >= limit:
            raise TimeoutError
        async with asyncio.timeout_at(limit):
            await self._news.wait()
        self._news.clear()
        if not self._reading.done():
            return True
        if self._reading.cancelled():
            raise ReplyError("the model's library cancelled its own run")
        if (error := self._reading.exception()) is not None:
            raise ReplyError(type(error).__name__) from error
        return False

    def close(self) -> asyncio.Task[None]:
        """Stop reading and return the task, which may take its time to end."""
        self._reading.cancel()
        return self._reading

    async def _read(self) -> None:
        async for chunk in self._model.astream(self._asked, self._config):
            self.text = (self.text + str(chunk.text))[:MOST_REPLY_CHARACTERS]
            self._news.set()
            if len(self.text) >= MOST_REPLY_CHARACTERS:
                return

    def _over(self, reading: asyncio.Task[None]) -> None:
        if not reading.cancelled():
            reading.exception()  # so that asyncio doesn't log one that comes too late
        self._news.set()
