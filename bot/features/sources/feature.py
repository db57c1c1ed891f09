"""The passages behind answers as the bot shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.sources.source_handlers import SourceHandlers

if TYPE_CHECKING:
    from bot.feature import Core


class SourcesFeature(Feature):
    """The buttons under answers and refusals: passages with their sources, and topics."""

    def __init__(self, core: Core) -> None:
        self.handler_groups = (SourceHandlers(core.worker),)
