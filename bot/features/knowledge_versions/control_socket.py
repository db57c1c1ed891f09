"""The way for the command line to a running bot, which owns the knowledge base.

A Unix domain socket `DATA_DIR/index/owner.sock` that only its user may open. A request is one JSON
line, `{"do": "reload", …}`; the reply is any number of `{"progress": …}` lines and then one
`{"result": …}` or `{"error": "…"}`. The command that asks notes in the audit log what was done, as
it does without a bot (`bot/terminal/database.py`); its side is `bot/terminal/owner.py`.
"""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import structlog

from bot.features.asking import told
from bot.features.knowledge_versions.reload_lines import outcome_lines, outcome_values
from bot.terminal.owner import owner_socket
from embeddings import EmbeddingError
from knowledge import KnowledgeError, ReloadProgress, ReloadRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.feature import Core
    from bot.features.knowledge_versions.updates import KnowledgeUpdates

    Tell = Callable[[dict[str, Any]], None]

_REQUEST_BYTES = 64 * 1024
_ONLY_ITS_USER = 0o600
_COMMAND_LINE = "dòng lệnh"
_LAST_WORDS_SECONDS = 1.0  # a reload that is given up says so within milliseconds

_log = structlog.get_logger(__name__)


class ControlSocket:
    """Serves the command line's requests while the bot runs."""

    def __init__(self, core: Core, updates: KnowledgeUpdates) -> None:
        self._worker = core.worker
        self._updates = updates
        self._articles_dir = core.settings.articles_dir.absolute()
        self._path = owner_socket(core.settings.data_dir)
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
            _log.warning("control_socket_not_open", path=str(self._path), reason=str(error))

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
            if line := await reader.readline():  # who says nothing only looks whether a bot runs
                tell(await self._reply(line, tell))
                await writer.drain()
        except (ConnectionError, ValueError) as error:  # gone, or a line without an end
            _log.info("control_request_dropped", reason=str(error))
        except asyncio.CancelledError:  # `stop` cut it off; the server's streams log it otherwise
            _log.info("control_request_cut_off")
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
            "ask": self._ask,
            "reload": self._reload,
            "rollback": self._rollback,
            "promote": self._promote,
            "discard": self._discard,
        }

    async def _ask(self, request: dict[str, Any], _tell: Tell) -> dict[str, Any]:
        earlier = str(request.get("earlier") or "").splitlines()
        answer = await self._worker.answer_after(str(request.get("question")), earlier)
        return asdict(told(answer, explained=request.get("explained") is True))

    async def _reload(self, request: dict[str, Any], tell: Tell) -> dict[str, Any]:
        wanted = request.get("articles_dir")
        if wanted is not None and wanted != str(self._articles_dir):
            raise KnowledgeError(
                f"Bot đang chạy dùng thư mục bài viết '{self._articles_dir}', không phải "
                f"'{wanted}'. Hãy sửa ARTICLES_DIR rồi khởi động lại bot."
            )
        if (changed := request.get("changed")) is not None:  # a stored document
            await self._updates.take_up(str(changed))
        wish = ReloadRequest(
            self._articles_dir,
            full=request.get("full") is True,
            exam=request.get("exam") is not False,
            force=request.get("force") is True,
            only_new=request.get("changed") is not None,
            started_by=_COMMAND_LINE,
        )

        def show(step: ReloadProgress) -> None:
            tell({"progress": [step.stage, step.done, step.total, step.remaining]})

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
