"""A bot of raw HTTP calls, for tests that decide themselves what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

_WAIT_SECONDS = 20


@dataclass
class ScriptedBot:
    """Calls methods of a Bot API and takes its updates one by one."""

    api_url: str
    token: str
    _offset: int = 0
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._http is not None
        await self._http.close()

    async def call(self, method: str, *files: tuple[str, str, bytes], **parameters: Any) -> Any:
        """Call a method and return its result; `files` are (field, name, content)."""
        assert self._http is not None
        form = aiohttp.FormData(quote_fields=False)
        for name, value in parameters.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, file_name, content in files:
            form.add_field(name, content, filename=file_name)
        url = f"{self.api_url}/bot{self.token}/{method}"
        async with self._http.post(url, data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def says(self, chat_id: int, text: str, **parameters: Any) -> dict[str, Any]:
        """Send a message."""
        sent: dict[str, Any] = await self.call(
            "sendMessage", chat_id=chat_id, text=text, **parameters
        )
        return sent

    async def sees(self, kind: str) -> Any:
        """Return the next update of a kind (such as `message`); others are passed by."""
        while True:
            while self._waiting:
                update = self._waiting.pop(0)
                if kind in update:
                    return update[kind]
            self._waiting = await self.call(
                "getUpdates",
                offset=self._offset,
                timeout=_WAIT_SECONDS,
                allowed_updates=[
                    "message",
                    "edited_message",
                    "callback_query",
                    "poll_answer",
                    "inline_query",
                    "chosen_inline_result",
                    "message_reaction",
                    "my_chat_member",
                ],
            )
            assert self._waiting, f"no {kind} came in {_WAIT_SECONDS} s"
            self._offset = self._waiting[-1]["update_id"] + 1

    async def file(self, file_id: str) -> bytes:
        """Return the content of a file, as a bot downloads it."""
        assert self._http is not None
        found = await self.call("getFile", file_id=file_id)
        async with self._http.get(
            f"{self.api_url}/file/bot{self.token}/{found['file_path']}"
        ) as response:
            assert response.status == 200
            return await response.read()
