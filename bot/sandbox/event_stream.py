"""Reads the sandbox's server-sent events and hands each on as it comes."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Notice = Callable[[str, dict[str, Any]], Awaitable[None]]

_LONGEST_LINE = 1 << 20  # bytes; an event is one line of JSON

_log = structlog.get_logger(__name__)


class EventStream:
    """One connection to `/users/events` (https://html.spec.whatwg.org/#server-sent-events)."""

    def __init__(self, http: aiohttp.ClientSession, address: str, notice: Notice) -> None:
        self._http = http
        self._address = address
        self._notice = notice
        self._reading: asyncio.Task[None] | None = None
        self._response: aiohttp.ClientResponse | None = None

    async def open(self) -> None:
        """Connect; events are handed on from now on. Raises aiohttp.ClientError."""
        self._response = await self._http.get(self._address, max_line_size=_LONGEST_LINE)
        self._response.raise_for_status()
        self._reading = asyncio.create_task(self._read(self._response))

    async def close(self) -> None:
        """Disconnect and wait for the reader to end."""
        if self._response is not None:
            self._response.close()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self, response: aiohttp.ClientResponse) -> None:
        try:
            await self._hand_on(response)
        except aiohttp.ClientError as error:
            _log.info("event_stream_ended", reason=str(error))  # the server went first

    async def _hand_on(self, response: aiohttp.ClientResponse) -> None:
        kind, data = "message", ""
        async for raw in response.content:
            line = raw.decode().rstrip("\r\n")
            name, _, value = line.partition(":")
            if not line:
                if data:
                    await self._notice(kind, json.loads(data))
                kind, data = "message", ""
            elif name == "event":
                kind = value.strip()
            elif name == "data":
                data += value.removeprefix(" ")
