"""Errors of the bot package.

BotError
├── SettingsError        a setting that cannot be used
├── QuestionFileError    a file of questions that cannot be read
├── OutputFileError      a file that cannot be written
├── TokenError           Telegram refuses the token
└── ApiUnreachableError  the Bot API cannot be reached

The messages are Vietnamese: they reach users as they are, and never hold the token.
"""

from __future__ import annotations


class BotError(Exception):
    """Anything that this package raises on purpose."""


class SettingsError(BotError):
    """A setting has a value that cannot be used; the message names the setting and the rule."""


class QuestionFileError(BotError):
    """A file of questions cannot be read."""


class OutputFileError(BotError):
    """A file that was asked for cannot be written."""


class TokenError(BotError):
    """Telegram does not know the token."""


class ApiUnreachableError(BotError):
    """The Bot API does not answer at the configured address."""
