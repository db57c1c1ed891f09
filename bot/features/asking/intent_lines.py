"""What the terminal says to a message that is no question, without HTML."""

from __future__ import annotations

from bot.features.asking import texts
from bot.features.asking.spoken_commands import COMMANDS
from knowledge.conversation.intent import Intent

_LINES = texts.SMALL_TALK | {
    Intent.HELP: texts.TERMINAL_HELP,
    Intent.MENU: texts.TERMINAL_HELP,
    Intent.NEW: texts.NEW,
    Intent.DOCUMENTS: texts.TERMINAL_DOCUMENTS,
    Intent.SOURCE: texts.NOTHING_ASKED,
    Intent.MORE: texts.NOTHING_ASKED,
}


def intent_line(intent: Intent) -> str | None:
    """Return the line for what somebody means; None for what is to be looked up."""
    if intent in _LINES:
        return _LINES[intent]
    command = COMMANDS.get(intent)
    return texts.TERMINAL_COMMAND.format(command=command) if command else None
