"""What the Bot API refuses, in Telegram's words."""

from __future__ import annotations


class ApiError(Exception):
    """A refused call: the HTTP status, Telegram's description and what comes with it.

    `parameters` is the Bot API's `ResponseParameters`, such as `{"retry_after": 3}`.
    """

    def __init__(
        self, status: int, description: str, parameters: dict[str, object] | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> ApiError:
    """Return the refusal of a call that is wrong itself."""
    return ApiError(400, f"Bad Request: {reason}")
