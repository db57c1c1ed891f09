"""Addresses of links as Telegram takes them (tdlib/td, `LinkManager.cpp` and `HttpUrl.cpp`)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

_USER = re.compile(r"tg:(?://)?user\?(.*)", re.IGNORECASE | re.DOTALL)
_APP = re.compile(r"(tg|ton):(?://)?(?!https?://)([A-Za-z0-9_-]+)([/?#].*)?", re.IGNORECASE)
_WEB = re.compile(
    r"(?:(?P<protocol>[^:/?#]*)://)?"
    r"(?:(?P<user>[^/?#]*)@)?"
    r"(?P<host>[^/?#:@]+)"
    r"(?::(?P<port>[0-9]+))?"
    r"(?P<rest>[/?#].*)?",
    re.DOTALL,
)
_HOST = re.compile(r"[\w.!$,~*'();&+=%-]+")
_LAST_PORT = 65_535


def checked_link(address: str) -> str | None:
    """Return an address in Telegram's spelling, such as `http://x.vn/` for `x.vn`.

    None for what is no address of the web or of Telegram's apps: such a link stays plain text.
    """
    if app := _APP.fullmatch(address):
        return f"{app[1].lower()}://{app[2].lower()}{app[3] or ''}"
    web = _WEB.fullmatch(address)
    if web is None:
        return None
    protocol = (web["protocol"] or "http").lower()
    host = web["host"]
    port = int(web["port"]) if web["port"] else None
    if protocol not in {"http", "https"} or "." not in host or not _HOST.fullmatch(host):
        return None
    if port is not None and not 0 < port <= _LAST_PORT:
        return None
    user = f"{web['user']}@" if web["user"] else ""
    rest = (web["rest"] or "").rstrip(" \t\r\n\0\v") or "/"
    rest = re.sub(r"[\x00-\x20]", lambda found: f"%{ord(found[0]):02X}", rest)
    return f"{protocol}://{user}{host.lower()}{'' if port is None else f':{port}'}{rest}"


def linked_user(address: str) -> int | None:
    """Return the user id of `tg://user?id=…`; None for any other address."""
    query = _USER.fullmatch(address)
    value = parse_qs(query[1]).get("id", [""])[0] if query else ""
    return int(value) if re.fullmatch(r"[1-9][0-9]{0,18}", value) else None
