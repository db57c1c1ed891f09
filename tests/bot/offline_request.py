"""A Bot API without a network: records what the bot asks for and answers as Telegram would."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from telegram.request import BaseRequest, RequestData

BOT = {"id": 700001, "is_bot": True, "first_name": "Trợ lý", "username": "vanphong_bot"}
DATE = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot."""

    method: str
    parameters: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """What was uploaded: (name, content) by field."""

    @property
    def text(self) -> str:
        return str(self.parameters.get("text", ""))

    @property
    def buttons(self) -> dict[str, str]:
        """The labels of the inline buttons, with their callback data."""
        markup = self.parameters.get("reply_markup") or {}
        return {
            button["text"]: button["callback_data"]
            for row in markup.get("inline_keyboard", [])
            for button in row
        }


@dataclass
class OfflineRequest(BaseRequest):
    """Replies from memory; `failures` maps a method to the (status, description) to give.

    `files` are those that people sent, by file id: what getFile and a download know.
    """

    calls: list[Call] = field(default_factory=list)
    failures: dict[str, tuple[int, str]] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_more: object,
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        parameters = dict(request_data.parameters) if request_data is not None else {}
        if name in self.failures:
            status, description = self.failures[name]
            return status, _json(ok=False, error_code=status, description=description)
        if "/file/bot" in url:
            return 200, self.files[name]
        self.calls.append(Call(name, parameters, _uploads(request_data)))
        if name == "getFile":
            return 200, _json(ok=True, result=self._file(parameters["file_id"]))
        return 200, _json(ok=True, result=self.result(name, parameters))

    def sent(self) -> list[Call]:
        """The messages sent so far."""
        return [call for call in self.calls if call.method == "sendMessage"]

    def result(self, name: str, parameters: dict[str, Any]) -> Any:
        """What Telegram returns for a request that succeeds."""
        match name:
            case "getMe":
                return BOT
            case "sendMessage" | "editMessageText" | "sendDocument":
                chat = {"id": parameters["chat_id"], "type": "private"}
                text = parameters.get("text", "")
                number = parameters.get("message_id", len(self.calls))
                return {"message_id": number, "date": DATE, "chat": chat, "text": text}
            case "getMyCommands":
                return self.profile.get(json.dumps(parameters["scope"]), [])
            case "deleteMyCommands":
                self.profile.pop(json.dumps(parameters["scope"]), None)
            case "setMyCommands":
                self.profile[json.dumps(parameters["scope"])] = parameters["commands"]
            case "getMyDescription":
                return {"description": self.profile.get("description", "")}
            case "getMyShortDescription":
                return {"short_description": self.profile.get("short_description", "")}
            case "setMyDescription" | "setMyShortDescription":
                self.profile.update(parameters)
        return True

    def _file(self, file_id: str) -> dict[str, Any]:
        size = len(self.files[file_id])
        return {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_size": size,
            "file_path": file_id,
        }


def _uploads(request_data: RequestData | None) -> dict[str, tuple[str, bytes]]:
    """The files of a request: field → (name, content)."""
    if request_data is None or not request_data.multipart_data:
        return {}
    return {key: (value[0], value[1]) for key, value in request_data.multipart_data.items()}


def _json(**values: Any) -> bytes:
    return json.dumps(values).encode()
