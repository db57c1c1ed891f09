"""What the sandbox refuses: calls of the Bot API, requests of the user API, and starting.

SandboxError
├── NotLoopbackError      it was to listen on an address that others can reach
└── UserApiError          a request of the user API can't be done; has an HTTP status
    ├── InvalidRequestError   400
    ├── NotAllowedError       403
    ├── NotThereError         404
    ├── ConflictError         409
    ├── TooLargeError         413
    ├── ContentTypeError      415
    └── NoAnswerError         504

ApiError                  a call of the Bot API, refused in Telegram's words
"""

from __future__ import annotations

from typing import ClassVar

from bot.errors import BotError


class SandboxError(BotError):
    """Anything that the sandbox raises on purpose."""


class NotLoopbackError(SandboxError):
    """The sandbox has no passwords; it listens where only this machine can reach it."""


class UserApiError(SandboxError):
    """A request of the user API that can't be done; the message is for developers."""

    status: ClassVar[int] = 400


class InvalidRequestError(UserApiError):
    """The request itself is wrong."""


class NotAllowedError(UserApiError):
    """The persona may not do that."""

    status = 403


class NotThereError(UserApiError):
    """No such persona, chat, message or file."""

    status = 404


class ConflictError(UserApiError):
    """The state forbids it."""

    status = 409


class TooLargeError(UserApiError):
    """The body or a file is larger than Telegram takes."""

    status = 413


class ContentTypeError(UserApiError):
    """The body is of another type than the interface takes."""

    status = 415


class NoAnswerError(UserApiError):
    """The bot did not answer in time."""

    status = 504


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
