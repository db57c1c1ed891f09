"""What a method of the Bot API is made of: its parameters, and the function that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError
from bot.sandbox.schema import METHODS, ApiMethod

if TYPE_CHECKING:
    from bot.sandbox.request_parameters import Upload
    from bot.sandbox.values import Json
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A call: `asked` are the parameters it came with, checked; uploads are files by field."""

    world: World
    asked: Json
    uploads: Mapping[str, Upload]


Handler = Callable[[Call], Awaitable[object]]
_methods: dict[str, tuple[ApiMethod, Handler]] = {}


def handles(name: str) -> Callable[[Handler], Handler]:
    """Register a function as what the method of that name does."""

    def register(handler: Handler) -> Handler:
        _methods[name.lower()] = METHODS[name], handler
        return handler

    return register


def find_method(name: str) -> tuple[ApiMethod, Handler]:
    """Return the method of that name, in any case; ApiError 404 when there is no such method."""
    try:
        return _methods[name.lower()]
    except KeyError:
        raise ApiError(404, "Not Found: method not found") from None
