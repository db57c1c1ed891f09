"""Updates as they come from a Bot API server, read one by one.

python-telegram-bot reads a batch of updates as a whole: one that it can't read stops it, and it
asks for the same batch for ever. Here each is tried alone; what can't be read is stepped over.
"""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx
import structlog
from telegram import Update
from telegram.error import TelegramError, TimedOut
from telegram.request import HTTPXRequest

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot

    Json = dict[str, Any]
    Take = Callable[[Sequence[object]], Awaitable[int | None]]

_LATER_FIELDS: tuple[tuple[frozenset[str], Json], ...] = (
    (frozenset({"poll_id", "option_ids"}), {"option_persistent_ids": []}),
    (frozenset({"text", "voter_count"}), {"persistent_id": ""}),
    (
        frozenset({"question", "options", "total_voter_count"}),
        {"allows_revoting": False, "members_only": False},
    ),
    (
        frozenset({"status", "is_member", "can_send_polls"}),
        {"can_react_to_messages": True, "can_edit_tag": False},
    ),
)
"""What python-telegram-bot insists on, and what stands for it where an older server lacks it.

Each: the fields by which an object is known (PollAnswer, PollOption, Poll, ChatMemberRestricted),
and the later ones (since Bot API 9.5, 9.6 and 10.0).
"""

_log = structlog.get_logger(__name__)


def read_json(payload: bytes) -> object:
    """Return what a Bot API server wrote, with what an older one leaves out; raises ValueError."""
    try:
        return json.loads(payload.decode(errors="replace"), object_hook=_completed)
    except RecursionError as error:
        raise ValueError("the server's answer is nested too deeply") from error


def _completed(found: Json) -> Json:
    for known_by, later in _LATER_FIELDS:
        if known_by <= found.keys():
            return later | found
    return found


def read_update(content: object, bot: Bot | None) -> Update | None:
    """Return an update as `bot` got it, or only its id where the rest can't be read.

    An update without an id is None. What can't be read is logged by its id alone: the rest is
    people's own business.
    """
    number = content.get("update_id") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(number, int) or isinstance(number, bool):
        _log.warning("update_without_id")
        return None
    try:
        return Update.de_json(content, bot)
    except Exception as error:  # noqa: BLE001 -- whatever the library makes of it
        _log.warning("update_stepped_over", update_id=number, reason=type(error).__name__)
        return Update(number)


@cache
def _certificates() -> ssl.SSLContext:
    """Read the certificates of who may vouch for a server, once: it takes some 30 ms."""
    return httpx.create_ssl_context()


class BotApiRequest(HTTPXRequest):
    """Calls of the Bot API, also of a server older than python-telegram-bot expects."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- HTTPXRequest's
        super().__init__(httpx_kwargs={"verify": _certificates()}, **options)

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """Return an answer; raises TelegramError, without the content, where it is none."""
        try:
            answer = read_json(payload)
        except ValueError as error:
            raise TelegramError("the server's answer is not JSON") from error
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise TelegramError("the server's answer has neither a result nor a reason")
        return answer


class UpdatesRequest(BotApiRequest):
    """Calls of getUpdates, whose updates are handed to `take`: the polling sees the last id alone.

    It confirms that id by its next call, so it must not come to it before `take` returned. `take`
    returns the highest id, or None where no update has one. The polling waits longer and longer
    after a TelegramError, and after no other error.
    """

    def __init__(self, take: Take, **options: Any) -> None:  # noqa: ANN401 -- HTTPXRequest's
        super().__init__(**options)
        self._take = take

    async def do_request(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401 -- the library's
        """Ask, and hand on what came; what the library would be silent about is logged.

        Raises TelegramError where none of it could be confirmed, and where the token is refused,
        which the library takes for the end: a token that is valid again, or a server that was
        confused, is found at the next try.
        """
        try:
            status, payload = await super().do_request(*arguments, **options)
        except TimedOut as error:
            _log.warning("polling_failed", reason=str(error))
            raise
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise TelegramError("Telegram refuses the token; is it revoked?")
        if status != HTTPStatus.OK:
            return status, payload
        updates = self.parse_json_payload(payload).get("result")
        if not isinstance(updates, list) or not updates:
            return status, payload
        last = await self._take(updates)
        if last is None:
            raise TelegramError("the server's updates have no ids")
        return status, json.dumps({"ok": True, "result": [{"update_id": last}]}).encode()
