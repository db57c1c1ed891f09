"""What was sent for updates that are not done: a line in a file, the moment Telegram answered.

The database would take it some milliseconds later, and a kill in between lets a message be sent
once more. The file is emptied as soon as nothing is under way; it holds ids, and what polls ask.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import structlog

from bot.closed_files import close_to_others

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    Answer = bool | dict[str, Any] | list[dict[str, Any]]
    Made = dict[str, Answer]
    """What Telegram answered, by the name of the call."""

SENT_CALLS_FILE = "sent-calls.jsonl"
"""In DATA_DIR."""
_KEPT_FIELDS = ("message_id", "date", "chat", "poll", "message_thread_id", "is_topic_message")
"""What the handlers of a message that was sent ask of it; what it says is in the chat."""
_LARGE = 1 << 20
"""From so many bytes on, the file is written anew without what is done."""

_log = structlog.get_logger(__name__)


class SentCalls:
    """Lines of `[bot, update, call, answer]`. All methods but `load` only log that the disk fails.

    A note is some twenty microseconds of the event loop: less than a way into a thread.
    """

    def __init__(self, file: Path, bot_id: int) -> None:
        self._file = file
        self._bot_id = bot_id
        self._lines: dict[int, list[bytes]] = {}
        self._size = 0
        self._handle: int | None = None
        self._fails = False

    def load(self, waiting: Collection[int]) -> dict[int, Made]:
        """Return what was sent for each update that waits, and forget the rest.

        Call it once, first; raises OSError.
        """
        self._file.parent.mkdir(parents=True, exist_ok=True)
        made: dict[int, Made] = {}
        for line in self._file.read_bytes().splitlines() if self._file.exists() else ():
            try:
                bot_id, update_id, call, answer = json.loads(line)
            except ValueError:  # the program was killed while it wrote
                continue
            if bot_id == self._bot_id and update_id in waiting:
                made.setdefault(update_id, {})[call] = answer
                self._lines.setdefault(update_id, []).append(line + b"\n")
        self._rewrite()
        return made

    def note(self, update_id: int, call: str, answer: Answer) -> None:
        """Keep that a call was made, until its update is done."""
        line = json.dumps([self._bot_id, update_id, call, _needed(answer)]).encode() + b"\n"
        self._lines.setdefault(update_id, []).append(line)
        self._try(lambda: self._write(line))

    def done(self, update_id: int) -> None:
        """Forget what was sent for an update."""
        if self._lines.pop(update_id, None) is not None and (
            not self._lines or self._size > _LARGE
        ):
            self._try(self._rewrite)

    def close(self) -> None:
        """Close the file; what waits stays in it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _write(self, line: bytes) -> None:
        if self._handle is None:
            raise RuntimeError("calls were noted before the file was loaded")
        os.write(self._handle, line)
        self._size += len(line)

    def _rewrite(self) -> None:
        """Write what waits into a file of its own, which takes the place of the old one."""
        if self._handle is not None and not self._lines:
            os.ftruncate(self._handle, 0)
            self._size = 0
            return
        lines = b"".join(line for each in self._lines.values() for line in each)
        new = self._file.with_name(f"{self._file.name}.new")
        new.write_bytes(lines)
        new.replace(self._file)
        self.close()
        close_to_others(self._file)
        self._handle = os.open(self._file, os.O_WRONLY | os.O_APPEND)
        self._size = len(lines)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except OSError as error:
            if not self._fails:
                _log.error("sent_calls_not_noted", reason=str(error))
            self._fails = True
        else:
            self._fails = False


def _needed(answer: Answer) -> Answer:
    if isinstance(answer, list):
        return [_needed_of(each) for each in answer]
    return _needed_of(answer) if isinstance(answer, dict) else answer


def _needed_of(message: dict[str, Any]) -> dict[str, Any]:
    kept = {name: message[name] for name in _KEPT_FIELDS if name in message}
    if isinstance(chat := kept.get("chat"), dict):
        kept["chat"] = {"id": chat.get("id"), "type": chat.get("type")}
    return kept
