"""The way for the command line to a running bot, which owns the knowledge base.

A Unix domain socket `DATA_DIR/index/owner.sock` that only its user may open. A request is one JSON
line, `{"do": "reload", …}`; the reply is any number of `{"progress": …}` lines and then one
`{"result": …}` or `{"error": "…"}`. The command that asks notes in the audit log what was done, as
it does without a bot (`bot/terminal/audit_notes.py`).
"""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import OwnerError
from bot.features.knowledge_versions.reload_lines import outcome_lines, outcome_values
from embeddings import EmbeddingError
from knowledge import KnowledgeError, ReloadProgress, ReloadRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from bot.features.knowledge_versions.updates import KnowledgeUpdates

    Tell = Callable[[dict[str, Any]], None]

_REQUEST_BYTES = 64 * 1024
_ONLY_ITS_USER = 0o600
_COMMAND_LINE = "dòng lệnh"
_LAST_WORDS_SECONDS = 1.0  # a reload that is given up says so within milliseconds

_log = structlog.get_logger(__name__)


def owner_socket(data_dir: Path) -> Path:
    """Return where the owner of `data_dir` listens."""
    return data_dir / "index" / "owner.sock"


class OwnerChannel:
    """Serves the command line's requests while the bot runs."""

    def __init__(self, updates: KnowledgeUpdates, articles_dir: Path, data_dir: Path) -> None:
        self._updates = updates
        self._articles_dir = articles_dir.absolute()
        self._path = owner_socket(data_dir)
        self._server: asyncio.Server | None = None
        self._answering: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen; where that is impossible the bot runs without, and says so in the log."""
        if not hasattr(socket, "AF_UNIX"):
            return
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._path.unlink(missing_ok=True)  # of an owner that was killed: the lock is ours
            listener.bind(str(self._path))
            self._path.chmod(_ONLY_ITS_USER)  # before anyone can connect
            self._server = await asyncio.start_unix_server(
                self._serve, sock=listener, limit=_REQUEST_BYTES
            )
        except OSError as error:  # a long path, or a file system without sockets
            listener.close()
            _log.warning("owner_channel_not_open", path=str(self._path), reason=str(error))

    async def stop(self) -> None:
        """Stop listening; requests under way get a moment to end, and are then cut off."""
        if self._server is None:
            return
        self._server.close()
        if self._answering:
            await asyncio.wait(self._answering, timeout=_LAST_WORDS_SECONDS)
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None
        self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

        def tell(message: dict[str, Any]) -> None:
            if not writer.is_closing():
                writer.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")

        try:
            tell(await self._reply(await reader.readline(), tell))
            await writer.drain()
        except (ConnectionError, ValueError) as error:  # gone, or a line without an end
            _log.info("owner_request_dropped", reason=str(error))
        except asyncio.CancelledError:  # `stop` cut it off; the server's streams log it otherwise
            _log.info("owner_request_cut_off")
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _reply(self, line: bytes, tell: Tell) -> dict[str, Any]:
        try:
            request = json.loads(line)
            action = self._actions()[request["do"]]
        except (ValueError, KeyError, TypeError):
            return {"error": "Yêu cầu gửi tới bot không hợp lệ; hãy dùng cùng một phiên bản."}
        try:
            return {"result": await action(request, tell)}
        except (KnowledgeError, EmbeddingError) as error:
            return {"error": str(error)}

    def _actions(self) -> dict[str, Callable[[dict[str, Any], Tell], Awaitable[Any]]]:
        return {
            "reload": self._reload,
            "rollback": self._rollback,
            "promote": self._promote,
            "discard": self._discard,
        }

    async def _reload(self, request: dict[str, Any], tell: Tell) -> dict[str, Any]:
        wanted = request.get("articles_dir")
        if wanted is not None and wanted != str(self._articles_dir):
            raise KnowledgeError(
                f"Bot đang chạy dùng thư mục bài viết '{self._articles_dir}', không phải "
                f"'{wanted}'. Hãy sửa ARTICLES_DIR rồi khởi động lại bot."
            )
        wish = ReloadRequest(
            self._articles_dir,
            full=request.get("full") is True,
            exam=request.get("exam") is not False,
            force=request.get("force") is True,
            started_by=_COMMAND_LINE,
        )

        def show(step: ReloadProgress) -> None:
            tell({"progress": [step.stage, step.done, step.total]})

        outcome = await self._updates.reload(wish, show)
        return {"values": outcome_values(outcome), "lines": outcome_lines(outcome)}

    async def _rollback(self, request: dict[str, Any], _tell: Tell) -> str:
        to = request.get("to")
        return await self._updates.rollback(str(to) if to is not None else None)

    async def _promote(self, request: dict[str, Any], _tell: Tell) -> str:
        await self._updates.promote(version := str(request.get("version")))
        return version

    async def _discard(self, request: dict[str, Any], _tell: Tell) -> str:
        await self._updates.discard(version := str(request.get("version")))
        return version


class Owner:
    """The running bot, as the command line sees it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    @classmethod
    def find(cls, data_dir: Path) -> Owner | None:
        """Return the bot that owns `data_dir`, or None when none listens."""
        if not hasattr(socket, "AF_UNIX"):
            return None
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(owner_socket(data_dir)))
        except OSError:  # nobody there, or only what a killed bot left
            connection.close()
            return None
        return cls(connection)

    def ask(
        self, do: str, progress: Callable[[ReloadProgress], None], **fields: str | bool | None
    ) -> Any:  # noqa: ANN401 -- whatever the request returns
        """Send a request and return its result; raises OwnerError with what the bot says."""
        with self._connection:
            self._connection.sendall(json.dumps({"do": do, **fields}).encode() + b"\n")
            for message in self._messages():
                if "progress" in message:
                    progress(ReloadProgress(*message["progress"]))
                elif "error" in message:
                    raise OwnerError(message["error"])
                else:
                    return message["result"]
        raise OwnerError(
            "Bot dừng trước khi làm xong yêu cầu. Hãy chạy bot lại rồi xem: vanphong versions."
        )

    def _messages(self) -> Iterator[dict[str, Any]]:
        with suppress(ConnectionError), self._connection.makefile("r", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
