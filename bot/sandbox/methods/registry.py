"""The methods that the sandbox knows, by name."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bot.sandbox.api_error import ApiError
from bot.sandbox.schema import METHODS, Parameters, parse_parameters

if TYPE_CHECKING:
    from bot.sandbox.request_parameters import RawCall, Upload
    from bot.sandbox.world import World

AnyParameters = TypeVar("AnyParameters", bound=Parameters)

_MODULES = (
    "answers",
    "chats",
    "deleting",
    "editing",
    "forwarding",
    "invite_links",
    "media",
    "members",
    "messages",
    "pins",
    "polls",
    "profile",
    "simple_messages",
    "updates",
)


@dataclass(frozen=True, slots=True)
class Call(Generic[AnyParameters]):
    """A call whose parameters have the right types; uploads are files by field."""

    world: World
    parameters: AnyParameters
    uploads: Mapping[str, Upload]


Handler = Callable[[Call[AnyParameters]], Awaitable[object]]

_handlers: dict[type[Parameters], Handler[Any]] = {}


@dataclass(frozen=True, slots=True)
class Method:
    """A method under its own name: its parameters, and what it does."""

    name: str
    handler: Handler[Any]

    def parse(self, raw: RawCall) -> Parameters:
        """Return the parameters of a call; ApiError 400 for missing or ill-typed ones."""
        return parse_parameters(self.name, raw.values, raw.uploads)

    async def run(self, world: World, parameters: Parameters, raw: RawCall) -> object:
        """Do it and return the result as JSON; raises ApiError."""
        return await self.handler(Call(world, parameters, raw.uploads))


def handles(
    parameters: type[AnyParameters],
) -> Callable[[Handler[AnyParameters]], Handler[AnyParameters]]:
    """Register a function as what the method with these parameters does."""

    def register(handler: Handler[AnyParameters]) -> Handler[AnyParameters]:
        _handlers[parameters] = handler
        return handler

    return register


def find_method(name: str) -> Method:
    """Return the method of that name, in any case; ApiError 404 when there is no such method."""
    if not _methods:
        for module in _MODULES:
            importlib.import_module(f"bot.sandbox.methods.{module}")
        for known, parameters in METHODS.items():
            _methods[known.lower()] = Method(known, _handlers[parameters])
    try:
        return _methods[name.lower()]
    except KeyError:
        raise ApiError(404, "Not Found: method not found") from None


_methods: dict[str, Method] = {}
