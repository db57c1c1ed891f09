"""Errors of the sandbox's users' side and of starting it.

SandboxError
├── NotLoopbackError      it was to listen on an address that others can reach
└── UsersSideError        a request of the users' side can't be done; has an HTTP status
    ├── InvalidRequestError   400
    ├── NotAllowedError       403
    ├── NotThereError         404
    ├── ConflictError         409
    ├── TooLargeError         413
    ├── ContentTypeError      415
    └── NoAnswerError         504

What the Bot API refuses is an ApiError (bot/sandbox/api_error.py).
"""

from __future__ import annotations

from typing import ClassVar

from bot.errors import BotError


class SandboxError(BotError):
    """Anything that the sandbox raises on purpose."""


class NotLoopbackError(SandboxError):
    """The sandbox has no passwords; it listens where only this machine can reach it."""


class UsersSideError(SandboxError):
    """A request of the users' side that can't be done; the message is for developers."""

    status: ClassVar[int] = 400


class InvalidRequestError(UsersSideError):
    """The request itself is wrong."""


class NotAllowedError(UsersSideError):
    """The persona may not do that."""

    status = 403


class NotThereError(UsersSideError):
    """No such persona, chat, message or file."""

    status = 404


class ConflictError(UsersSideError):
    """The state forbids it."""

    status = 409


class TooLargeError(UsersSideError):
    """The body or a file is larger than Telegram takes."""

    status = 413


class ContentTypeError(UsersSideError):
    """The body is of another type than the interface takes."""

    status = 415


class NoAnswerError(UsersSideError):
    """The bot did not answer in time."""

    status = 504
