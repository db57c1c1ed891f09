"""Delivers updates to the bot's own HTTP server, one after the other."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import structlog
from yarl import URL

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.loopback_guard import is_loopback
from bot.sandbox.request_parameters import RawCall
from bot.sandbox.values import Json, parse_json, without_none

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.update_queue import UpdateQueue
    from bot.sandbox.values import Clock

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 30.0
_ANSWER_SECONDS = 60
_ANSWER_BYTES = 1024 * 1024

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Where updates go, with the secret that proves who sent them."""

    url: str
    secret_token: str | None = None
    certificate: bytes | None = None
    max_connections: int = 40


class Webhook:
    """Posts the first update until it gets a 2xx, then the next; pauses grow after failures.

    A method in the answer's body is called, as the Bot API promises ("Making requests when
    getting updates").
    """

    def __init__(
        self,
        updates: UpdateQueue,
        clock: Clock,
        call: Callable[[str, RawCall], Awaitable[object]],
        written: Callable[[object], object],
    ) -> None:
        self._updates = updates
        self._clock = clock
        self._call = call
        self._written = written
        self._target: WebhookTarget | None = None
        self._task: asyncio.Task[None] | None = None
        self._last_error: tuple[int, str] | None = None

    @property
    def is_set(self) -> bool:
        """Whether updates go to a webhook at present."""
        return self._target is not None

    async def set(self, target: WebhookTarget) -> None:
        """Deliver to a target from now on; ApiError 400 for one that can't be used."""
        _check(target.url)
        tls = _tls(target.certificate)
        await self.stop()
        self._target = target
        self._last_error = None
        self._updates.take_over()
        self._task = asyncio.create_task(self._deliver(target, tls))

    async def stop(self) -> None:
        """Deliver no more."""
        self._target = None
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            if task is not asyncio.current_task():  # it is, when an answer asks for it
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    def json(self) -> Json:
        """Return the `WebhookInfo` object."""
        target = self._target
        error_date, error_message = self._last_error or (None, None)
        return without_none(
            {
                "url": target.url if target else "",
                "has_custom_certificate": bool(target and target.certificate),
                "pending_update_count": len(self._updates),
                "ip_address": "127.0.0.1" if target else None,
                "last_error_date": error_date,
                "last_error_message": error_message,
                "max_connections": target.max_connections if target else None,
                "allowed_updates": self._updates.asked_for,
            }
        )

    async def _deliver(self, target: WebhookTarget, tls: ssl.SSLContext) -> None:
        timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
        headers = {}
        if target.secret_token is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = target.secret_token
        pause = _FIRST_PAUSE
        async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
            while True:
                update = self._updates.first()
                if update is None:
                    self._updates.arrived.clear()
                    await self._updates.arrived.wait()
                    continue
                if await self._post(session, target.url, update, tls):
                    pause = _FIRST_PAUSE
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)

    async def _post(
        self, session: aiohttp.ClientSession, url: str, update: Json, tls: ssl.SSLContext
    ) -> bool:
        try:
            sent = self._written(update)
            async with session.post(url, json=sent, ssl=tls, allow_redirects=False) as response:
                if not 200 <= response.status < 300:
                    reason = f"{response.status} {response.reason}"
                    self._note(f"Wrong response from the webhook: {reason}")
                    return False
                self._updates.confirm_first(update)
                body = await response.content.read(_ANSWER_BYTES)
        except (aiohttp.ClientError, TimeoutError) as error:
            _log.debug("sandbox_webhook_failed", error=type(error).__name__)
            late = isinstance(error, TimeoutError)
            self._note("Read timeout expired" if late else "Connection failed")
            return False
        await self._call_answer(body)
        return True

    async def _call_answer(self, body: bytes) -> None:
        try:
            answer = parse_json(body)
        except ValueError:
            return
        if isinstance(answer, dict) and isinstance(answer.get("method"), str):
            method = answer.pop("method")
            with contextlib.suppress(ApiError):  # the bot never learns; the log of calls does
                await self._call(method, RawCall(answer))

    def _note(self, message: str) -> None:
        self._last_error = (int(self._clock().timestamp()), message)


def _check(address: str) -> None:
    try:
        url = URL(address)
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if not is_loopback(url.host):
        raise bad_request("bad webhook: the sandbox delivers to loopback addresses only")


def _tls(certificate: bytes | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cadata=certificate and certificate.decode("ascii"))
    except (ssl.SSLError, ValueError) as error:
        raise bad_request("bad webhook: invalid certificate") from error
