"""The running bot, which owns the knowledge base, as the command line sees it.

The bot listens on a Unix domain socket, `DATA_DIR/index/owner.sock`, that only its user may open;
bot/features/knowledge_versions/control_socket.py answers there.
"""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.errors import OwnerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.access.deeds import Deed
    from knowledge import ReloadProgress

    ShowProgress = Callable[[ReloadProgress], None]


def owner_socket(data_dir: Path) -> Path:
    """Return where the owner of `data_dir` listens."""
    return data_dir / "index" / "owner.sock"


class Owner:
    """The bot that owns a data directory; each request has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def find(cls, data_dir: Path) -> Owner | None:
        """Return the bot that owns `data_dir`, or None when none listens."""
        if not hasattr(socket, "AF_UNIX"):
            return None
        owner = cls(owner_socket(data_dir))
        try:
            owner._connect().close()
        except OSError:  # nobody there, or only what a killed bot left
            return None
        return owner

    def ask(
        self, do: str, progress: ShowProgress | None = None, **fields: str | bool | None
    ) -> Any:  # noqa: ANN401 -- whatever the request returns
        """Send a request and return its result; raises OwnerError with what the bot says."""
        from knowledge import ReloadProgress

        with suppress(OSError), self._connect() as connection:
            connection.sendall(json.dumps({"do": do, **fields}).encode() + b"\n")
            for message in _messages(connection):
                if "error" in message:
                    raise OwnerError(message["error"])
                if "result" in message:
                    return message["result"]
                if progress is not None:
                    progress(ReloadProgress(*message["progress"]))
        raise OwnerError(
            "Bot dừng trước khi làm xong yêu cầu. Hãy chạy bot lại rồi xem: vanphong versions."
        )

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(self._path))
        except OSError:
            connection.close()
            raise
        return connection


def _messages(connection: socket.socket) -> Iterator[dict[str, Any]]:
    with connection.makefile("r", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """How a reload ended: values for JSON, and lines for people."""

    values: dict[str, Any]
    lines: list[str]

    def noted_in(self, deed: Deed, **details: object) -> None:
        """Note in a deed of the command line how the reload ended."""
        version = self.values["waiting"] or self.values["version"]
        deed.did(str(version), {"promoted": self.values["promoted"], **details})
