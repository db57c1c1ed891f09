"""Errors of the bot package.

BotError
├── SettingsError        a setting that cannot be used
├── KeyFileError         the file of a secret key is missing, damaged or another one's
├── FileError            a file that a command is given cannot be read, taken or written
├── OwnerError           the running bot refuses or fails a request of the command line
├── DraftError           an upload that is not waiting any more
├── TokenError           Telegram refuses the token
├── ApiUnreachableError  the Bot API cannot be reached
├── WebhookError         the place for webhooks cannot be opened
├── PortTakenError       the port for the trial cannot be opened
└── UpdateSetAsideError  an update is not handled any more, for the program did not survive it

The messages are Vietnamese: they reach users as they are, and never hold the token.
"""

from __future__ import annotations


class BotError(Exception):
    """Anything that this package raises on purpose."""


class SettingsError(BotError):
    """A setting has a value that cannot be used; the message names the setting and the rule."""


class KeyFileError(BotError):
    """A secret key's file is missing, damaged, unreadable or not the one that was used."""


class FileError(BotError):
    """A file that a command is given cannot be read, taken or written."""


class OwnerError(BotError):
    """The running bot refused a request of the command line, or ended before it was done."""


class DraftError(BotError):
    """The upload was stored, dropped or is over."""


class TokenError(BotError):
    """Telegram does not know the token."""


class ApiUnreachableError(BotError):
    """The Bot API does not answer at the configured address."""


class WebhookError(BotError):
    """The host and port for webhooks cannot be listened on."""


class PortTakenError(BotError):
    """The port for the trial cannot be listened on."""


class UpdateSetAsideError(BotError):
    """The program ended each time that it handled the update, so it is not handled again."""
