"""Serves the chat page: the files that lie in its folder, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "page"

_TYPES: Mapping[str, str] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PageFiles:
    """The files of one folder, by their plain names."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the page."""
        return [web.get("/", self._index), web.get(r"/page/{file:[^/]+}", self._named)]

    async def _index(self, _: web.Request) -> web.Response:
        return self.file("index.html")

    async def _named(self, request: web.Request) -> web.Response:
        return self.file(request.match_info["file"])

    def file(self, name: str) -> web.Response:
        """Return a file that the folder lists; the name is compared, never joined to a path."""
        found = [file for file in self._folder.glob("*") if file.name == name and file.is_file()]
        content_type = _TYPES.get(Path(name).suffix)
        if not found or content_type is None:
            raise web.HTTPNotFound(text="there is no such file", headers=_HEADERS)
        charset = "utf-8" if content_type.startswith("text/") else None
        return web.Response(
            body=found[0].read_bytes(),
            content_type=content_type,
            charset=charset,
            headers=_HEADERS,
        )
