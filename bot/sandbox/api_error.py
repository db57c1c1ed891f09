"""Interim."""

from __future__ import annotations

from collections.abc import Mapping


class ApiError(Exception):
    """What the Bot API refuses."""

    def __init__(
        self, status: int, description: str, parameters: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters
