"""Structured logs on stderr, with tokens and secrets blotted out wherever they might appear.

No file is written, so whoever takes stderr rotates: systemd's journal, Docker's log driver.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import structlog
from pydantic import SecretStr

from bot.settings import LogFormat, LogLevel

if TYPE_CHECKING:
    from bot.settings import Settings

# "123456:ABC…" as BotFather gives it; also inside URLs and tracebacks.
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_BLOT = "<token>"
_SHORTEST = 4
_CHATTY_UNLESS_DEBUGGING = ("alembic",)
_CHATTY = (
    *("httpx", "httpcore", "apscheduler", "chromadb", "aiosqlite"),
    # the clients of language models log whole requests, people's questions among them
    *("openai", "anthropic", "google_genai", "groq"),
)
_TELEGRAM = "telegram"
"""python-telegram-bot's loggers: below INFO they tell what people wrote, and what the bot sends."""


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Blots tokens out of the finished line, whatever brought them there."""

    secrets: tuple[str, ...] = ()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without tokens."""
        return redact(super().format(record), *self.secrets)


def _secrets(settings: Settings) -> tuple[str, ...]:
    """Return the values of all settings that are secret, and the password within an address."""
    values = {one.get_secret_value() for _, one in settings if isinstance(one, SecretStr)}
    for address in {value for value in values if "://" in value}:
        password = urlsplit(address).password or ""
        values |= {password, unquote(password)}
    # a shorter one would be blotted out of ordinary words; one may hold another
    return tuple(sorted((v for v in values if len(v) >= _SHORTEST), key=len, reverse=True))


def redact(text: str, *secrets: str) -> str:
    """Return `text` without anything that looks like a bot token, and without `secrets`."""
    for secret in secrets:
        text = text.replace(secret, _BLOT)
    return _TOKEN.sub(_BLOT, text)


def _is_no_failed_start(record: logging.LogRecord) -> bool:
    """Tell whether `record` is worth logging: a failed start is told in one line by the command."""
    return "Bootstrap" not in record.getMessage()


def _without_content(record: logging.LogRecord) -> bool:
    """Take people's messages out of what python-telegram-bot logs; below INFO that is all of it.

    Its messages are templates; what is filled in that is no word or number may be an update.
    """
    if record.name.partition(".")[0] != _TELEGRAM:
        return True
    if record.levelno < logging.INFO:
        return False
    if record.args:
        given = record.args if isinstance(record.args, tuple) else (record.args,)
        record.args = tuple(arg if isinstance(arg, int | float | str) else "…" for arg in given)
    return True


def configure_logging(settings: Settings) -> None:
    """Send our logs and those of the libraries to stderr in the configured format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    as_json = settings.log_format is LogFormat.JSON
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    finishing: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta
    ]
    if as_json:
        finishing.append(structlog.processors.format_exc_info)
    formatter = RedactingFormatter(foreign_pre_chain=shared, processors=[*finishing, renderer])
    formatter.secrets = _secrets(settings)
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    handler.setLevel(settings.log_level.value)  # some libraries set their own loggers to DEBUG
    handler.addFilter(_without_content)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.value)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    level = logging.NOTSET if settings.log_level is LogLevel.DEBUG else logging.WARNING
    for name in _CHATTY_UNLESS_DEBUGGING:
        logging.getLogger(name).setLevel(level)
    logging.getLogger("telegram.ext").addFilter(_is_no_failed_start)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
