"""The methods that the sandbox knows, by the Bot API's name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.sandbox.schema import (  # noqa: F401 -- their classes are the methods
    changing,
    chats,
    inline,
    profile,
    sending,
    sending_files,
    updates,
)
from bot.sandbox.schema.base import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _methods(kind: type[Parameters]) -> Iterator[type[Parameters]]:
    """Yield the classes at the ends of the tree: what others derive from is no method."""
    derived = kind.__subclasses__()
    if not derived:
        yield kind
    for each in derived:
        yield from _methods(each)


METHODS: Mapping[str, type[Parameters]] = MappingProxyType(
    {kind.__name__[0].lower() + kind.__name__[1:]: kind for kind in _methods(Parameters)}
)
