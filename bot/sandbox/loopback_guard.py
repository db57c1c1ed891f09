"""Keeps others out: only this machine's own programs and the sandbox's own page get through."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from aiohttp import web
from yarl import URL

from bot.sandbox.errors import NotLoopbackError

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware


def is_loopback(host: str | None) -> bool:
    """Say whether a host name or address is this machine's own."""
    if host is None:
        return False
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_listening_host(host: str) -> None:
    """Raise NotLoopbackError for an address that other machines could reach."""
    if not is_loopback(host):
        raise NotLoopbackError(
            "Máy chủ thử chỉ lắng nghe trên chính máy này (127.0.0.1, ::1 hoặc localhost), "
            f"không phải {host!r}: nó không có mật khẩu. Hãy bỏ địa chỉ đó."
        )


def loopback_guard() -> Middleware:
    """Return the middleware that refuses foreign host names and origins.

    A page elsewhere can make a browser send requests here, under its own `Origin`, and a name
    that points to 127.0.0.1 arrives as `Host`; neither gets an answer.
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        port = request.transport.get_extra_info("sockname")[1] if request.transport else None
        if not _is_own(f"http://{request.host}", port):
            raise web.HTTPForbidden(text="this host name is not the sandbox's")
        origin = request.headers.get("Origin")
        if origin is not None and not _is_own(origin, port):
            raise web.HTTPForbidden(text="requests from other origins are refused")
        site = request.headers.get("Sec-Fetch-Site", "none")
        if site not in {"none", "same-origin"} and request.path != "/":
            raise web.HTTPForbidden(text="requests from other sites are refused")
        return await handler(request)

    return guard


def _is_own(address: str, port: int | None) -> bool:
    try:
        url = URL(address)
    except ValueError:
        return False
    return url.scheme == "http" and is_loopback(url.host) and url.port == port
