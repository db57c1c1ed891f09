"""What the sandbox refuses: calls of the Bot API, requests of the user API, and starting.

SandboxError
├── NotLoopbackError   it was to listen on an address that others can reach
└── UserApiError       a request of the user API can't be done

ApiError               a call of the Bot API, refused in Telegram's words
"""

from __future__ import annotations

from bot.errors import BotError


class SandboxError(BotError):
    """Anything that the sandbox raises on purpose."""


class NotLoopbackError(SandboxError):
    """The sandbox has no passwords; it listens where only this machine can reach it."""


class UserApiError(SandboxError):
    """A request of the user API that can't be done: the HTTP status, and why, for developers."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


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
